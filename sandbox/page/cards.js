// The blocks that look like small pages: card, carousel, alert, video, file, context actions.

import { h, icon, outsideLink, safeAddress } from "./dom.js";
import { drawElement, unknown } from "./elements.js";
import { textOf } from "./mrkdwn.js";

export function picture(image, className) {
  const address = safeAddress(image.image_url ?? image.slack_file?.url) ?? "";
  return h("img", { class: className, src: address, alt: image.alt_text ?? "", title: image.alt_text, loading: "lazy", referrerpolicy: "no-referrer" });
}

export function cardBlock(block, surface, blockId) {
  const line = (text, className) => text && h("div", { class: className }, textOf(text, surface.world));
  return h("div", { class: "card" },
    block.hero_image && picture(block.hero_image, "card-hero"),
    h("div", { class: "card-head" }, block.icon && picture(block.icon, "card-icon"),
      h("div", {}, line(block.title, "card-title"), line(block.subtitle, "card-subtitle"))),
    line(block.body, "card-body"),
    block.actions?.length > 0 && h("div", { class: "card-actions" }, block.actions.map((element) => drawElement(element, blockId, surface))));
}

export function carouselBlock(block, surface, blockId) {
  const cards = block.elements ?? [];
  const row = h("div", { class: "carousel-row", tabindex: "0", role: "group", "aria-label": `${cards.length} cards, scroll sideways` },
    cards.map((card, index) => (card.type === "card" ? cardBlock(card, surface, card.block_id ?? `${blockId}-${index}`) : unknown(card.type, card))));
  const step = (label, name, way) => h("button", {
    type: "button", class: "tool", "aria-label": label, title: label,
    on: { click: () => row.scrollBy({ left: way * (row.firstChild?.offsetWidth ?? 240), behavior: "smooth" }) },
  }, icon(name));
  return h("div", { class: "carousel" }, row, cards.length > 1 && h("div", { class: "carousel-steps" }, step("Previous card", "back", -1), step("Next card", "next", 1)));
}

const LEVELS = { default: "info", info: "info", success: "check", warning: "warning", error: "warning" };

export function alertBlock(block, surface) {
  const level = Object.hasOwn(LEVELS, block.level) ? block.level : "default";
  return h("div", { class: `alert alert-${level}`, role: level === "error" || level === "warning" ? "alert" : "note" },
    icon(LEVELS[level]), h("div", {}, textOf(block.text, surface.world)));
}

/** A film is never played here: a page that loads frames of others is not a sandbox. It is a card with a link. */
export function videoBlock(block, surface) {
  const safe = safeAddress(block.title_url ?? block.video_url);
  const title = textOf(block.title, surface.world);
  const place = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h("div", { class: "card video" },
    block.thumbnail_url && h("div", { class: "video-still" }, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "card-hero"), icon("play")),
    h("div", { class: "card-head" }, h("div", {}, h("div", { class: "card-title" }, safe ? outsideLink(safe, title) : title),
      place && h("div", { class: "card-subtitle" }, place))),
    block.description && h("div", { class: "card-body" }, textOf(block.description, surface.world)));
}

export function fileBlock(block) {
  return h("div", { class: "file" }, icon("file"), h("div", {}, h("div", { class: "card-title" }, block.external_id ?? "File"),
    h("div", { class: "card-subtitle" }, `${block.source ?? "remote"} file`)));
}

export function contextActionsBlock(block, surface, blockId) {
  const seen = (element) => !element.visible_to_user_ids || element.visible_to_user_ids.includes(surface.world.me);
  return h("div", { class: "context-actions" }, (block.elements ?? []).filter(seen).map((element) => drawElement(element, blockId, surface)));
}
