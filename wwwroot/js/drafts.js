"use strict";

// What people type into [data-draft] is kept in this browser, for each person, until the server has taken it: a reload,
// an error, a lost network or an ended session lose nothing.
(() => {
  const person = document.body.dataset.person;
  if (!person) {
    sessionStorage.removeItem("sent"); // sent after the session had ended: not taken
    return;
  }

  const prefix = `draft:${person}:`;
  const seen = new WeakSet();
  const keyOf = field => prefix + field.dataset.draft;
  const fieldOf = key => document.querySelector(`[data-draft="${CSS.escape(key.slice(prefix.length))}"]`);
  const versionOf = field => field.form?.elements.namedItem("version");
  const say = words => document.dispatchEvent(new CustomEvent("announce", { detail: { words } }));

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function write(key, draft) {
    try {
      if (draft) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch { /* storage is full or forbidden: the page works without */ }
  }

  function keep(field) {
    const changed = field.value !== field.defaultValue || "unsaved" in field.dataset;
    write(keyOf(field), changed && field.value ? { text: field.value, version: versionOf(field)?.value, at: Date.now() } : null);
  }

  function note(place, words, label, act) {
    const line = Object.assign(document.createElement("p"), { className: "hint draft-note", textContent: words + " " });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: label });
    button.addEventListener("click", () => { line.remove(); act(); });
    line.append(button);
    const slot = place.form?.querySelector("[data-draft-note]");
    if (slot) slot.replaceChildren(line);
    else place.after(line);
    return line;
  }

  /** Puts a draft back. Its version goes with it, so that the server sees whether somebody else was there since. */
  function restore(field) {
    seen.add(field);
    document.querySelector(`[data-draft-of="${CSS.escape(field.dataset.draft)}"]`)?.remove();
    const draft = read(keyOf(field));
    if (!draft || draft.text === field.value) return;
    const version = versionOf(field);
    const present = version?.value;
    field.value = draft.text;
    if (version && draft.version) version.value = draft.version;
    say("Your unsent draft is back");
    note(field, "Your unsent draft is back.", "Discard it", () => {
      field.value = field.defaultValue;
      if (version) version.value = present;
      write(keyOf(field), null);
      field.focus();
    });
  }

  const restoreAll = () => [...document.querySelectorAll("[data-draft]")].filter(field => !seen.has(field)).forEach(restore);

  /** Says where a draft waits whose field is not open. */
  function hint() {
    for (const key of Object.keys(localStorage).filter(key => key.startsWith(prefix))) {
      const id = key.slice(prefix.length);
      if (Date.now() - read(key)?.at > 60 * 86_400_000) write(key, null);
      const open = document.getElementById(id)?.querySelector(".edit, .edit-btn, [data-edit]");
      if (open && read(key) && !fieldOf(key)) note(open.closest(".head") ?? open, "You have an unsent draft here.", "Go on writing", () => open.click()).dataset.draftOf = id;
    }
  }

  const fieldsIn = form => [...form.querySelectorAll("[data-draft]")];
  const draftsIn = form => Object.fromEntries(fieldsIn(form).map(field => [keyOf(field), field.value]));

  /** The server has taken these: forgotten, unless more was typed meanwhile. */
  function forget(drafts) {
    for (const [key, text] of Object.entries(drafts)) if (read(key)?.text === text) write(key, null);
  }

  /** The server answered with the form again: what stands in it is not saved yet. */
  function adopt(drafts) {
    for (const field of Object.keys(drafts).map(fieldOf).filter(field => field?.value && !seen.has(field))) {
      seen.add(field);
      field.dataset.unsaved = "";
      keep(field);
    }
  }

  document.addEventListener("input", event => { if (event.target.matches("[data-draft]")) keep(event.target); });

  document.addEventListener("click", event => {
    const form = event.target.closest("[data-cancel]")?.closest("form");
    if (form) fieldsIn(form).forEach(field => write(keyOf(field), null));
  });

  // Forms that htmx sends
  const asked = new WeakMap();
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method !== "GET" && ctx.sourceElement.matches("form")) asked.set(ctx, draftsIn(ctx.sourceElement));
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => { if (ctx.response.raw.ok) forget(asked.get(ctx) ?? {}); });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    adopt(asked.get(ctx) ?? {});
    restoreAll();
  });

  // Forms that the browser sends: whether one was taken shows on the page that follows.
  document.addEventListener("submit", event => {
    const drafts = draftsIn(event.target);
    if (!event.defaultPrevented && Object.keys(drafts).length) try { sessionStorage.setItem("sent", JSON.stringify(drafts)); } catch { /* the draft stays */ }
  });

  const sent = JSON.parse(sessionStorage.getItem("sent"));
  sessionStorage.removeItem("sent");
  if (sent && performance.getEntriesByType("navigation")[0]?.type === "navigate" && !document.querySelector(".problem")) {
    adopt(sent);
    forget(Object.fromEntries(Object.entries(sent).filter(([key]) => !fieldOf(key)?.value)));
  }

  restoreAll();
  hint();
})();
