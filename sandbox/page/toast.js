// Short notices at the edge of the page, for what failed and has no better place; and words for screen readers alone.

import { h, icon } from "./dom.js";

const SHOWN_MS = 7000;
const SAID_MS = 4000;
const LONGEST = 200; // characters of a message that are read out

export function toast(text) {
  const remove = () => node.remove();
  const node = h("div", { class: "toast", role: "alert" }, icon("warning"), h("span", {}, text),
    h("button", { type: "button", class: "tool", "aria-label": "Dismiss", on: { click: remove } }, icon("close")));
  document.querySelector("[data-toasts]").append(node);
  setTimeout(remove, SHOWN_MS);
}

/** Say something politely to a screen reader; nobody sees it. */
export function announce(text) {
  const node = h("p", {}, text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
  document.querySelector("[data-announcer]").append(node);
  setTimeout(() => node.remove(), SAID_MS);
}
