"use strict";
(() => {
  const live = document.querySelector("main[data-events]");
  if (!live || !window.EventSource) { return; }
  const states = new Map();
  const events = new EventSource(live.dataset.events);
  events.addEventListener("status", event => {
    for (const one of JSON.parse(event.data)) {
      const place = document.getElementById("live-" + one.place);
      if (!place) { continue; }
      const progress = one.progress;
      place.hidden = !progress;
      // What was true before the run is not what somebody should see meanwhile.
      place.previousElementSibling.hidden = !!progress;
      if (progress) {
        const words = place.querySelector(".words");
        // Only what is new is read out.
        if (words.textContent !== progress.words) { words.textContent = progress.words; }
        const bar = place.querySelector("progress");
        if (progress.of > 0) {
          bar.max = progress.of;
          bar.value = Math.max(0, progress.place - 1);
        } else {
          bar.removeAttribute("value");
        }
        place.querySelector(".seconds").textContent = one.seconds + " s";
      }
      const before = states.get(one.place);
      states.set(one.place, { running: !!progress, state: one.state });
      if (before && (before.running && !progress || before.state !== one.state)) {
        // What a run changed is everywhere on the page.
        location.reload();
      }
    }
  });
})();
