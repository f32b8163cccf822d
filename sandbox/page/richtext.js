// The rich_text block -> DOM: sections, lists, quotes and preformatted text with their inline elements.

import { fillDate } from "./dates.js";
import { h, safeAddress } from "./dom.js";
import { emojiFor } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";

export function richText(block, world) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map((element) => part(element, world)));
}

function part(element, world) {
  const inside = () => (element.elements ?? []).map((child) => inlinePart(child, world));
  switch (element.type) {
    case "rich_text_section": return h("div", {}, inside());
    case "rich_text_quote": return h("blockquote", {}, inside());
    case "rich_text_preformatted": return h("pre", { class: "code-block" }, inside());
    case "rich_text_list": return h(element.style === "ordered" ? "ol" : "ul", { class: `indent-${Math.min(element.indent ?? 0, 4)}` },
      (element.elements ?? []).map((item) => h("li", {}, part(item, world))));
    default: return h("span", { class: "unknown-block" }, `unknown ${element.type}`);
  }
}

function inlinePart(element, world) {
  const node = drawn(element, world);
  const { bold, italic, strike, code } = element.style ?? {};
  return [[code, "code"], [strike, "del"], [italic, "em"], [bold, "strong"]]
    .reduce((inner, [wanted, tag]) => (wanted ? h(tag, {}, inner) : inner), node);
}

function drawn(element, world) {
  switch (element.type) {
    case "text": return element.text;
    case "link": {
      const safe = safeAddress(element.url);
      return safe ? link(safe, element.text || element.url, world) : element.text || element.url;
    }
    case "user": return userMention(element.user_id, "", world);
    case "channel": return channelMention(element.channel_id, "", world);
    case "emoji": return h("span", { class: "emoji" }, emojiFor(element.name) ?? `:${element.name}:`);
    case "broadcast": return h("span", { class: "mention mention-loud" }, `@${element.range}`);
    case "date": return fillDate(element.timestamp, element.format) ?? element.fallback ?? "";
    case "color": return h("code", {}, element.value);
    default: return h("span", { class: "unknown-block" }, `unknown ${element.type}`);
  }
}
