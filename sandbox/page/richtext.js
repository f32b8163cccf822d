// The rich_text block -> DOM: sections, lists, quotes and preformatted text with their inline elements.

import { fillDate } from "./dates.js";
import { h, safeAddress } from "./dom.js";
import { emojiFor } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";

export function richText(block, world) {
  const counts = new Map(); // how far the ordered lists have counted, by indent: a list goes on after a deeper one
  return h("div", { class: "rich-text" }, (block.elements ?? []).map((element) => {
    if (element.type !== "rich_text_list") {
      counts.clear();
      return part(element, world);
    }
    return listOf(element, counts, world);
  }));
}

function listOf(element, counts, world) {
  const indent = element.indent ?? 0;
  for (const deeper of [...counts.keys()]) if (deeper > indent) counts.delete(deeper);
  const ordered = element.style === "ordered";
  const start = (element.offset ?? counts.get(indent) ?? 0) + 1;
  if (ordered) counts.set(indent, start - 1 + (element.elements ?? []).length);
  return h(ordered ? "ol" : "ul", {
    class: [`indent-${Math.min(indent, 8)}`, element.border && "bordered"].filter(Boolean).join(" "), start: ordered && start > 1 ? String(start) : null,
  }, (element.elements ?? []).map((item) => h("li", {}, part(item, world))));
}

function part(element, world) {
  const inside = () => (element.elements ?? []).map((child) => inlinePart(child, world));
  switch (element.type) {
    case "rich_text_section": return h("div", { class: "rich-section" }, inside());
    case "rich_text_quote": return h("blockquote", {}, inside());
    case "rich_text_preformatted": return h("pre", { class: "code-block" }, inside());
    case "rich_text_list": return listOf(element, new Map(), world);
    default: return h("span", { class: "unknown-block", role: "alert" }, `unknown ${element.type}`);
  }
}

const STYLES = [["code", "code"], ["strike", "del"], ["underline", "u"], ["italic", "em"], ["bold", "strong"]];

function inlinePart(element, world) {
  const style = element.style ?? {};
  const node = STYLES.reduce((inner, [wanted, tag]) => (style[wanted] ? h(tag, {}, inner) : inner), drawn(element, world));
  return style.highlight || style.client_highlight ? h("mark", {}, node) : node;
}

function drawn(element, world) {
  switch (element.type) {
    case "text": return element.text;
    case "link": {
      const safe = safeAddress(element.url);
      return safe ? link(safe, element.text || element.url, world) : element.text || element.url;
    }
    case "user": return userMention(element.user_id, "", world);
    case "usergroup": return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "team": return h("span", { class: "mention" }, element.team_id);
    case "channel": return channelMention(element.channel_id, "", world);
    case "emoji": return h("span", { class: "emoji", title: `:${element.name}:` }, emojiOf(element));
    case "broadcast": return h("span", { class: "mention mention-loud" }, `@${element.range}`);
    case "date": {
      const words = fillDate(element.timestamp, element.format) ?? element.fallback ?? "";
      const safe = element.url && safeAddress(element.url);
      return safe ? link(safe, words, world) : words;
    }
    case "color": return colour(element.value);
    default: return h("span", { class: "unknown-block", role: "alert" }, `unknown ${element.type}`);
  }
}

function emojiOf({ name, unicode }) {
  const points = /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode ?? "") && unicode.split("-").map((point) => parseInt(point, 16));
  const drawable = points && points.every((point) => point <= 0x10ffff);
  return emojiFor(name) ?? (drawable ? String.fromCodePoint(...points) : `:${name}:`);
}

function colour(value) {
  const swatch = h("span", { class: "colour", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) swatch.style.backgroundColor = value;
  return h("span", {}, swatch, h("code", {}, value));
}
