"use strict";

// The reference of the API is drawn by a library that writes styles as elements and attributes, and tries whether it may make
// code out of text. The content security policy forbids all of it: here elements get the page's nonce, attributes become
// properties, and the answer to the question is no.
(() => {
  const nonce = document.currentScript.nonce;
  const createElement = Document.prototype.createElement;
  Document.prototype.createElement = function (name, ...rest) {
    const element = createElement.call(this, name, ...rest);
    if (element instanceof HTMLStyleElement) Object.defineProperty(element, "nonce", { set() {}, get: () => nonce }), element.setAttribute("nonce", nonce);
    return element;
  };

  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };

  const html = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(Element.prototype, "innerHTML", {
    ...html,
    set(text) {
      html.set.call(this, String(text ?? "").replaceAll(" style=\"", " data-style=\""));
      for (const element of (this.content ?? this).querySelectorAll("[data-style]")) {
        element.style.cssText = element.dataset.style;
        delete element.dataset.style;
      }
    },
  });

  const refuse = () => { throw new EvalError("Code is not made out of text here."); };
  window.Function = new Proxy(Function, { construct: refuse, apply: refuse });
})();
