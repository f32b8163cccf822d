// The frame around the panes: icons, the drawer that holds the sidebar on a phone, and Escape.

import { icon } from "./dom.js";

export const part = (name) => document.querySelector(`[data-${name}]`);

/** Show the sidebar over the rest, on a phone, or put it away. */
function openDrawer(isOpen) {
  part("app").classList.toggle("drawer-open", isOpen);
  part("menu").setAttribute("aria-expanded", String(isOpen));
  // What lies behind the drawer cannot be reached by Tab either.
  for (const behind of document.querySelectorAll("main, [data-thread], [data-inspector]")) behind.inert = isOpen;
}

export const closeDrawer = () => openDrawer(false);

function toggleDrawer() {
  const isOpen = !part("app").classList.contains("drawer-open");
  openDrawer(isOpen);
  if (isOpen) document.querySelector("#sidebar [aria-current]")?.focus();
}

/** Wire the frame once; `closeThread` is what its × and Escape do. */
export function frame({ closeThread }) {
  for (const [name, picture] of [["menu", "menu"], ["new-channel", "plus"], ["thread-close", "close"]]) part(name).append(icon(picture));
  part("menu").addEventListener("click", toggleDrawer);
  part("veil").addEventListener("click", closeDrawer);
  part("thread-close").addEventListener("click", closeThread);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], [popover]:popover-open")) return;
    if (part("app").classList.contains("drawer-open")) {
      closeDrawer();
      part("menu").focus();
    } else if (part("thread").contains(event.target)) closeThread();
  });
}
