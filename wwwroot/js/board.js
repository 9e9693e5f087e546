"use strict";

// Tasks in a list and on a board: dragged by mouse, moved by keys, typed one after the other. Everything that is done here
// can also be done through the menu of each task. Listeners sit on the document, so that swapped content is served too.
(() => {
  const say = words => document.dispatchEvent(new CustomEvent("announce", { detail: { words } }));
  const surface = () => document.querySelector("[data-surface]")?.dataset.surface;

  // Typing: the line is emptied as soon as it is sent, so that the next title can be typed while the answer travels.
  const sent = new WeakMap();

  function fill(input, text) {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true })); // its draft follows
  }

  document.addEventListener("htmx:config:request", event => {
    const { ctx } = event.detail;
    const input = ctx.sourceElement.matches?.("form[data-add]") && ctx.sourceElement.querySelector(".add-input");
    if (!input || event.defaultPrevented) return;
    sent.set(ctx, { id: input.id, text: input.value });
    fill(input, "");
    clearMistake(ctx.sourceElement, input);
  });

  function clearMistake(form, input) {
    input.removeAttribute("aria-invalid");
    const error = form.querySelector(".error");
    if (error) error.textContent = "";
  }

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const { id, text } = sent.get(ctx) ?? {};
    const status = ctx.response?.status ?? 0;
    if (!id || status === 422 || (status >= 200 && status < 300)) return;
    const input = document.getElementById(id);
    if (input) fill(input, [text, input.value].filter(Boolean).join(" "));
  });

  // Moving
  const token = () => document.querySelector("#act input[name=_token]")?.value ?? "";

  async function move(item, values, putBack) {
    const query = new URLSearchParams({ on: surface(), version: item.dataset.version ?? "", ...values });
    let moved = false;
    const done = event => { moved ||= event.detail.task === Number(item.dataset.task); };
    document.addEventListener("moved", done);
    await htmx.ajax("POST", `/tasks/${item.dataset.task}/move?${query}`, { source: item, swap: "none", values: { _token: token() } });
    document.removeEventListener("moved", done);
    if (!moved) {
      putBack?.();
      say("The task did not move");
    }
  }

  document.addEventListener("moved", ({ detail }) => {
    const item = document.getElementById(`task-${detail.task}`);
    if (item) item.querySelector("a.t").focus();
    else if (document.activeElement === document.body) document.getElementById("main").focus();
  });

  // Keys
  const directions = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "previous", ArrowRight: "next" };

  document.addEventListener("keydown", event => {
    const item = event.target.closest("[data-task]");
    const to = directions[event.key];
    if (!item || !to || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.matches("input, select, textarea") || !item.closest("[data-sortable]")) return;
    event.preventDefault();
    move(item, { to });
  });

  // Mouse. A finger scrolls; it moves tasks through their menus.
  if (!matchMedia("(pointer: fine)").matches) return;
  const sortable = new WeakSet();

  function where(item) {
    const [previous, next] = [item.previousElementSibling, item.nextElementSibling].map(e => e?.dataset.task);
    const status = item.parentElement.dataset.status;
    return previous ? { status, after: previous } : next ? { status, before: next } : { status };
  }

  function makeSortable(list) {
    sortable.add(list);
    let home;
    new Sortable(list, {
      group: "tasks", draggable: "[data-task]", filter: "button, input, select, textarea, summary, .menu-panel, .editing", preventOnFilter: false,
      ghostClass: "ghost", dragClass: "dragging", animation: 120,
      onStart: ({ item }) => { home = [item.parentElement, item.nextElementSibling]; },
      onMove: ({ related }) => !related.matches(".add") || -1, // the line for new tasks stays last
      onEnd: ({ item, from, to, oldIndex, newIndex }) => {
        const [list, next] = home;
        if (from !== to || oldIndex !== newIndex) move(item, where(item), () => item.isConnected && list.insertBefore(item, next?.isConnected ? next : null));
      },
    });
  }

  const makeAll = () => document.querySelectorAll("[data-sortable]").forEach(list => sortable.has(list) || makeSortable(list));
  document.addEventListener("htmx:after:swap", makeAll);
  makeAll();
})();
