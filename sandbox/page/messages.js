// Messages: one message as DOM, and a list that keeps its place while messages come, change and go.

import { drawBlocks } from "./blocks.js";
import { clock, dayKey, dayName, fillDate, fullTime, shortClock } from "./dates.js";
import { h, icon, reconcile } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, nameOf } from "./people.js";

const GROUP_SECONDS = 300; // messages of one person within five minutes share one head
const BOTTOM_PX = 48; // this close to the end counts as being at the end
const AFTER_CLICK_MS = 4000; // a redraw this soon after a press must not move what was pressed

/** Draw one message. `tools` is what app.js gives: world, dispatch, openThread, showJson, dismiss. */
function drawMessage(message, { grouped, replies, inThread }, tools) {
  const { world } = tools;
  const user = world.user(message.user) ?? SYSTEM_USERS[message.user];
  const name = message.username ?? nameOf(user, message.bot_id ? "App" : "Unknown");
  const isApp = Boolean(message.bot_id || user?.is_bot);
  const seconds = Number(message.ts);
  const classes = ["message", grouped && "grouped", message.ephemeral && "ephemeral"].filter(Boolean).join(" ");
  const node = h("article", {
    class: classes, tabindex: "-1", dataset: { ts: message.ts, channel: message.channel }, "aria-label": `${name}, ${clock(seconds)}`,
  });
  const time = h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fullTime(seconds) }, grouped ? shortClock(seconds) : clock(seconds));
  node.append(
    h("div", { class: "gutter" }, grouped ? time : avatar(user, name)),
    h("div", { class: "message-body" },
      message.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      !grouped && h("div", { class: "message-head" }, h("span", { class: "author" }, name), isApp && h("span", { class: "app-badge" }, "APP"), time),
      content(message, node, tools),
      message.ephemeral && h("button", { type: "button", class: "link-button", on: { click: () => tools.dismiss(message) } }, "Dismiss message"),
      !inThread && replies.length > 0 && threadBar(message, replies, tools)),
    toolbar(message, inThread, tools));
  return node;
}

const SYSTEM_USERS = { USLACKBOT: { id: "USLACKBOT", real_name: "Slackbot", is_bot: true } };

function content(message, root, { world, dispatch }) {
  if (message.blocks?.length) {
    const container = { type: "message", channel: message.channel, message_ts: message.ts, is_ephemeral: Boolean(message.ephemeral) };
    return drawBlocks(message.blocks, {
      world, where: "message", dispatch: (action, control) => dispatch(container, action, control, root),
    });
  }
  return h("div", { class: "message-text" }, mrkdwn(message.text, world), message.edited && h("span", { class: "edited" }, " (edited)"));
}

function threadBar(message, replies, { world, openThread }) {
  const authors = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = Number(message.latest_reply ?? replies.at(-1).ts);
  return h("button", { type: "button", class: "thread-bar", on: { click: () => openThread(message.ts) } },
    h("span", { class: "thread-faces" }, authors.map((id) => avatar(world.user(id), id))),
    h("span", { class: "thread-count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    h("span", { class: "thread-last" }, `last reply ${fillDate(last, "{date_short_pretty} at {time}")}`));
}

function toolbar(message, inThread, { openThread, showJson }) {
  const tool = (label, name, run) => h("button", { type: "button", class: "tool", title: label, "aria-label": label, on: { click: run } }, icon(name));
  return h("div", { class: "toolbar" },
    !inThread && !message.ephemeral && tool("Reply in thread", "reply", () => openThread(message.thread_ts ?? message.ts)),
    tool("Show this message's JSON", "braces", () => showJson(message)));
}

const records = new WeakMap();

/** A message as JSON, kept: a changed message arrives as a new record. */
function textOfRecord(message) {
  if (!records.has(message)) records.set(message, JSON.stringify(message));
  return records.get(message);
}

/** The items of a list of messages, with day dividers, the "New" line and grouping. */
function itemsOf(messages, { newFrom, inThread, repliesOf, today }, tools) {
  const items = [];
  let before = null;
  let marked = false;
  for (const message of messages) {
    const seconds = Number(message.ts);
    const day = dayKey(seconds);
    const newDay = !before || dayKey(Number(before.ts)) !== day;
    const divider = !inThread && newDay;
    if (divider) {
      items.push({ key: `day ${day}`, stamp: today, build: () => h("div", { class: "day", role: "separator" }, h("span", {}, dayName(seconds))) });
    }
    const isNew = newFrom && !marked && seconds > newFrom && message.user !== tools.world.me;
    if (isNew) {
      marked = true;
      items.push({ key: "new", stamp: "", build: () => h("div", { class: "new-line", role: "separator" }, h("span", {}, "New")) });
    }
    const replies = inThread ? [] : repliesOf(message);
    const together = before && !divider && !isNew && before.user === message.user && !before.subtype && !message.subtype
      && Boolean(before.ephemeral) === Boolean(message.ephemeral) && seconds - Number(before.ts) < GROUP_SECONDS
      && !(inThread && items.length === 1);
    const look = { grouped: Boolean(together) && !message.ephemeral, replies, inThread };
    const stamp = `${textOfRecord(message)} ${look.grouped} ${replies.map(({ ts }) => ts)} ${today} ${tools.world.me}`;
    items.push({ key: `message ${message.ts}`, stamp, build: () => drawMessage(message, look, tools) });
    before = message;
  }
  return items;
}

/** A scrolling list: stays at the end if the reader is there, else keeps its place and shows a pill. */
export class MessageList {
  #list;
  #shown = null; // which channel or thread is drawn
  #seen = new Set(); // keys drawn so far, to know what is new
  #stick = true; // the reader is at the end and wants to stay there
  #clickedAt = -Infinity;

  constructor(scroller, pill, tools) {
    Object.assign(this, { scroller, pill, tools, missed: 0 });
    this.#list = scroller.querySelector("[data-list]");
    scroller.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    scroller.addEventListener("click", () => (this.#clickedAt = performance.now()), true);
    pill.addEventListener("click", () => this.toEnd());
    const keepEnd = new ResizeObserver(() => this.#stick && !this.#justClicked && this.toEnd());
    keepEnd.observe(this.#list);
    keepEnd.observe(scroller);
  }

  get #justClicked() {
    return performance.now() - this.#clickedAt < AFTER_CLICK_MS;
  }

  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const wasAtEnd = this.#stick;
    this.#stick = scrollHeight - scrollTop - clientHeight < BOTTOM_PX;
    if (this.#stick && !wasAtEnd) this.tools.reachedEnd?.();
    if (this.#stick) this.#setMissed(0);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#stick = true;
    this.#setMissed(0);
  }

  /** Whether the reader is looking at the newest message. */
  get atEnd() {
    return this.#stick;
  }

  show(id, messages, look) {
    const switched = id !== this.#shown;
    if (switched) {
      this.#list.replaceChildren();
      this.#list.drawnItems = undefined;
      this.#seen.clear();
      this.#clickedAt = -Infinity;
      this.#setMissed(0);
    }
    this.#shown = id;
    const items = itemsOf(messages, { ...look, today: dayKey(Date.now() / 1000) }, this.tools);
    const fresh = messages.filter((message) => !this.#seen.has(message.ts));
    for (const message of fresh) this.#seen.add(message.ts);
    const anchor = this.#anchor();
    const wasAtEnd = this.#stick;
    reconcile(this.#list, items);
    const own = fresh.some((message) => message.user === this.tools.world.me || message.ephemeral);
    if (switched || (own && !this.#scrolledFar()) || (wasAtEnd && (fresh.length > 0 || !this.#justClicked))) this.toEnd();
    else {
      this.#holdPlace(anchor);
      if (!wasAtEnd && fresh.length > 0) this.#setMissed(this.missed + fresh.length);
    }
  }

  #scrolledFar() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight > 2 * clientHeight;
  }

  /** The first message in view and where it stands. A day divider is no anchor: earlier messages come below it. */
  #anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    for (const [key, { node }] of this.#list.drawnItems ?? []) {
      if (!key.startsWith("message")) continue;
      const box = node.getBoundingClientRect();
      if (box.bottom > top) return { key, offset: box.top - top };
    }
    return null;
  }

  #holdPlace(anchor) {
    const node = anchor && this.#list.drawnItems.get(anchor.key)?.node;
    if (!node) return;
    const moved = node.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - anchor.offset;
    if (moved) this.scroller.scrollTop += moved;
  }

  #setMissed(count) {
    this.missed = count;
    this.pill.hidden = count === 0;
    this.pill.replaceChildren(icon("down"), count === 1 ? "1 new message" : `${count} new messages`);
  }

  /** Bring one message into view and flash it; false if it is not here. */
  reveal(ts) {
    const node = this.#list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!node) return false;
    node.scrollIntoView({ block: "center" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 2000);
    return true;
  }
}
