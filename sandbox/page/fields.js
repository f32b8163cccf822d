// Block Kit's boxes, pickers and text fields -> DOM.

import { h } from "./dom.js";
import { plain, textOf } from "./mrkdwn.js";
import { readable } from "./readers.js";

let groupNumber = 0;

const boxes = (kind) => (element, { marks, send, saved }) => {
  const name = `choice-${(groupNumber += 1)}`;
  const many = kind === "checkbox";
  const field = many ? "selected_options" : "selected_option";
  const first = saved ? saved[field] : element[many ? "initial_options" : "initial_option"];
  const initial = [first ?? []].flat().map((option) => option.value);
  let before = initial;
  const state = () => {
    const chosen = element.options.filter((_, index) => inputs[index].checked);
    return { [field]: many ? chosen : chosen[0] ?? null };
  };
  const change = async () => {
    const had = before;
    before = element.options.filter((_, index) => inputs[index].checked).map((option) => option.value);
    if ((await send(state(), group)) !== false) return;
    before = had;
    inputs.forEach((input, index) => (input.checked = had.includes(element.options[index].value)));
  };
  const inputs = element.options.map((option, index) => h("input", {
    type: kind, name, checked: initial.includes(option.value), autofocus: element.focus_on_load && index === 0, on: { change },
  }));
  const group = h("div", { ...marks, class: "choices inline", role: many ? "group" : "radiogroup", tabindex: "-1" },
    element.options.map((option, index) => h("label", { class: "choice" }, inputs[index],
      h("span", {}, textOf(option.text), option.description && h("span", { class: "menu-note" }, textOf(option.description))))));
  return readable(group, () => ({ type: element.type, ...state() }));
};

const textField = (inputType) => (element, { marks, send, sends, saved }) => {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const value = saved ? saved.value : element.initial_value;
  const multiline = inputType === "text" && element.multiline;
  const node = h(multiline ? "textarea" : "input", {
    ...marks, class: "text", rows: multiline ? 4 : null, autocomplete: "off", autofocus: element.focus_on_load,
    type: multiline ? null : inputType === "url" ? "text" : inputType, inputmode: inputType === "url" ? "url" : null,
    step: element.is_decimal_allowed ? "any" : null,
    placeholder: element.placeholder ? plain(element.placeholder.text) : inputType === "url" ? "https://" : null, value: value ?? "",
    on: {
      keydown: (event) => {
        if (event.key !== "Enter" || event.isComposing || multiline || !sends || !when.includes("on_enter_pressed")) return;
        event.preventDefault(); // the app hears of it; it does not submit the form as well
        send({ value: node.value }, node);
      },
      input: () => when.includes("on_character_entered") && send({ value: node.value }, node),
    },
  });
  return readable(node, () => ({ type: element.type, value: node.value === "" ? null : node.value }));
};

/** Date and time pickers are the browser's own; `read` and `write` turn its text into Slack's value and back. */
const picker = (inputType, field, { read = (text) => text || null, write = (value) => value ?? "" } = {}) => (element, { marks, send, saved }) => {
  const value = saved ? saved[`selected_${field}`] : element[`initial_${field}`];
  const state = () => ({ [`selected_${field}`]: read(node.value) });
  let before = write(value);
  const change = async () => {
    const had = before;
    before = node.value;
    if ((await send(state(), node)) === false) node.value = before = had;
  };
  const node = h("input", { ...marks, class: "text picker", type: inputType, value: before, autofocus: element.focus_on_load, on: { change } });
  return readable(node, () => ({ type: element.type, ...state() }));
};

const twoDigits = (number) => String(number).padStart(2, "0");

function localTime(seconds) {
  if (!seconds) return "";
  const date = new Date(seconds * 1000);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join("-");
  return `${day}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** A rich text field without its buttons: what is typed is sent as one section of plain text. */
function richTextInput(element, tools) {
  const asBlock = (text) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] });
  const words = (block) => (block?.elements ?? []).flatMap((part) => (part.elements ?? []).map((one) => one.text ?? "")).join("");
  const node = textField("text")({ ...element, multiline: true, initial_value: words(tools.saved?.rich_text_value ?? element.initial_value) }, { ...tools, saved: null });
  return readable(node, () => ({ type: element.type, rich_text_value: node.value === "" ? null : asBlock(node.value) }));
}

export const FIELDS = {
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  plain_text_input: textField("text"),
  url_text_input: textField("url"),
  email_text_input: textField("email"),
  number_input: textField("number"),
  rich_text_input: richTextInput,
  datepicker: picker("date", "date"),
  timepicker: picker("time", "time"),
  datetimepicker: picker("datetime-local", "date_time", {
    read: (text) => (text ? Math.floor(new Date(text).getTime() / 1000) : null), write: localTime,
  }),
};
