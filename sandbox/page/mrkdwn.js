// Slack's mrkdwn -> DOM. Only nodes and text are made, so nothing a feed says can become HTML.

import { fillDate } from "./dates.js";
import { h, outsideLink, safeAddress } from "./dom.js";
import { emojiFor } from "./emoji.js";

/**
 * Draw a text. `world` is what it may refer to: user(id), channel(id), me (the reader's id), openChannel(id) and
 * openLink(address) -> true if the page itself can show that address.
 */
export function mrkdwn(text, world) {
  const out = document.createDocumentFragment();
  const pieces = (text ?? "").split("```");
  for (const [index, piece] of pieces.entries()) {
    // Odd pieces stand between two fences. A fence that is never closed is just text.
    const closed = index % 2 === 1 && index < pieces.length - 1;
    if (closed) out.append(h("pre", { class: "code-block" }, inCode(piece.replace(/^\n|\n$/g, ""))));
    else appendLines(out, index % 2 === 1 ? "```" + piece : afterFence(piece, index), world);
  }
  return out;
}

function afterFence(piece, index) {
  return index > 0 ? piece.replace(/^\n/, "") : piece;
}

/** Plain text as Slack shows it: entities are resolved, emoji codes are drawn, nothing else has a meaning. */
export function plain(text, { emoji = true } = {}) {
  const shown = unescape(text ?? "");
  return emoji ? shown.replace(/:([a-z0-9_+-]+):/g, (all, code) => emojiFor(code) ?? all) : shown;
}

/** A text object of Block Kit, or a bare string. */
export function textOf(object, world) {
  if (typeof object === "string") return plain(object);
  if (object?.type === "mrkdwn") return mrkdwn(object.text, world);
  return plain(object?.text, { emoji: object?.emoji !== false });
}

function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** Nothing has a meaning in code, except that an address stands in its brackets as everywhere: its words are shown. */
const inCode = (text) => unescape(text.replace(/<((?:https?:\/\/|mailto:)[^<>|]+)(?:\|([^<>]*))?>/g, (_, address, label) => label || address));

const QUOTE = /^(?:&gt;|>)(?!(?:&gt;|>){2}) ?/;
const QUOTE_TO_END = /^(?:&gt;|>){3} ?/;

function appendLines(out, text, world) {
  if (!text) return;
  let quote = null;
  let toEnd = false;
  let needsBreak = false;
  for (const line of text.split("\n")) {
    const opensRest = !toEnd && QUOTE_TO_END.test(line);
    toEnd ||= opensRest;
    if (toEnd || QUOTE.test(line)) {
      if (quote) quote.append(h("br"));
      else out.append((quote = h("blockquote")));
      quote.append(...inline(line.replace(opensRest ? QUOTE_TO_END : QUOTE, ""), world));
      needsBreak = false;
      continue;
    }
    quote = null;
    if (needsBreak) out.append(h("br"));
    out.append(...inline(line, world));
    needsBreak = true;
  }
}

// ---- one line -------------------------------------------------------------------------------------------------

const ATOM = /`([^`]+)`|<([^<>]+)>|:([a-z0-9_+-]+):|(https?:\/\/[^\s<>|`]+)/g;
const ENDS = "*_~.,;:!?)'\"]";
const MARKS = { "*": "strong", _: "em", "~": "del" };

/** One line -> nodes. First the atoms (code, <…>, emoji, bare addresses), then *, _ and ~ around them. */
function inline(line, world) {
  const units = [];
  let last = 0;
  for (const match of line.matchAll(ATOM)) {
    const found = atom(match, world);
    if (!found) continue;
    units.push(...line.slice(last, match.index), found.node);
    last = match.index + found.length;
  }
  units.push(...line.slice(last));
  return styled(units);
}

/** {node, length of what it stands for}, or null if the match is only text after all. */
function atom([{ length }, code, angle, emoji, address], world) {
  if (code !== undefined) return { node: h("code", {}, inCode(code)), length };
  if (angle !== undefined) return { node: reference(angle, world), length };
  if (emoji !== undefined) {
    const picture = emojiFor(emoji);
    return picture && { node: h("span", { class: "emoji", title: `:${emoji}:` }, picture), length };
  }
  // The full stop after an address belongs to the sentence. (No pattern that ends in $: it would try from every stop.)
  let end = address.length;
  while (ENDS.includes(address[end - 1])) end -= 1;
  const bare = address.slice(0, end);
  const safe = safeAddress(unescape(bare));
  return safe && { node: link(safe, unescape(bare), world), length: bare.length };
}

/** What stands between < and >. */
function reference(inside, world) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : plain(inside.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith("@")) return userMention(id, label, world);
  if (target.startsWith("#")) return channelMention(id, label, world);
  if (target.startsWith("!date^")) return dateToken(target, label, world);
  if (/^!(channel|here|everyone)$/.test(target)) return h("span", { class: "mention mention-loud" }, `@${id}`);
  if (target.startsWith("!")) return h("span", { class: "mention" }, label || `<${inside}>`);
  const safe = safeAddress(unescape(target));
  return safe ? link(safe, label || unescape(target).replace(/^mailto:/, ""), world) : `<${unescape(inside)}>`;
}

export function link(address, label, world) {
  const anchor = outsideLink(address, label);
  anchor.addEventListener("click", (event) => {
    if (world.openLink?.(address)) event.preventDefault();
  });
  return anchor;
}

export function userMention(id, label, world) {
  const user = world.user(id);
  const name = user ? user.real_name || user.name : label || id;
  return h("span", { class: id === world.me ? "mention mention-me" : "mention" }, `@${name.replace(/^@/, "")}`);
}

export function channelMention(id, label, world) {
  const channel = world.channel(id);
  const name = `#${channel?.name ?? (label || id)}`;
  if (!channel) return h("span", { class: "mention" }, name);
  return h("button", { type: "button", class: "mention mention-channel", on: { click: () => world.openChannel(id) } }, name);
}

function dateToken(target, fallback, world) {
  const [, seconds, template, address] = target.split("^");
  const at = /^-?\d+$/.test(seconds) ? Number(seconds) : NaN; // an empty one is not 1970
  const words = fillDate(at, template ?? "") ?? fallback;
  const shown = h("time", { datetime: isoTime(at), title: fillDate(at, "{date_long} {time}") ?? fallback }, words);
  const safe = address && safeAddress(unescape(address));
  return safe ? link(safe, shown, world) : shown;
}

function isoTime(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Units are characters and finished nodes; a pair of marks wraps what is between if both stand at a word's edge. */
function styled(units) {
  const out = [];
  const hopeless = new Set(); // marks that are never closed from here on: looked for once, not again and again
  let text = "";
  const flush = () => {
    if (text) out.push(unescape(text));
    text = "";
  };
  for (let at = 0; at < units.length; at += 1) {
    const isOpen = MARKS[units[at]] && !hopeless.has(units[at]) && opens(units, at);
    const end = isOpen ? closing(units, at) : -1;
    if (isOpen && end < 0) hopeless.add(units[at]);
    if (end > 0) {
      flush();
      out.push(h(MARKS[units[at]], {}, ...styled(units.slice(at + 1, end))));
      at = end;
    } else if (typeof units[at] === "string" && units[at].length === 1) text += units[at];
    else {
      flush();
      out.push(units[at]);
    }
  }
  flush();
  return out;
}

const isWord = (unit) => typeof unit === "string" && /^[\p{L}\p{N}]$/u.test(unit);
const isSpace = (unit) => unit === undefined || (typeof unit === "string" && /^\s$/.test(unit));

function opens(units, at) {
  return !isWord(units[at - 1]) && !isSpace(units[at + 1]) && units[at + 1] !== units[at];
}

function closing(units, open) {
  for (let at = open + 2; at < units.length; at += 1) {
    if (units[at] === units[open] && !isSpace(units[at - 1]) && !isWord(units[at + 1])) return at;
  }
  return -1;
}
