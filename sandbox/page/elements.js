// Block Kit's interactive elements -> DOM. Buttons and menus are here; selects.js and fields.js hold what has a value.

import { confirmed } from "./confirm.js";
import { h, icon, safeAddress } from "./dom.js";
import { FIELDS } from "./fields.js";
import { plain, textOf } from "./mrkdwn.js";
import { menu, withPanel } from "./popover.js";
import { SELECTS } from "./selects.js";

/** Draw one element. Outside an input block (or inside one with dispatch_action) a change is sent to the app at once. */
export function drawElement(element, blockId, surface) {
  const draw = Object.hasOwn(ELEMENTS, element?.type) && ELEMENTS[element.type];
  if (!draw) return unknown(element?.type ?? "nothing", element);
  const actionId = element.action_id ?? `${blockId}-action`;
  const marks = { dataset: { actionId, blockId }, "aria-label": surface.input ? null : nameOf(element, surface) };
  const sends = !surface.input || surface.input.dispatch_action;
  // Resolves to false if the reader was asked and said no: then the control goes back to what it was.
  const send = async (fields, control) => {
    if (!sends) return true;
    if (!(await confirmed(element.confirm, surface.world))) return false;
    surface.dispatch({ type: element.type, action_id: actionId, block_id: blockId, ...fields }, control);
    return true;
  };
  const saved = surface.saved?.(blockId, actionId);
  return draw(element, { marks, send, sends, saved, surface, options: surface.input ?? {} });
}

/** What the page cannot draw must not go unseen. */
export function unknown(type, what) {
  return h("div", { class: "unknown-block", role: "alert" },
    h("strong", {}, `The sandbox cannot draw "${type}"`),
    h("pre", {}, JSON.stringify(what, null, 1).slice(0, 600)));
}

const NAMED_BY_TEXT = ["button", "workflow_button", "feedback_buttons"];
const PLAIN_NAMES = { overflow: "More actions", datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time" };

/** The accessible name of a control that no label names. */
function nameOf(element, { about }) {
  if (element.accessibility_label) return element.accessibility_label;
  if (NAMED_BY_TEXT.includes(element.type)) return null;
  if (element.type === "icon_button") return plain(element.text?.text);
  if (element.type === "overflow") return about ? `More actions: ${about}` : PLAIN_NAMES.overflow;
  return (element.placeholder && plain(element.placeholder.text)) || about || PLAIN_NAMES[element.type] || "Choices";
}

function button(element, { marks, send }) {
  const address = element.url && safeAddress(element.url);
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const label = h("span", { class: "button-label" }, textOf(element.text));
  const click = (event) => send({ text: element.text, value: element.value }, event.currentTarget);
  const attributes = { ...marks, class: `button ${style}`, on: { click } };
  return address
    ? h("a", { ...attributes, href: address, target: "_blank", rel: "noopener noreferrer" }, label)
    : h("button", { ...attributes, type: "button" }, label);
}

function overflow(element, { marks, send }) {
  const toggle = h("button", { ...marks, type: "button", class: "button overflow", "aria-haspopup": "menu" }, icon("more"));
  return withPanel(toggle, menu("More actions", element.options.map((option) => ({
    label: textOf(option.text), description: option.description && textOf(option.description),
    href: option.url && safeAddress(option.url), run: () => send({ selected_option: option }, toggle),
  }))));
}

const ICONS = { trash: "trash" };

function iconButton(element, { marks, send }) {
  const click = (event) => send({ value: element.value }, event.currentTarget);
  return h("button", { ...marks, type: "button", class: "button icon-button", title: plain(element.text?.text), on: { click } }, icon(ICONS[element.icon] ?? "more"));
}

function feedbackButtons(element, { marks, send }) {
  const thumb = (side, picture) => {
    const own = element[`${side}_button`];
    return h("button", {
      type: "button", class: "button icon-button", dataset: { ...marks.dataset, side }, "aria-label": own.accessibility_label ?? plain(own.text?.text),
      title: plain(own.text?.text), on: { click: (event) => send({ text: own.text, value: own.value }, event.currentTarget) },
    }, icon(picture));
  };
  return h("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, thumb("positive", "up"), thumb("negative", "thumbdown"));
}

const ELEMENTS = {
  button,
  overflow,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  // A workflow cannot run here; its button is pressed like any other, so that nobody wonders where it went.
  workflow_button: button,
  ...SELECTS,
  ...FIELDS,
};
