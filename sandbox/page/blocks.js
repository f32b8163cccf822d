// Block Kit -> DOM. One function per block type; a type that is not here is drawn as a loud red box.

import { chartBlock } from "./chart.js";
import { h, safeAddress } from "./dom.js";
import { drawElement, unknown } from "./elements.js";
import { textOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/**
 * Draw a list of blocks. `surface` is where they stand: {world, dispatch(action, control), saved(blockId, actionId),
 * errors: {blockId: text}, where: "message" | "modal" | "home"}.
 */
export function drawBlocks(blocks, surface) {
  return h("div", { class: "blocks" }, blocks.map((block, index) => {
    const draw = BLOCKS[block.type];
    const node = draw ? draw(block, surface, block.block_id ?? `block-${index}`) : unknown(block.type, block);
    node.classList.add("block");
    return node;
  }));
}

function picture(image, className) {
  const address = safeAddress(image.image_url) ?? "";
  return h("img", { class: className, src: address, alt: image.alt_text ?? "", title: image.alt_text, loading: "lazy", referrerpolicy: "no-referrer" });
}

const BLOCKS = {
  section(block, surface, blockId) {
    return h("div", { class: block.accessory ? "section with-accessory" : "section" },
      h("div", { class: "section-body" },
        block.text && h("div", { class: "section-text" }, textOf(block.text, surface.world)),
        block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textOf(field, surface.world))))),
      block.accessory && h("div", { class: "accessory" }, block.accessory.type === "image"
        ? picture(block.accessory, "accessory-image") : drawElement(block.accessory, blockId, surface)));
  },
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
  table: tableBlock,
  data_visualization: chartBlock,
};

let labels = 0;

function inputBlock(block, surface, blockId) {
  const id = `field-${(labels += 1)}`;
  const error = surface.errors?.[blockId];
  const control = drawElement(block.element, blockId, { ...surface, input: block });
  // A group of boxes is named by its legend, one control by its label.
  const isGroup = control.getAttribute("role") === "group" || control.getAttribute("role") === "radiogroup";
  const target = isGroup ? control : control.matches("input, select, textarea, button") ? control : control.querySelector("input, select, textarea, button");
  target.id = id;
  if (isGroup) target.setAttribute("aria-labelledby", `${id}-label`);
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

function tableBlock(block, surface) {
  const settings = block.column_settings ?? [];
  const cell = (tag) => (content, column) => h(tag, {
    class: [`align-${settings[column]?.align ?? "left"}`, settings[column]?.is_wrapped && "wrapped"].filter(Boolean).join(" "),
    scope: tag === "th" ? "col" : null,
  }, content?.type === "rich_text" ? richText(content, surface.world) : String(content?.text ?? content?.value ?? ""));
  const [head = [], ...rows] = block.rows ?? [];
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map(cell("th")))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td")))))));
}
