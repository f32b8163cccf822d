// One message as DOM, with its tools and its menu.

import { drawBlocks } from "./blocks.js";
import { clock, fillDate, fullTime, shortClock } from "./dates.js";
import { h, icon } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, nameOf } from "./people.js";
import { openMenu } from "./popover.js";

const SYSTEM_USERS = { USLACKBOT: { id: "USLACKBOT", real_name: "Slackbot", is_bot: true } };

export function authorOf(message, world) {
  const user = world.user(message.user) ?? SYSTEM_USERS[message.user];
  return { user, name: message.username ?? nameOf(user, message.bot_id ? "App" : "Unknown") };
}

/** Draw one message. `tools` is what app.js gives: world, dispatch, openThread, menuOf(message, inThread), dismiss. */
export function drawMessage(message, { grouped, replies, inThread }, tools) {
  const { user, name } = authorOf(message, tools.world);
  const isApp = Boolean(message.bot_id || user?.is_bot);
  const seconds = Number(message.ts);
  const classes = ["message", grouped && "grouped", message.blocks?.length > 0 && "with-blocks", message.ephemeral && "ephemeral"].filter(Boolean).join(" ");
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
    toolbar(message, inThread, name, tools));
  return node;
}

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

/** Hidden until the message is pointed at or has the focus, so that it costs no tab stop elsewhere. */
function toolbar(message, inThread, name, { openThread, menuOf }) {
  const more = (event) => openMenu(event.currentTarget, "Message", menuOf(message, inThread));
  return h("div", { class: "toolbar" },
    !inThread && !message.ephemeral && h("button", {
      type: "button", class: "tool tool-reply", title: "Reply in thread", "aria-label": "Reply in thread",
      on: { click: () => openThread(message.thread_ts ?? message.ts) },
    }, icon("reply")),
    h("button", {
      type: "button", class: "tool", title: "More actions", "aria-label": `More actions for the message of ${name}`,
      "aria-haspopup": "menu", "aria-expanded": "false", on: { click: more },
    }, icon("more")));
}
