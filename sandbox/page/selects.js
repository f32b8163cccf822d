// Block Kit's select menus -> DOM: one choice is the browser's own select, several are a panel of boxes to tick.

import { h } from "./dom.js";
import { plain, textOf } from "./mrkdwn.js";
import { withPanel } from "./popover.js";
import { readable } from "./readers.js";

/** One choice out of a list, as the browser's own select: it works by keyboard, by voice and on a phone. */
function select(element, { marks, send, options }, { groups, initial, state }) {
  const all = groups.flatMap((group) => group.options);
  const draw = (option) => h("option", { value: String(all.indexOf(option)), selected: option.value === initial }, plain(option.text.text));
  let before = null;
  const change = async () => {
    const had = before;
    before = node.value;
    if ((await send(state(all[Number(node.value)] ?? null), node)) === false) node.value = before = had;
  };
  const node = h("select", { ...marks, class: "select", autofocus: element.focus_on_load, on: { change } },
    h("option", { value: "", disabled: !options.optional, selected: !initial }, plain(element.placeholder?.text ?? "Choose one")),
    groups.map(({ label, options: own }) => (label ? h("optgroup", { label: plain(label.text) }, own.map(draw)) : own.map(draw))));
  if (!initial) node.value = "";
  before = node.value;
  return readable(node, () => ({ type: element.type, ...state(node.value === "" ? null : all[Number(node.value)]) }));
}

const groupsOf = (element) => element.option_groups ?? [{ options: element.options ?? [] }];

function staticSelect(element, tools) {
  const initial = tools.saved ? tools.saved.selected_option : element.initial_option;
  return select(element, tools, { groups: groupsOf(element), initial: initial?.value, state: (option) => ({ selected_option: option }) });
}

const asOption = (value, text) => ({ value, text: { type: "plain_text", text } });
const peopleOptions = (world) => world.users().map((user) => asOption(user.id, user.real_name || user.name));
const channelOptions = (world) => world.channels().filter((channel) => !channel.is_im).map((channel) => asOption(channel.id, `#${channel.name}`));

/** users_select, channels_select, conversations_select: their state is an id. */
const idSelect = (field, optionsOf) => (element, tools) => select(element, tools, {
  groups: [{ options: optionsOf(tools.surface.world) }],
  initial: tools.saved ? tools.saved[`selected_${field}`] : element[`initial_${field}`] ?? here(element, field, tools),
  state: (option) => ({ [`selected_${field}`]: option?.value ?? null }),
});

const here = (element, field, { surface }) => (field === "conversation" && element.default_to_current_conversation ? surface.world.here : undefined);

/** Several choices: a button that shows them, and a panel of boxes to tick. Sent when the panel closes. */
function multiSelect(element, { marks, send, options: input }, { groups, initial, state }) {
  const all = groups.flatMap((group) => group.options);
  const most = element.max_selected_items ?? Infinity;
  let chosen = all.filter((option) => initial.includes(option.value));
  let sent = chosen;
  const name = plain(input.label?.text ?? element.placeholder?.text ?? "Choices");
  const toggle = h("button", { ...marks, type: "button", class: "select multi", "aria-haspopup": "dialog" });
  const boxes = new Map();
  const show = () => {
    toggle.replaceChildren(...(chosen.length
      ? chosen.map((option) => h("span", { class: "chip" }, plain(option.text.text)))
      : [h("span", { class: "placeholder" }, plain(element.placeholder?.text ?? "Choose some"))]));
    for (const [option, box] of boxes) {
      box.checked = chosen.includes(option);
      box.disabled = !box.checked && chosen.length >= most;
    }
    // A name of its own would hide the chips from those who hear the page.
    if (!input.label) toggle.setAttribute("aria-label", [marks["aria-label"], ...chosen.map((option) => plain(option.text.text))].join(", "));
  };
  const row = (option) => {
    const toggled = () => {
      chosen = all.filter((other) => (other === option ? boxes.get(option).checked : chosen.includes(other)));
      show();
    };
    boxes.set(option, h("input", { type: "checkbox", on: { change: toggled } }));
    return h("label", { class: "choice" }, boxes.get(option), h("span", {}, textOf(option.text)));
  };
  const panel = h("div", { role: "dialog", "aria-label": name, class: "choices" }, groups.map(({ label, options }) =>
    [label && h("div", { class: "menu-note" }, textOf(label)), options.map(row)]),
  most < all.length && h("div", { class: "menu-note" }, `At most ${most}`));
  show();
  readable(toggle, () => ({ type: element.type, ...state(chosen) }));
  return withPanel(toggle, panel, {
    async onClose() {
      const before = sent;
      sent = chosen;
      if (before === chosen || (await send(state(chosen), toggle)) !== false) return;
      sent = chosen = before;
      show();
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

export const SELECTS = {
  static_select: staticSelect,
  users_select: idSelect("user", peopleOptions),
  channels_select: idSelect("channel", channelOptions),
  conversations_select: idSelect("conversation", channelOptions),
  multi_static_select: multiStaticSelect,
  multi_users_select: multiIdSelect("users", peopleOptions),
  multi_channels_select: multiIdSelect("channels", channelOptions),
  multi_conversations_select: multiIdSelect("conversations", channelOptions),
};
