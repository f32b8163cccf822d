// The sidebar: workspace, channels with unread marks, the app, whom we act as, and whether the app is connected.

import { CHANNEL_NAME } from "./channel.js";
import { askText } from "./confirm.js";
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
    reconcile(this.channels, state.places.map((channel) => this.#channelItem(channel)));
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
      key: channel.id, stamp: JSON.stringify([channel.name, channel.is_archived, count, isOpen]), build: () => h("li", {}, h("button", {
        type: "button", class: ["channel", count && "unread", channel.is_archived && "archived"].filter(Boolean).join(" "), "aria-current": isOpen ? "page" : null,
        "aria-label": `${channel.name}${channel.is_archived ? ", archived" : ""}${count ? `, ${count} unread` : ""}`,
        dataset: { channel: channel.id, actionId: channel.id }, on: { click: () => openChannel(channel.id) },
      }, h("span", { class: "hash", "aria-hidden": "true" }, "#"), h("span", { class: "channel-name" }, channel.name),
      badge(count))),
    };
  }

  #appItem(bot) {
    const { state, openChannel, unread } = this.tools;
    const { im } = state;
    const isOpen = state.channelId === "home" || (im && state.channelId === im.id);
    const count = im ? unread(im.id) : 0;
    const first = state.app.has_home && !count ? "home" : im?.id ?? "home";
    return {
      key: bot.id, stamp: JSON.stringify([bot, isOpen, count, first]), build: () => h("li", {}, h("button", {
        type: "button", class: count ? "channel unread" : "channel", dataset: { actionId: "app" }, "aria-current": isOpen ? "page" : null,
        "aria-label": count ? `${nameOf(bot)}, ${count} unread` : nameOf(bot), on: { click: () => openChannel(first) },
      }, avatar(bot), h("span", { class: "channel-name" }, nameOf(bot)), badge(count))),
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
    const name = await askText({ ...CHANNEL_NAME, title: "Create a channel", placeholder: "for example product-news", yes: "Create" });
    if (name) this.tools.createChannel(name);
  }
}

const badge = (count) => count > 0 && h("span", { class: "badge" }, count > 99 ? "99+" : String(count));
