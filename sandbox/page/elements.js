// Block Kit's interactive elements -> DOM, and what stands in them as Slack's state values.

import { confirmed } from "./confirm.js";
import { h, icon, safeAddress } from "./dom.js";
import { plain, textOf } from "./mrkdwn.js";
import { menu, withPanel } from "./popover.js";

const readers = new WeakMap(); // control -> () => its state value

/** Draw one element. Outside an input block (or inside one with dispatch_action) a change is sent to the app at once. */
export function drawElement(element, blockId, surface) {
  const draw = ELEMENTS[element?.type];
  if (!draw) return unknown(element?.type ?? "nothing", element);
  const actionId = element.action_id ?? `${blockId}-action`;
  const marks = { dataset: { actionId, blockId }, "aria-label": surface.input ? null : plainName(element) };
  const sends = !surface.input || surface.input.dispatch_action;
  const send = async (fields, control) => {
    if (!sends || !(await confirmed(element.confirm, surface.world))) return false;
    surface.dispatch({ type: element.type, action_id: actionId, block_id: blockId, ...fields }, control);
    return true;
  };
  const saved = surface.saved?.(blockId, actionId);
  return draw(element, { marks, send, saved, surface, options: surface.input ?? {} });
}

/** What the page cannot draw must not go unseen. */
export function unknown(type, what) {
  return h("div", { class: "unknown-block", role: "alert" },
    h("strong", {}, `The sandbox cannot draw "${type}"`),
    h("pre", {}, JSON.stringify(what, null, 1).slice(0, 600)));
}

function plainName(element) {
  return element.accessibility_label ?? (element.placeholder && plain(element.placeholder.text)) ?? null;
}

/** What stands in all controls under `root`: {block_id: {action_id: {type, value | selected_option | …}}}. */
export function collectState(root) {
  const values = {};
  for (const control of root.querySelectorAll("[data-action-id]")) {
    const read = readers.get(control);
    if (read) (values[control.dataset.blockId] ??= {})[control.dataset.actionId] = read();
  }
  return values;
}

const readable = (control, read) => {
  readers.set(control, read);
  return control;
};

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
  const toggle = h("button", {
    ...marks, type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-label": marks["aria-label"] ?? "More actions",
  }, icon("more"));
  return withPanel(toggle, menu("More actions", element.options.map((option) => ({
    label: textOf(option.text), description: option.description && textOf(option.description),
    href: option.url && safeAddress(option.url), run: () => send({ selected_option: option }, toggle),
  }))));
}

/** One choice out of a list, as the browser's own select: it works by keyboard, by voice and on a phone. */
function select(element, { marks, send, options }, { groups, initial, state }) {
  const all = groups.flatMap((group) => group.options);
  const draw = (option) => h("option", { value: String(all.indexOf(option)), selected: option.value === initial }, plain(option.text.text));
  const node = h("select", { ...marks, class: "select", on: { change: () => send(state(all[Number(node.value)]), node) } },
    h("option", { value: "", disabled: !options.optional, selected: !initial }, plain(element.placeholder?.text ?? "Choose one")),
    groups.map(({ label, options: own }) => (label ? h("optgroup", { label: plain(label.text) }, own.map(draw)) : own.map(draw))));
  if (!initial) node.value = "";
  return readable(node, () => ({ type: element.type, ...state(node.value === "" ? null : all[Number(node.value)]) }));
}

const groupsOf = (element) => element.option_groups ?? [{ options: element.options ?? [] }];

function staticSelect(element, tools) {
  const initial = tools.saved ? tools.saved.selected_option : element.initial_option;
  return select(element, tools, { groups: groupsOf(element), initial: initial?.value, state: (option) => ({ selected_option: option }) });
}

const asOption = (value, text) => ({ value, text: { type: "plain_text", text } });
const peopleOptions = (world) => world.users().map((user) => asOption(user.id, user.real_name || user.name));
const channelOptions = (world) => world.channels().map((channel) => asOption(channel.id, `#${channel.name}`));

/** users_select, channels_select, conversations_select: their state is an id. */
const idSelect = (field, optionsOf) => (element, tools) => select(element, tools, {
  groups: [{ options: optionsOf(tools.surface.world) }],
  initial: tools.saved ? tools.saved[`selected_${field}`] : element[`initial_${field}`],
  state: (option) => ({ [`selected_${field}`]: option?.value ?? null }),
});

/** Several choices: a button that shows them, and a panel of boxes to tick. Sent when the panel closes. */
function multiSelect(element, { marks, send, options: input }, { groups, initial, state }) {
  const all = groups.flatMap((group) => group.options);
  let chosen = all.filter((option) => initial.includes(option.value));
  let sent = chosen;
  const toggle = h("button", { ...marks, type: "button", class: "select multi", "aria-haspopup": "dialog" });
  const show = () => toggle.replaceChildren(...(chosen.length
    ? chosen.map((option) => h("span", { class: "chip" }, plain(option.text.text)))
    : [h("span", { class: "placeholder" }, plain(element.placeholder?.text ?? "Choose some"))]));
  const box = (option) => h("label", { class: "choice" }, h("input", {
    type: "checkbox", checked: chosen.includes(option), on: {
      change: (event) => {
        if (event.target.checked && chosen.length >= (element.max_selected_items ?? Infinity)) event.target.checked = false;
        else chosen = all.filter((other) => (other === option ? event.target.checked : chosen.includes(other)));
        show();
      },
    },
  }), h("span", {}, textOf(option.text)));
  show();
  readable(toggle, () => ({ type: element.type, ...state(chosen) }));
  const name = plain(input.label?.text ?? element.placeholder?.text ?? "Choices");
  const panel = h("div", { role: "group", "aria-label": name, class: "choices" }, groups.map(({ label, options }) =>
    [label && h("div", { class: "menu-note" }, textOf(label)), options.map(box)]));
  return withPanel(toggle, panel, {
    onClose() {
      if (sent !== chosen) send(state(chosen), toggle);
      sent = chosen;
    },
  });
}

function multiStaticSelect(element, tools) {
  const initial = (tools.saved ? tools.saved.selected_options : element.initial_options) ?? [];
  return multiSelect(element, tools, {
    groups: groupsOf(element), initial: initial.map((option) => option.value), state: (chosen) => ({ selected_options: chosen }),
  });
}

const multiIdSelect = (field, optionsOf) => (element, tools) => multiSelect(element, tools, {
  groups: [{ options: optionsOf(tools.surface.world) }],
  initial: (tools.saved ? tools.saved[`selected_${field}`] : element[`initial_${field}`]) ?? [],
  state: (chosen) => ({ [`selected_${field}`]: chosen.map((option) => option.value) }),
});

let groupNumber = 0;

const boxes = (kind) => (element, { marks, send, saved }) => {
  const name = `choice-${(groupNumber += 1)}`;
  const many = kind === "checkbox";
  const field = many ? "selected_options" : "selected_option";
  const first = saved ? saved[field] : element[many ? "initial_options" : "initial_option"];
  const initial = [first ?? []].flat().map((option) => option.value);
  const state = () => {
    const chosen = element.options.filter((_, index) => inputs[index].checked);
    return { [field]: many ? chosen : chosen[0] ?? null };
  };
  const inputs = element.options.map((option) => h("input", {
    type: kind, name, checked: initial.includes(option.value), on: { change: () => send(state(), group) },
  }));
  const group = h("div", { ...marks, class: "choices inline", role: many ? "group" : "radiogroup", tabindex: "-1" },
    element.options.map((option, index) => h("label", { class: "choice" }, inputs[index],
      h("span", {}, textOf(option.text), option.description && h("span", { class: "menu-note" }, textOf(option.description))))));
  return readable(group, () => ({ type: element.type, ...state() }));
};

const textField = (inputType) => (element, { marks, send, saved }) => {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const value = saved ? saved.value : element.initial_value;
  const multiline = inputType === "text" && element.multiline;
  const node = h(multiline ? "textarea" : "input", {
    ...marks, class: "text", rows: multiline ? 4 : null, autocomplete: "off", autofocus: element.focus_on_load,
    type: multiline ? null : inputType === "url" ? "text" : inputType, inputmode: inputType === "url" ? "url" : null,
    placeholder: element.placeholder ? plain(element.placeholder.text) : inputType === "url" ? "https://" : null, value: value ?? "",
    on: {
      keydown: (event) => {
        if (event.key !== "Enter" || multiline || !when.includes("on_enter_pressed")) return;
        send({ value: node.value }, node);
      },
      input: () => when.includes("on_character_entered") && send({ value: node.value }, node),
    },
  });
  return readable(node, () => ({ type: element.type, value: node.value === "" ? null : node.value }));
};

const picker = (inputType, field) => (element, { marks, send, saved }) => {
  const value = saved ? saved[`selected_${field}`] : element[`initial_${field}`];
  const state = () => ({ [`selected_${field}`]: node.value || null });
  const node = h("input", { ...marks, class: "text picker", type: inputType, value: value ?? "", on: { change: () => send(state(), node) } });
  return readable(node, () => ({ type: element.type, ...state() }));
};

const ELEMENTS = {
  button,
  overflow,
  static_select: staticSelect,
  users_select: idSelect("user", peopleOptions),
  channels_select: idSelect("channel", channelOptions),
  conversations_select: idSelect("conversation", channelOptions),
  multi_static_select: multiStaticSelect,
  multi_users_select: multiIdSelect("users", peopleOptions),
  multi_channels_select: multiIdSelect("channels", channelOptions),
  multi_conversations_select: multiIdSelect("conversations", channelOptions),
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  plain_text_input: textField("text"),
  url_text_input: textField("url"),
  email_text_input: textField("email"),
  number_input: textField("number"),
  datepicker: picker("date", "date"),
  timepicker: picker("time", "time"),
};
