// Block Kit -> DOM. One function per block type; a type that is not here is drawn as a loud red box.

import { alertBlock, cardBlock, carouselBlock, contextActionsBlock, fileBlock, picture, videoBlock } from "./cards.js";
import { chartBlock } from "./chart.js";
import { h } from "./dom.js";
import { drawElement, unknown } from "./elements.js";
import { markdown } from "./markdown.js";
import { textOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTableBlock, tableBlock } from "./tables.js";

/**
 * Draw a list of blocks. `surface` is where they stand: {world, dispatch(action, control), saved(blockId, actionId),
 * errors: {blockId: text}, where: "message" | "modal" | "home"}.
 */
export function drawBlocks(blocks, surface) {
  return h("div", { class: "blocks" }, blocks.map((block, index) => {
    const node = drawn(block, surface, block?.block_id ?? `block-${index}`);
    node.classList.add("block");
    return node;
  }));
}

/** One block; what cannot be drawn is a red box, and takes nothing else with it. */
function drawn(block, surface, blockId) {
  const draw = Object.hasOwn(BLOCKS, block?.type) && BLOCKS[block.type];
  try {
    if (draw) return draw(block, surface, blockId);
  } catch (error) {
    console.warn(error);
  }
  return unknown(block?.type, block);
}

const BLOCKS = {
  section: sectionBlock,
  header: (block, surface) => h("h3", { class: "header" }, textOf(block.text, surface.world)),
  context: (block, surface) => h("div", { class: "context" }, (block.elements ?? []).map((element) =>
    (element.type === "image" ? picture(element, "context-image") : h("span", {}, textOf(element, surface.world))))),
  actions: (block, surface, blockId) => h("div", { class: "actions" },
    (block.elements ?? []).map((element) => drawElement(element, blockId, surface))),
  divider: () => h("hr"),
  image: (block, surface) => h("figure", { class: "image" },
    block.title && h("figcaption", {}, textOf(block.title, surface.world)), picture(block, "big-image")),
  input: inputBlock,
  rich_text: (block, surface) => richText(block, surface.world),
  markdown: (block, surface) => markdown(block.text, surface.world),
  table: tableBlock,
  data_table: dataTableBlock,
  data_visualization: chartBlock,
  alert: alertBlock,
  card: cardBlock,
  carousel: carouselBlock,
  container: containerBlock,
  context_actions: contextActionsBlock,
  video: videoBlock,
  file: fileBlock,
};

function sectionBlock(block, surface, blockId) {
  const { accessory } = block;
  const text = block.text && h("div", { class: "section-text" }, textOf(block.text, surface.world));
  // A control beside a text that has no name of its own is about that text.
  const named = { ...surface, about: text?.textContent.slice(0, 80) };
  return h("div", { class: accessory ? "section with-accessory" : "section" },
    h("div", { class: "section-body" }, text,
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textOf(field, surface.world))))),
    accessory && h("div", { class: "accessory" }, accessory.type === "image"
      ? picture(accessory, "accessory-image") : drawElement(accessory, blockId, named)));
}

/** A frame around other blocks; collapsible ones are the browser's own details element. */
function containerBlock(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title, surface.world) : textOf(block.title, surface.world);
  const head = [block.icon && picture(block.icon, "card-icon"), h("div", {}, h("div", { class: "card-title" }, title),
    block.subtitle && h("div", { class: "card-subtitle" }, textOf(block.subtitle, surface.world)))];
  const inside = drawBlocks(block.child_blocks ?? [], surface);
  const look = `container width-${["narrow", "standard", "wide", "full"].includes(block.width) ? block.width : "standard"}`;
  return block.is_collapsible
    ? h("details", { class: look, open: !block.default_collapsed }, h("summary", { class: "card-head" }, head), inside)
    : h("div", { class: look, role: "group" }, h("div", { class: block.has_header_divider ? "card-head divided" : "card-head" }, head), inside);
}

let labels = 0;

function inputBlock(block, surface, blockId) {
  const id = `field-${(labels += 1)}`;
  const error = surface.errors?.[blockId];
  const control = drawElement(block.element, blockId, { ...surface, input: block });
  // A group of boxes is named by its legend, one control by its label.
  const isGroup = control.getAttribute("role") === "group" || control.getAttribute("role") === "radiogroup";
  const target = isGroup || control.matches("input, select, textarea, button")
    ? control : control.querySelector("input, select, textarea, button") ?? control;
  target.id = id;
  if (isGroup || target.matches("button")) target.setAttribute("aria-labelledby", isGroup ? `${id}-label` : `${id}-label ${id}`);
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  if (described) target.setAttribute("aria-describedby", described);
  if (error) target.setAttribute("aria-invalid", "true");
  return h("div", { class: error ? "input-block has-error" : "input-block", dataset: { blockId } },
    h(isGroup ? "div" : "label", { class: "label", id: `${id}-label`, for: isGroup ? null : id }, textOf(block.label, surface.world),
      block.optional && h("span", { class: "optional" }, " (optional)")),
    control,
    error && h("div", { class: "field-error", id: `${id}-error`, role: "alert" }, error),
    block.hint && h("div", { class: "hint", id: `${id}-hint` }, textOf(block.hint, surface.world)));
}
