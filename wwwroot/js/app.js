"use strict";

// Everything works without this file. With it, focus stays where the person was, what only the eye would notice is said,
// and no odd answer blanks a part of the page. Listeners sit on the document, so that swapped content is served too.
(() => {
  const on = (name, act) => document.addEventListener(name, act);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function say(words) {
    const live = document.getElementById("live");
    if (!live) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = words; }, 100); // emptied first: the same words twice are read twice
  }

  function flash(template) {
    const message = document.getElementById(template)?.content.cloneNode(true);
    if (message) document.getElementById("flash")?.replaceChildren(message);
    unveil();
  }

  /** What does nothing without this file is hidden until it is there. */
  function unveil() {
    for (const element of all(":is([data-js], [data-dismiss], [data-copy])[hidden]")) element.hidden = false;
  }

  async function copy(input) {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      say("Copied");
    } catch {
      say(document.execCommand("copy") ? "Copied" : "Not copied. Press Ctrl C."); // there is no clipboard without HTTPS
    }
  }

  on("announce", event => say(event.detail.words));
  on("click", ({ target }) => {
    target.closest("[data-dismiss]")?.closest(".flash")?.remove();
    const input = target.closest("[data-copy]")?.parentElement.querySelector("input");
    if (input) copy(input);
  });

  // Requests: a double click sends once, and what cannot be shown is said.
  const running = new Map();
  const about = new WeakMap();
  const bodyOf = ctx => new URLSearchParams([...ctx.request.body ?? []].filter(([, value]) => typeof value === "string")).toString();

  on("htmx:config:request", event => {
    const { ctx } = event.detail;
    if (ctx.request.method !== "GET" && running.get(ctx.sourceElement) === bodyOf(ctx)) event.preventDefault();
  });
  on("htmx:before:request", ({ detail: { ctx } }) => {
    about.set(ctx, { source: ctx.sourceElement });
    if (ctx.request.method !== "GET") running.set(ctx.sourceElement, bodyOf(ctx));
  });
  on("htmx:finally:request", ({ detail: { ctx } }) => running.delete(about.get(ctx)?.source));
  on("htmx:after:request", ({ detail: { ctx } }) => { // a form that stays on the page may be sent again, as another one
    const key = ctx.response.raw.ok && ctx.sourceElement.elements?.namedItem("_once");
    if (key) key.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
  });
  on("htmx:error", ({ detail: { ctx } }) => { if (ctx) flash(ctx.response ? "flash-unexpected" : "flash-unreachable"); });

  // What goes wrong in the program says where it is shown; a proxy that does not reach it says something of its own.
  const isForeign = ({ status, headers }) => status >= 500 && !headers.has("HX-Retarget") && !headers.has("HX-Reswap");

  on("htmx:before:swap", event => {
    const { ctx, tasks } = event.detail;
    const main = tasks.find(task => task.type === "main");
    if (!main || !ctx.response) return;
    if (ctx.response.raw.redirected && main.target !== document.body) { // an answer for the whole window
      event.preventDefault();
      location.href = ctx.response.raw.url;
    } else if (isForeign(ctx.response.raw) || /^\s*<(!doctype|html)/i.test(ctx.text) || (!ctx.text.trim() && !/delete|none/.test(main.swapSpec.style))) {
      event.preventDefault();
      flash("flash-unexpected");
    } else if (main.target) remember(ctx, main);
  });
  on("htmx:after:swap", ({ detail: { ctx } }) => {
    unveil();
    refocus(about.get(ctx)?.focus);
  });

  // Focus: in the new content where it was in the old, or on what stands next to it.
  const focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const stops = root => [root, ...all(focusable, root)].filter(e => e.matches(focusable) && !e.disabled && e.getClientRects().length);

  const greeted = new WeakSet();

  function remember(ctx, main) {
    const { target } = main;
    const active = document.activeElement;
    if (active === document.body || !target.contains(active) || !about.has(ctx)) return;
    about.get(ctx).focus = {
      main, tag: active.tagName, place: stops(target).indexOf(active),
      near: [target.nextElementSibling, target.previousElementSibling, target.parentElement?.closest("[id]")],
    };
  }

  function refocus(was) {
    const active = document.activeElement;
    if (active.matches("[autofocus]") && !greeted.has(active)) {
      greeted.add(active);
      return active.matches("textarea") ? active.setSelectionRange(active.value.length, active.value.length) : active.select?.();
    }
    if (!was || (active !== document.body && active.isConnected)) return;
    const root = was.main.target;
    const found = root.isConnected ? stops(root) : was.near.filter(e => e?.isConnected).flatMap(stops);
    const same = root.isConnected && found[was.place]?.tagName === was.tag ? found[was.place] : null;
    (root.querySelector("[data-focus]") ?? same ?? found[0] ?? document.getElementById("main"))?.focus();
  }

  // Write or preview
  on("click", ({ target }) => {
    const tab = target.closest(".composer > .tabs > button");
    if (!tab) return;
    for (const other of tab.parentElement.children) other.setAttribute("aria-pressed", other === tab);
    if (tab.matches("[data-write]")) tab.form.querySelector("textarea").focus();
  });

  // Keys and menus
  function close(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  on("keydown", event => {
    const { key, target } = event;
    if (event.isComposing) return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.matches("textarea")) {
      event.preventDefault();
      target.form?.requestSubmit();
    } else if (key === "Escape") {
      const menu = target.closest("details.menu[open]");
      if (menu) close(menu);
      else target.closest("form")?.querySelector("[data-cancel]")?.click();
    }
  });
  on("click", ({ target }) => {
    const inside = target.closest("details.menu");
    for (const menu of all("details.menu[open]")) if (menu !== inside) menu.open = false;
    if (target.closest(".menu-panel :is([hx-get], [hx-post])")) close(inside);
  });
  on("focusout", ({ target, relatedTarget }) => {
    const menu = target.closest("details.menu[open]");
    if (menu && relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });

  // Forms that the browser itself sends, once
  on("submit", event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach(form => delete form.dataset.sent));

  for (const select of all("select[data-guess-zone]")) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!select.form?.querySelector("[aria-invalid=true]") && [...select.options].some(o => o.value === zone)) select.value = zone;
  }
  unveil();
})();
