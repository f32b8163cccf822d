// Short notices at the edge of the page, for what failed and has no better place.

import { h, icon } from "./dom.js";

const SHOWN_MS = 7000;

export function toast(text) {
  const remove = () => node.remove();
  const node = h("div", { class: "toast", role: "alert" }, icon("warning"), h("span", {}, text),
    h("button", { type: "button", class: "tool", "aria-label": "Dismiss", on: { click: remove } }, icon("close")));
  document.querySelector("[data-toasts]").append(node);
  setTimeout(remove, SHOWN_MS);
}
