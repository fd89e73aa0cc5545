// SPDX-FileCopyrightText: 2026 The Samenspel contributors
// SPDX-License-Identifier: EUPL-1.2
// After htmx has replaced a part of the page: put the focus where reading goes on, and say what changed.
// The page works without this; it is here for people who use a keyboard or a screen reader.
(() => {
  "use strict";

  const busy = (event, value) => {
    const target = event.detail.target;
    if (target instanceof Element) target.setAttribute("aria-busy", value);
  };

  const announce = (text) => {
    const region = document.getElementById("samenspel-status");
    if (!region || !text) return;
    region.textContent = ""; // the same words twice in a row must be spoken twice
    window.setTimeout(() => { region.textContent = text; }, 50);
  };

  const focusOn = (element) => {
    if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.setAttribute("tabindex", "-1");
    element.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => busy(event, "true"));
  document.addEventListener("htmx:afterRequest", (event) => busy(event, "false"));

  // A form that comes back with errors (422) is shown like any other answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const region = event.detail.elt;
    const spoken = region.matches("[data-announce]") ? region : region.querySelector("[data-announce]");
    if (spoken) announce(spoken.dataset.announce);
    // Somebody who is still typing keeps the cursor.
    const active = document.activeElement;
    if (active && active.matches("input:not([type=submit]), textarea, select") && !region.contains(active)) return;
    const place = region.matches("[data-focus]") ? region : region.querySelector("[data-focus], h1, h2, h3, h4");
    if (place) focusOn(place);
  });

  document.addEventListener("htmx:sendError", () => announce(document.body.dataset.offline));
  document.addEventListener("htmx:responseError", () => announce(document.body.dataset.failed));
})();
