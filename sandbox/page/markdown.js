// The markdown block: standard Markdown as an app's language model writes it, a safe subset. Only nodes and text are
// made; HTML in it stays text. https://docs.slack.dev/reference/block-kit/blocks/markdown-block

import { h, safeAddress } from "./dom.js";
import { emojiFor } from "./emoji.js";
import { link } from "./mrkdwn.js";

const FENCE = /^\s*```+\s*[\w+#.-]*\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const DEEPEST = 8; // of quotes in quotes and lists in lists

/** Draw Markdown; `world` is what links may refer to. */
export function markdown(text, world) {
  return h("div", { class: "markdown" }, blocksOf(String(text ?? "").split(/\r?\n/), world, 0));
}

function blocksOf(lines, world, depth) {
  const out = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = blockAt(lines, at, world, depth);
    if (node) out.push(node);
    at = next;
  }
  return out;
}

/** The block that begins at line `at`, and the line after it. */
function blockAt(lines, at, world, depth) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) {
    const close = lines.findIndex((other, index) => index > at && /^\s*```+\s*$/.test(other));
    const end = close < 0 ? lines.length : close;
    return [h("pre", { class: "code-block" }, lines.slice(at + 1, end).join("\n")), end + 1];
  }
  const heading = line.match(HEADING);
  // A message has its own head: its headings begin two levels down.
  if (heading) return [h(`h${Math.min(6, heading[1].length + 2)}`, { class: `md-h${heading[1].length}` }, inline(heading[2], world)), at + 1];
  if (RULE.test(line)) return [h("hr"), at + 1];
  if (QUOTE.test(line) && depth < DEEPEST) {
    const end = endOf(lines, at, (other) => QUOTE.test(other));
    return [h("blockquote", {}, blocksOf(lines.slice(at, end).map((one) => one.replace(QUOTE, "")), world, depth + 1)), end];
  }
  if (ITEM.test(line) && depth < DEEPEST) return list(lines, at, world, depth);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at, world);
  const end = endOf(lines, at + 1, (other, index) => other.trim() && !startsBlock(other, lines[index + 1], depth));
  return [h("p", {}, lines.slice(at, end).map((one, index) => [index > 0 && h("br"), inline(one.trim(), world)])), end];
}

const startsBlock = (line, next = "", depth = 0) => FENCE.test(line) || HEADING.test(line) || RULE.test(line)
  || (depth < DEEPEST && (QUOTE.test(line) || ITEM.test(line))) || (line.includes("|") && TABLE_RULE.test(next));

function endOf(lines, from, belongs) {
  let end = from;
  while (end < lines.length && belongs(lines[end], end)) end += 1;
  return end;
}

function list(lines, at, world, depth) {
  const [, margin, mark] = lines[at].match(ITEM);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = lines[end].match(ITEM);
    if (!item || item[1].length !== margin.length || /\d/.test(item[2]) !== ordered) break;
    const below = endOf(lines, end + 1, (other) => other.trim() && other.match(/^\s*/)[0].length > margin.length);
    items.push(listItem(item[3], lines.slice(end + 1, below), world, depth));
    end = below;
  }
  return [h(ordered ? "ol" : "ul", { start: ordered ? mark.replace(/\D/g, "") : null }, items), end];
}

function listItem(text, below, world, depth) {
  const task = text.match(/^\[([ xX])\]\s+(.*)$/);
  const words = task ? [task[1] === " " ? "☐ " : "☑ ", inline(task[2], world)] : inline(text, world);
  return h("li", { class: task ? "task" : null }, words, blocksOf(below, world, depth + 1));
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at, world) {
  const end = endOf(lines, at + 2, (other) => other.includes("|"));
  const sides = cells(lines[at + 1]).map((rule) => (/:$/.test(rule) ? (/^:/.test(rule) ? "center" : "right") : "left"));
  const row = (line, tag) => h("tr", {}, cells(line).map((cell, column) =>
    h(tag, { class: `align-${sides[column] ?? "left"}`, scope: tag === "th" ? "col" : null }, inline(cell, world))));
  return [h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, row(lines[at], "th")), h("tbody", {}, lines.slice(at + 2, end).map((line) => row(line, "td"))))), end];
}

// ---- one line: the first mark that fits wins, what stands between is drawn the same way ---------------------------

const INLINE = [
  [/\\([!-/:-@[-`{-~])/, ([, sign]) => sign],
  [/`([^`]+)`/, ([, code]) => h("code", {}, code)],
  [/!?\[([^[\]]*)\]\(<?([^()\s<>]+(?:\([^()\s]*\))?[^()\s<>]*)>?(?:\s+"[^"]*")?\)/, ([all, label, address], world) => {
    const safe = safeAddress(address);
    return safe ? link(safe, label || address, world) : all;
  }],
  [/<(https?:\/\/[^\s<>]+)>/, ([, address], world) => link(safeAddress(address) ?? "about:blank", address, world)],
  [/\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)/, ([, one, other], world) => h("strong", {}, inline(one ?? other, world))],
  [/\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)|(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)/, ([, one, other], world) => h("em", {}, inline(one ?? other, world))],
  [/~~(?=\S)(.+?)(?<=\S)~~/, ([, gone], world) => h("del", {}, inline(gone, world))],
  [/:([a-z0-9_+-]+):/, ([all, code]) => emojiFor(code) ?? all],
  [/https?:\/\/[^\s<>|`]*[^\s<>|`*_~.,;:!?)'"\]]/, ([address], world) => link(safeAddress(address) ?? "about:blank", address, world)],
];

function inline(text, world) {
  const out = [];
  let at = 0;
  // Each pattern searches on only once its last find is used up; one that finds nothing is not asked again.
  let found = INLINE.map(([pattern, draw]) => ({ pattern: new RegExp(pattern, "g"), draw }));
  for (;;) {
    for (const one of found) {
      if (one.match && one.match.index >= at) continue;
      one.pattern.lastIndex = at;
      one.match = one.pattern.exec(text);
    }
    found = found.filter(({ match }) => match);
    if (found.length === 0) break;
    const { match, draw } = found.reduce((first, one) => (one.match.index < first.match.index ? one : first));
    out.push(text.slice(at, match.index), draw(match, world));
    at = match.index + match[0].length;
  }
  return [...out, text.slice(at)].filter((piece) => piece !== "");
}
