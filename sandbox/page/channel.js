// The main pane's head, menu and beginning: of a channel, or of the app with its tabs.

import { post } from "./api.js";
import { ask, askText } from "./confirm.js";
import { h, icon } from "./dom.js";
import { nameOf } from "./people.js";
import { openMenu } from "./popover.js";
import { inWords } from "./send.js";
import { toast } from "./toast.js";

/** The head of a channel. */
export function channelHead(channel, state) {
  if (!channel) return [];
  const members = (channel.members ?? []).map((id) => state.users.get(id)).filter(Boolean);
  const menu = (event) => openMenu(event.currentTarget, `#${channel.name}`, channelMenu(channel, state));
  return [
    h("div", { class: "head-title" }, h("h1", {}, h("span", { class: "hash", "aria-hidden": "true" }, "#"), channel.name),
      channel.is_archived && h("span", { class: "archived" }, "archived"),
      channel.topic && h("span", { class: "topic", title: channel.topic }, channel.topic)),
    h("span", { class: "members", title: members.map((user) => nameOf(user)).join(", ") }, icon("people"),
      h("span", {}, members.length === 1 ? "1 member" : `${members.length} members`)),
    h("button", {
      type: "button", class: "tool", title: "Channel menu", "aria-label": "Channel menu", "aria-haspopup": "menu", "aria-expanded": "false",
      dataset: { actionId: "channel-menu" }, on: { click: menu },
    }, icon("more")),
  ];
}

/** The head of the app: its home and its messages are tabs. `go(id)` opens one. */
export function appHead(state, go) {
  const tabs = [state.app.has_home && ["home", "Home"], state.im && [state.im.id, "Messages"]].filter(Boolean);
  return [h("div", { class: "head-title" }, h("h1", {}, nameOf(state.users.get(state.botUser), "App")),
    h("nav", { class: "tabs", "aria-label": "Of the app" }, tabs.map(([id, label]) => h("button", {
      type: "button", class: "tab", "aria-current": state.channelId === id ? "page" : null, dataset: { actionId: `tab-${id}` }, on: { click: () => go(id) },
    }, label))))];
}

/** What stands above the first message. */
export function beginning(channel, state) {
  const bot = state.users.get(state.botUser);
  if (channel.is_im) {
    return [h("h2", {}, nameOf(bot, "App")), h("p", {}, "This is where your conversation with the app begins. Nobody else sees it."),
      !state.app.has_messages && h("p", { class: "tip" }, "Its manifest lets nobody write to it here.")];
  }
  const isAway = bot && !channel.is_archived && !channel.members?.includes(bot.id);
  return [h("h2", {}, `# ${channel.name}`), h("p", {}, channel.topic || "This is where the channel begins."),
    isAway && h("p", { class: "tip" }, `${nameOf(bot)} is not in this channel. Type `, h("code", {}, `/invite @${nameOf(bot)}`), " to add it.")];
}

function channelMenu(channel, state) {
  const bot = state.users.get(state.botUser);
  const send = async (path, more = {}) => {
    const answer = await post(path, { user: state.user, channel: channel.id, ...more });
    if (!answer.ok) toast(answer.text ?? `#${channel.name}: ${inWords(answer.error)}.`);
  };
  const isIn = bot && channel.members?.includes(bot.id);
  const archive = async () => {
    const body = h("p", {}, "Nobody can write in it, and the app is refused with is_archived.");
    if (await ask({ title: `Archive #${channel.name}?`, body, yes: "Archive", no: "Cancel", danger: true })) send("archive");
  };
  const rename = async () => {
    const name = await askText({ ...CHANNEL_NAME, title: `Rename #${channel.name}`, value: channel.name, yes: "Rename" });
    if (name && name !== channel.name) send("rename", { name });
  };
  if (channel.is_archived) return [{ label: "Unarchive the channel", run: () => send("archive", { on: false }) }];
  return [
    { label: "Rename the channel…", run: rename },
    bot && (isIn ? { label: `Remove ${nameOf(bot)}`, description: "The app is refused with not_in_channel", run: () => send("kick") }
      : { label: `Add ${nameOf(bot)}`, run: () => send("invite", { invitee: bot.id }) }),
    { label: "Archive the channel…", danger: true, run: archive },
  ].filter(Boolean);
}

/** How a channel's name is asked for. */
export const CHANNEL_NAME = {
  label: "Name", hint: "Lower-case letters, digits, - and _", pattern: "[a-z0-9_\\-]+", maxlength: "80",
  tidy: (text) => text.toLowerCase().replace(/\s/g, "-"),
};
