// How a user looks: avatar of initials on a colour, and the name line.

import { h } from "./dom.js";

const PALETTE = ["#b4532a", "#2f6f4f", "#7a3e9d", "#1f6fa8", "#a03060", "#5b6b1f", "#8a5a12", "#3c4fa0"];

export function nameOf(user, fallback = "Unknown") {
  return user?.real_name || user?.name || fallback;
}

export function avatar(user, fallback = "?") {
  const node = h("span", { class: "avatar", "aria-hidden": "true" }, initials(nameOf(user, fallback)));
  node.style.backgroundColor = colourOf(user, fallback);
  return node;
}

/** "Maya (community)" -> "MC", "Two Ears" -> "TE". */
function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
}

function colourOf(user, fallback) {
  if (/^#?[0-9a-f]{6}$/i.test(user?.color ?? "")) return `#${user.color.replace("#", "")}`;
  const seed = [...(user?.id ?? fallback)].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  return PALETTE[seed % PALETTE.length];
}
