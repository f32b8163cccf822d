// The sidebar: workspace, channels with unread marks, the app, whom we act as, and whether the app is connected.

import { ask } from "./confirm.js";
import { h, icon, reconcile } from "./dom.js";
import { avatar, nameOf } from "./people.js";

export class Sidebar {
  /** `tools`: state, openChannel(id), actAs(userId), createChannel(name), unread(channelId). */
  constructor(root, tools) {
    this.tools = tools;
    this.root = root;
    this.title = root.querySelector("[data-workspace]");
    this.channels = root.querySelector("[data-channels]");
    this.apps = root.querySelector("[data-apps]");
    this.acting = root.querySelector("[data-acting]");
    this.link = root.querySelector("[data-connection]");
    root.querySelector("[data-new-channel]").addEventListener("click", () => this.#newChannel());
    this.select = h("select", { "aria-label": "Acting as", on: { change: () => tools.actAs(this.select.value) } });
  }

  show() {
    const { state } = this.tools;
    this.title.textContent = state.workspace.name;
    reconcile(this.channels, [...state.channels.values()].map((channel) => this.#channelItem(channel)));
    const bot = state.users.get(state.botUser);
    reconcile(this.apps, bot ? [this.#appItem(bot)] : []);
    this.#showActing();
    this.#showConnection(bot);
  }

  #channelItem(channel) {
    const { state, openChannel, unread } = this.tools;
    const count = unread(channel.id);
    const isOpen = state.channelId === channel.id;
    return {
      key: channel.id, stamp: JSON.stringify([channel.name, count, isOpen]), build: () => h("li", {}, h("button", {
        type: "button", class: count ? "channel unread" : "channel", "aria-current": isOpen ? "page" : null,
        "aria-label": count ? `${channel.name}, ${count} unread` : channel.name,
        dataset: { channel: channel.id, actionId: channel.id }, on: { click: () => openChannel(channel.id) },
      }, h("span", { class: "hash", "aria-hidden": "true" }, "#"), h("span", { class: "channel-name" }, channel.name),
      count > 0 && h("span", { class: "badge" }, count > 99 ? "99+" : String(count)))),
    };
  }

  #appItem(bot) {
    const { state, openChannel } = this.tools;
    const isOpen = state.channelId === "home";
    return {
      key: bot.id, stamp: JSON.stringify([bot, isOpen, state.connected]), build: () => h("li", {}, h("button", {
        type: "button", class: "channel", dataset: { actionId: "home" }, "aria-current": isOpen ? "page" : null, on: { click: () => openChannel("home") },
      }, avatar(bot), h("span", { class: "channel-name" }, nameOf(bot)))),
    };
  }

  #showActing() {
    const { people, me, user } = this.tools.state;
    const stamp = JSON.stringify([people, user]);
    if (stamp === this.actingStamp) return;
    this.actingStamp = stamp;
    this.select.replaceChildren(...people.map((person) => h("option", { value: person.id, selected: person.id === user }, nameOf(person))));
    const keepFocus = document.activeElement === this.select;
    this.acting.replaceChildren(avatar(me), h("span", { class: "acting-text" }, h("span", { class: "acting-label" }, "Acting as"), this.select));
    if (keepFocus) this.select.focus();
  }

  #showConnection(bot) {
    const { connected } = this.tools.state;
    const name = bot ? nameOf(bot) : "The app";
    this.link.className = connected ? "connection on" : "connection off";
    this.link.textContent = connected ? `${name} is connected` : `${name} is not connected`;
  }

  async #newChannel() {
    const field = h("input", { class: "text", required: true, maxlength: "80", pattern: "[a-z0-9_\\-]+", placeholder: "for example product-news", autofocus: true, autocomplete: "off" });
    const body = h("label", { class: "input-block" }, h("span", { class: "label" }, "Name"), field,
      h("span", { class: "hint" }, "Lower-case letters, digits, - and _"));
    field.addEventListener("input", () => (field.value = field.value.toLowerCase().replace(/\s/g, "-")));
    if (await ask({ title: "Create a channel", body, yes: "Create", no: "Cancel" })) this.tools.createChannel(field.value);
  }
}

/** The head of the main pane. */
export function channelHead(channel, state) {
  if (!channel) return [];
  const members = (channel.members ?? []).map((id) => state.users.get(id)).filter(Boolean);
  return [
    h("div", { class: "head-title" }, h("h1", {}, h("span", { class: "hash", "aria-hidden": "true" }, "#"), channel.name),
      channel.topic && h("span", { class: "topic", title: channel.topic }, channel.topic)),
    h("span", { class: "members", title: members.map((user) => nameOf(user)).join(", ") }, icon("people"),
      h("span", {}, members.length === 1 ? "1 member" : `${members.length} members`)),
  ];
}
