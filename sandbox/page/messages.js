// A scrolling list of messages that keeps its place while messages come, change and go.

import { dayKey, dayName } from "./dates.js";
import { h, icon, reconcile } from "./dom.js";
import { authorOf, drawMessage } from "./message.js";
import { mrkdwn } from "./mrkdwn.js";
import { announce } from "./toast.js";

const GROUP_SECONDS = 300; // messages of one person within five minutes share one head
const BOTTOM_PX = 48; // this close to the end counts as being at the end
const AFTER_CLICK_MS = 4000; // a redraw this soon after a press must not move what was pressed
const SETTLE_MS = 300; // the heights of messages are known by then
const READ_OUT = 2; // more new messages than this at once are only counted for screen readers

const numbers = new WeakMap();
let number = 0;

/** A number for a record: a changed message arrives as a new record, and so has another one. */
function numberOf(message) {
  if (!numbers.has(message)) numbers.set(message, (number += 1));
  return numbers.get(message);
}

/** The words of a message without its marks, addresses and codes. */
function spoken(message, world) {
  return h("p", {}, mrkdwn(message.text, world)).textContent || "a message";
}

/** The items of a list of messages, with day dividers, the "New" line and grouping. */
function itemsOf(messages, { newFrom, inThread, repliesOf, today }, tools) {
  const items = [];
  let before = null;
  let dayBefore = null;
  let marked = false;
  for (const message of messages) {
    const seconds = Number(message.ts);
    const day = dayKey(seconds);
    const divider = !inThread && day !== dayBefore;
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
    const stamp = `${numberOf(message)} ${look.grouped} ${replies.map(({ ts }) => ts)} ${today} ${tools.world.me} ${tools.world.age}`;
    items.push({ key: `message ${message.ts}`, stamp, build: () => drawMessage(message, look, tools) });
    before = message;
    dayBefore = day;
  }
  return items;
}

/** Stays at the end if the reader is there, else keeps its place and shows a pill. */
export class MessageList {
  #list;
  #shown = null; // which channel or thread is drawn
  #seen = new Set(); // keys drawn so far, to know what is new
  #oldest = -Infinity; // of those drawn last: what stands before it was asked for, and is no news
  #stick = true; // the reader is at the end and wants to stay there
  #clickedAt = -Infinity;
  #width = 0;
  #settling = null;

  constructor(scroller, pill, tools) {
    Object.assign(this, { scroller, pill, tools, missed: 0 });
    this.#list = scroller.querySelector("[data-list]");
    scroller.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    scroller.addEventListener("click", () => (this.#clickedAt = performance.now()), true);
    scroller.addEventListener("keydown", (event) => this.#walk(event));
    pill.addEventListener("click", () => this.toEnd());
    const keepEnd = new ResizeObserver(() => this.#resized());
    keepEnd.observe(this.#list);
    keepEnd.observe(scroller);
  }

  #resized() {
    if (this.#width !== this.scroller.clientWidth) {
      this.#width = this.scroller.clientWidth;
      for (const settled of this.#list.querySelectorAll(".settled")) settled.classList.remove("settled");
      this.#settleSoon();
    }
    if (this.#stick && !this.#justClicked) this.toEnd();
  }

  /** Once the browser has seen how tall messages are, it need not draw those out of view (messages.css says how). */
  #settleSoon() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => requestAnimationFrame(() => {
      for (const fresh of this.#list.querySelectorAll("article:not(.settled)")) fresh.classList.add("settled");
    }), SETTLE_MS);
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

  /** The arrows go from message to message; Tab then reaches that message's buttons and tools. */
  #walk(event) {
    const message = event.target.closest("article");
    if (event.key === "Escape" && message && event.target !== message) {
      event.stopPropagation();
      return message.focus({ preventScroll: true });
    }
    if (event.key === "Escape" && message && this.tools.leave) return this.tools.leave();
    if (event.target !== message && event.target !== this.scroller) return undefined;
    const all = [...this.#list.querySelectorAll("article")];
    const at = message ? all.indexOf(message) : all.length;
    const next = { ArrowUp: all[Math.max(0, at - 1)], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (!next) return undefined;
    event.preventDefault();
    next.focus({ preventScroll: true });
    return next.scrollIntoView({ block: "nearest" });
  }

  /** Give the focus to one message, or if it is not here to nobody. */
  focus(ts) {
    this.#list.querySelector(`[data-ts="${CSS.escape(ts)}"]`)?.focus({ preventScroll: true });
  }

  focusNewest() {
    const newest = [...this.#list.querySelectorAll("article")].at(-1);
    newest?.focus({ preventScroll: true });
    newest?.scrollIntoView({ block: "nearest" });
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

  /** Whether there is more than two screens of messages. */
  get isLong() {
    return this.scroller.scrollHeight > 2 * this.scroller.clientHeight;
  }

  show(id, messages, look) {
    const switched = id !== this.#shown;
    if (switched) {
      this.#list.replaceChildren();
      this.#list.drawnItems = undefined;
      this.#seen.clear();
      this.#oldest = -Infinity;
      this.#clickedAt = -Infinity;
      this.#setMissed(0);
    }
    this.#shown = id;
    const items = itemsOf(messages, { ...look, today: dayKey(Date.now() / 1000) }, this.tools);
    const fresh = messages.filter((message) => !this.#seen.has(message.ts) && Number(message.ts) > this.#oldest);
    for (const message of messages) this.#seen.add(message.ts);
    this.#oldest = Number(messages[0]?.ts ?? -Infinity);
    // At the end nothing below can push what is read away, so nothing needs to be measured.
    const anchor = this.#stick && !this.#justClicked ? null : this.#anchor();
    const wasAtEnd = this.#stick;
    if (!reconcile(this.#list, items) && !switched) return;
    this.#settleSoon();
    if (!switched) this.#announce(fresh);
    const own = fresh.some((message) => message.user === this.tools.world.me || message.ephemeral);
    if (switched || (own && !this.#scrolledFar()) || (wasAtEnd && (fresh.length > 0 || !this.#justClicked))) this.toEnd();
    else {
      this.#holdPlace(anchor);
      if (!wasAtEnd && fresh.length > 0) this.#setMissed(this.missed + fresh.length);
    }
  }

  #announce(fresh) {
    const { world } = this.tools;
    const others = fresh.filter((message) => message.user !== world.me);
    if (others.length > READ_OUT) announce(`${others.length} new messages`);
    else for (const message of others) announce(`${authorOf(message, world).name}: ${spoken(message, world)}`);
  }

  #scrolledFar() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight > 2 * clientHeight;
  }

  /** The first message in view and where it stands. A day divider is no anchor: earlier messages come below it. */
  #anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    const all = this.#list.querySelectorAll("article");
    let [low, high] = [0, all.length - 1]; // the messages stand in order: halve until it is found
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    return all.length ? { key: `message ${all[low].dataset.ts}`, offset: all[low].getBoundingClientRect().top - top } : null;
  }

  #holdPlace(anchor) {
    const node = anchor && this.#list.drawnItems.get(anchor.key)?.node;
    if (!node) return;
    const moved = node.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - anchor.offset;
    if (moved) this.scroller.scrollTop += moved;
  }

  #setMissed(count) {
    if (count === this.missed && count === 0) return;
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
