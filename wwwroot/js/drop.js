"use strict";

// A file may be dropped anywhere on a drop zone, not only on the button in it.
(() => {
  const zoneOf = event => event.target.closest?.(".dropzone");

  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, event => {
      const zone = zoneOf(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  document.addEventListener("dragleave", event => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  document.addEventListener("drop", event => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) zone.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
})();
