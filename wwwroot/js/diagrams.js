"use strict";

// Draws the diagrams of the documentation, whose source stands on the page as text. The library writes its styles as style
// elements and attributes, which the content security policy forbids; here they take the ways that it allows: a constructed
// style sheet, and the properties of each element.
(() => {
  let sheets = [];

  /** Stands where a style element would, and hands its text to a sheet. */
  function styleElement(create) {
    const element = create("template");
    const write = css => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.push(sheet);
      document.adoptedStyleSheets = sheets;
    };
    for (const property of ["innerHTML", "textContent"]) Object.defineProperty(element, property, { set: write, get: () => "" });
    return element;
  }

  const createElement = Document.prototype.createElement;
  Document.prototype.createElement = function (name, ...rest) {
    const create = tag => createElement.call(this, tag, ...rest);
    return String(name).toLowerCase() === "style" ? styleElement(create) : create(name);
  };
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };

  /** The drawing as elements. Reading a style attribute from text is forbidden, setting the same as a property is not. */
  function parse(svg) {
    const tree = new DOMParser().parseFromString(svg.replaceAll(" style=\"", " data-style=\""), "image/svg+xml").documentElement;
    for (const empty of tree.querySelectorAll("template, style")) empty.remove();
    const drawing = document.importNode(tree, true);
    for (const element of [drawing, ...drawing.querySelectorAll("[data-style]")]) {
      element.style.cssText = element.dataset.style ?? "";
      delete element.dataset.style;
    }
    return drawing;
  }

  // The colours of the page, as numbers: the library reckons with them.
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function colour(token) {
    const probe = document.createElement("i");
    probe.style.color = `var(--${token})`;
    document.body.append(probe);
    pixel.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    pixel.fillRect(0, 0, 1, 1);
    return "#" + [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, "0")).join("");
  }

  function settings() {
    const [ink, muted, line, edge, panel, raise, soft] = ["ink", "muted", "line", "edge", "panel", "raise", "accent-soft"].map(colour);
    return {
      startOnLoad: false,
      // The sources are this program's own. Being strict would parse the drawing with the attributes that are forbidden.
      securityLevel: "loose", htmlLabels: false, theme: "base", themeCSS: ".edgeLabel rect { opacity: 1; }", fontFamily: getComputedStyle(document.body).fontFamily,
      flowchart: { useMaxWidth: false, htmlLabels: false }, sequence: { useMaxWidth: false, mirrorActors: false }, er: { useMaxWidth: false },
      themeVariables: {
        fontSize: "14px",
        background: panel, primaryColor: raise, primaryTextColor: ink, primaryBorderColor: edge, lineColor: muted, textColor: ink, titleColor: ink,
        secondaryColor: soft, tertiaryColor: panel, tertiaryBorderColor: line, tertiaryTextColor: ink, edgeLabelBackground: panel, clusterBkg: panel, clusterBorder: line,
        noteBkgColor: soft, noteTextColor: ink, noteBorderColor: edge, actorBkg: raise, actorBorder: edge, actorTextColor: ink, actorLineColor: edge,
        sequenceNumberColor: panel, signalColor: muted, signalTextColor: ink, labelBoxBkgColor: raise, labelBoxBorderColor: edge, labelTextColor: ink, loopTextColor: ink,
        activationBkgColor: soft, activationBorderColor: edge, rowOdd: panel, rowEven: raise,
      },
    };
  }

  const figures = [...document.querySelectorAll("pre.language-mermaid")].map(source => ({ source, figure: document.createElement("div") }));

  async function draw() {
    document.adoptedStyleSheets = sheets = [];
    mermaid.initialize(settings());
    for (const [place, { source, figure }] of figures.entries()) {
      const { svg } = await mermaid.render(`diagram-${place + 1}`, source.textContent);
      const drawing = parse(svg);
      figure.className = "diagram";
      figure.tabIndex = 0; // it may have to be scrolled
      figure.replaceChildren(drawing);
      const { width } = drawing.viewBox.baseVal;
      if (width > 620) figure.classList.add(width > 1400 ? "widest" : "wide-one");
      if (source.isConnected) source.replaceWith(figure);
    }
    document.documentElement.dataset.diagrams = "drawn";
  }

  document.fonts.ready.then(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
