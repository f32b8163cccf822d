// A panel that opens from a button, above everything (also above a dialog), and closes on Escape or a click elsewhere.

import { h } from "./dom.js";

const GAP = 4;

/** Join `button` and `panel` (a node not yet in the document); returns a wrapper to put in their place. */
export function withPanel(button, panel, { onClose, onOpen } = {}) {
  panel.setAttribute("popover", "auto");
  panel.classList.add("panel");
  button.setAttribute("aria-expanded", "false");
  let closedAt = 0;
  button.addEventListener("click", () => {
    // The press that lights the panel away must not open it again.
    if (performance.now() - closedAt > 200) panel.togglePopover();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || panel.matches(":popover-open")) return;
    event.preventDefault();
    panel.showPopover();
  });
  panel.addEventListener("toggle", (event) => {
    const isOpen = event.newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      place(panel, button);
      panel.querySelector("input, button, [tabindex]")?.focus({ preventScroll: true });
      onOpen?.();
    } else {
      closedAt = performance.now();
      onClose?.();
    }
  });
  panel.addEventListener("keydown", (event) => moveFocusBy(event, panel));
  return h("span", { class: "panel-host" }, button, panel);
}

function place(panel, button) {
  const at = button.getBoundingClientRect();
  const size = panel.getBoundingClientRect();
  const below = at.bottom + GAP + size.height <= innerHeight;
  const top = below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - size.height);
  const left = Math.max(GAP, Math.min(at.left, innerWidth - size.width - GAP));
  panel.style.top = `${top}px`;
  panel.style.left = `${left}px`;
  panel.style.minWidth = `${Math.min(at.width, innerWidth - 2 * GAP)}px`;
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function moveFocusBy(event, panel) {
  if (!(event.key in STEPS)) return;
  event.preventDefault();
  const stops = [...panel.querySelectorAll("input, button")];
  const next = stops.indexOf(document.activeElement) + STEPS[event.key];
  stops[(next + stops.length) % stops.length]?.focus();
}

/** A menu of choices: [{label, description, href, run}]. */
export function menu(label, choices) {
  return h("div", { role: "menu", "aria-label": label, class: "menu" }, choices.map(({ label: text, description, href, run }) => {
    const inside = [h("span", {}, text), description && h("span", { class: "menu-note" }, description)];
    const close = (event) => {
      event.currentTarget.closest("[popover]").hidePopover();
      run();
    };
    return href
      ? h("a", { role: "menuitem", href, target: "_blank", rel: "noopener noreferrer", tabindex: "0", on: { click: close } }, inside)
      : h("button", { type: "button", role: "menuitem", on: { click: close } }, inside);
  }));
}
