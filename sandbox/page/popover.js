// A panel that opens from a button, above everything (also above a dialog), and closes on Escape or a click elsewhere.

import { h } from "./dom.js";

const GAP = 4;
const TYPED_TOGETHER_MS = 600; // letters this close spell one word when a menu is searched

/** Join `button` and `panel` (a node not yet in the document); returns a wrapper to put in their place. */
export function withPanel(button, panel, { onClose } = {}) {
  panel.setAttribute("popover", "auto");
  panel.classList.add("panel");
  button.setAttribute("aria-expanded", "false");
  let wasOpen = false; // a press outside closes the panel: one on its own button must not open it again
  button.addEventListener("pointerdown", () => (wasOpen = panel.matches(":popover-open")));
  button.addEventListener("click", () => {
    if (!wasOpen) open();
    wasOpen = false;
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || panel.matches(":popover-open")) return;
    event.preventDefault();
    open();
  });
  // At once, because "toggle" comes later than a quick key, which then must already find the focus inside.
  const open = () => {
    panel.showPopover();
    place(panel, button);
    panel.querySelector("input:enabled, button:enabled, a, [tabindex]")?.focus({ preventScroll: true });
  };
  panel.addEventListener("toggle", (event) => {
    const isOpen = event.newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) onClose?.();
  });
  panel.addEventListener("keydown", (event) => moveInside(event, panel));
  return h("span", { class: "panel-host" }, button, panel);
}

const openNow = () => document.querySelector("[data-passing-menu]:popover-open");

/** Open a menu made for this one press beside `button`; pressing again closes it. Choices as in `menu`. */
export function openMenu(button, label, choices) {
  const known = openNow(); // one that was just closed is still there for a moment
  known?.hidePopover();
  if (known?.forButton === button) return;
  const panel = menu(label, choices);
  const showOpen = (isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen));
    button.closest(".toolbar")?.classList.toggle("open", isOpen); // a message's tools stay while their menu is open
  };
  Object.assign(panel, { forButton: button });
  panel.dataset.passingMenu = "";
  panel.classList.add("panel");
  panel.setAttribute("popover", "manual"); // "auto" would close before a second press of the button is seen
  const outside = (event) => !panel.contains(event.target) && !button.contains(event.target) && panel.hidePopover();
  panel.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", hide);
    const hadFocus = panel.contains(document.activeElement) || document.activeElement === document.body;
    panel.remove();
    if (hadFocus && button.isConnected) button.focus({ preventScroll: true });
    if (openNow()?.forButton !== button) showOpen(false);
  });
  const hide = () => panel.hidePopover();
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      button.focus({ preventScroll: true });
      hide();
    } else moveInside(event, panel);
  });
  // In a dialog everything outside of it is inert, so the menu stands where its button stands.
  (button.closest("dialog") ?? document.body).append(panel);
  panel.showPopover();
  place(panel, button);
  showOpen(true);
  panel.firstElementChild.focus({ preventScroll: true });
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", hide);
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

/** Arrows, Home and End move among the stops; in a menu, Tab leaves it and a letter goes to what begins with it. */
function moveInside(event, panel) {
  const stops = [...panel.querySelectorAll("input:enabled, button:enabled, a[role=menuitem]")];
  if (stops.length === 0) return;
  const isMenu = panel.getAttribute("role") === "menu";
  const at = stops.indexOf(document.activeElement);
  let next = null;
  if (event.key in STEPS) next = stops[(at + STEPS[event.key] + stops.length) % stops.length];
  else if (isMenu && event.key === "Home") next = stops[0];
  else if (isMenu && event.key === "End") next = stops.at(-1);
  else if (isMenu && event.key === "Tab") return panel.hidePopover();
  else if (isMenu && event.key.length === 1 && event.key !== " ") next = spelled(panel, stops, at, event.key);
  if (!next) return undefined;
  event.preventDefault();
  return next.focus();
}

function spelled(panel, stops, at, letter) {
  const now = performance.now();
  const word = (now - (panel.typedAt ?? -Infinity) < TYPED_TOGETHER_MS ? panel.typed : "") + letter.toLowerCase();
  Object.assign(panel, { typed: word, typedAt: now });
  const from = word.length > 1 ? at : at + 1;
  return [...stops.slice(from), ...stops.slice(0, from)].find((stop) => stop.textContent.toLowerCase().startsWith(word));
}

/** A menu of choices: [{label, description, href, danger, run}]. Only one item is a tab stop: the arrows do the rest. */
export function menu(label, choices) {
  return h("div", { role: "menu", "aria-label": label, class: "menu" }, choices.map(({ label: text, description, href, danger, run }) => {
    const inside = [h("span", {}, text), description && h("span", { class: "menu-note" }, description)];
    const close = (event) => {
      const panel = event.currentTarget.closest("[popover]");
      // Before anything else takes the focus, so that a dialog can give it back to where it came from.
      panel.forButton?.focus({ preventScroll: true });
      panel.hidePopover();
      run();
    };
    const marks = { role: "menuitem", tabindex: "-1", class: danger ? "danger" : null, on: { click: close } };
    return href
      ? h("a", { ...marks, href, target: "_blank", rel: "noopener noreferrer" }, inside)
      : h("button", { ...marks, type: "button" }, inside);
  }));
}
