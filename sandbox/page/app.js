// The page's wiring: which user looks at which channel, what is drawn when, and where each press goes.

import { sendAction } from "./actions.js";
import { post } from "./api.js";
import { appHead, beginning, channelHead } from "./channel.js";
import { Composer } from "./composer.js";
import { h, reconcile } from "./dom.js";
import { closeDrawer, frame, part } from "./frame.js";
import { Home } from "./home.js";
import { Inspector } from "./inspector.js";
import { messageMenu } from "./messagemenu.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { nameOf } from "./people.js";
import { inWords, sendText } from "./send.js";
import { Session } from "./session.js";
import { Sidebar } from "./sidebar.js";
import { State } from "./state.js";
import { toast } from "./toast.js";
import { Unread } from "./unread.js";

const DRAWN_AT_FIRST = 60; // older messages wait for "Show earlier messages"
const DRAWN_MORE = 200; // at each press of it
const PUT_AWAY = 20; // as many old ones go at once: not one, and a new head for the next, with each that comes
const MINUTE_MS = 60_000;

const state = new State();

// ---- what texts may refer to, and what messages may do ----------------------------------------------------------

const world = {
  get me() { return state.user; },
  get age() { return state.age; },
  get here() { return state.channelId; },
  user: (id) => state.users.get(id),
  channel: (id) => state.channels.get(id),
  users: () => [...state.users.values()],
  channels: () => state.places,
  openChannel: (id) => go(id),
  openLink: (address) => openPermalink(new URL(address)),
};

/** Go to the message that a Slack permalink names; false if this page does not have it. */
function openPermalink({ pathname, searchParams }) {
  const [, channel, digits] = pathname.match(/^\/archives\/(\w+)\/p(\d{16})$/) ?? [];
  if (!state.channels.has(channel)) return false;
  const ts = `${digits.slice(0, 10)}.${digits.slice(10)}`;
  const root = searchParams.get("thread_ts") ?? state.messages.get(`${channel}/${ts}`)?.thread_ts;
  go(channel, root && root !== ts ? root : null);
  const { messages } = state.timeline(channel);
  const at = messages.findIndex((message) => message.ts === ts);
  if (at >= 0 && messages.length - at > limit) {
    limit = messages.length - at + PUT_AWAY;
    draw();
  }
  if (!list.reveal(ts)) threadList.reveal(ts);
  return true;
}

const dispatch = (container, action, control, root) => sendAction(state.user, container, action, control, root);

async function useShortcut(callbackId, more = {}) {
  const answer = await post("shortcut", { user: state.user, callback_id: callbackId, ...more });
  if (!answer.ok) toast(answer.text ?? `The shortcut failed: ${inWords(answer.error)}.`);
}

const messageTools = {
  world,
  dispatch,
  openThread: (ts) => go(state.channelId, ts),
  dismiss(message) {
    state.dismiss(message);
    draw();
  },
};
messageTools.menuOf = messageMenu({ ...messageTools, state, useShortcut, showJson: (message) => inspector.showRecord(message) });

// ---- the parts ----------------------------------------------------------------------------------------------------

const composer = new Composer(part("composer"), {
  state, useShortcut, label: "Message", send: (text) => send(text, null), leave: () => list.focusNewest(),
});
const threadComposer = new Composer(part("thread-composer"), {
  state, label: "Reply", send: (text) => send(text, state.threadTs), leave: () => threadList.focusNewest(),
});
const list = new MessageList(part("messages"), part("pill"), { ...messageTools, reachedEnd: drawSoon, leave: () => composer.focus() });
const threadList = new MessageList(part("thread-messages"), part("thread-pill"), { ...messageTools, leave: () => threadComposer.focus() });
const inspector = new Inspector(part("inspector"), part("inspector-toggle"), state);
const modals = new Modals({ state, world, dispatch, changed: draw });
const home = new Home(part("home"), { state, world, dispatch });
const unread = new Unread(state, () => !document.hidden && list.atEnd);
const sidebar = new Sidebar(document.getElementById("sidebar"), {
  state, openChannel: (id) => go(id), actAs: (id) => session.actAs(id), createChannel, unread: (id) => unread.count(id),
});

async function send(text, threadTs) {
  const sent = await sendText(state, text, threadTs);
  draw();
  return sent;
}

async function createChannel(name) {
  const answer = await post("channel", { user: state.user, name });
  if (!answer.ok) return toast(answer.text ?? `#${name} was not created: ${inWords(answer.error)}.`);
  state.apply("channel", answer);
  return go(answer.channel.id);
}

// ---- where we are: the address keeps the channel and the thread, so that a reload comes back ----------------------

function go(channelId, threadTs = null) {
  const address = threadTs ? `/#${channelId}/${threadTs}` : `/#${channelId}`;
  closeDrawer();
  if (`/${location.hash}` === address) return;
  history.pushState(null, "", address);
  arrive();
}

function arrive() {
  const [channelId, threadTs = null] = location.hash.slice(1).split("/");
  const isKnown = state.channels.has(channelId) || (channelId === "home" && state.botUser && state.app.has_home);
  const channel = isKnown ? channelId : firstChannel();
  const moved = channel !== state.channelId;
  const changed = moved || state.user !== arrivedAs;
  const threadOpened = threadTs && threadTs !== state.threadTs;
  state.channelId = channel;
  state.threadTs = isKnown ? threadTs : null;
  arrivedAs = state.user;
  if (changed) {
    limit = DRAWN_AT_FIRST;
    newFrom = unread.lastRead(channel);
    if (channel === "home") post("home", { user: state.user, tab: "home" });
    else if (state.channel?.is_im) post("home", { user: state.user, tab: "messages" });
  }
  draw();
  if (threadOpened) threadComposer.focus();
  else if (moved && matchMedia("(hover: hover)").matches) composer.focus();
}

function firstChannel() {
  return (state.places.find((channel) => channel.members?.includes(state.botUser)) ?? state.places[0])?.id ?? null;
}

// ---- drawing ----------------------------------------------------------------------------------------------------------

let isScheduled = false;
let limit = DRAWN_AT_FIRST;
let counted = 0; // messages of the channel when it was drawn last
let newFrom; // the last message read before this channel was opened
let arrivedAs = null; // who looked at it then

/** Draw soon; a burst of events is drawn once. */
function drawSoon() {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(() => {
    isScheduled = false;
    draw();
  }, 16);
}

/** An event came: the inspector's own is not worth drawing all the rest. */
function changed(name) {
  if (name === "call") inspector.showSoon();
  else drawSoon();
}

function draw() {
  if (!state.user) return;
  const isHome = state.channelId === "home";
  drawHead(isHome);
  part("messages").hidden = isHome;
  part("composer").hidden = isHome;
  part("home").hidden = !isHome;
  if (isHome) home.show();
  else drawChannel();
  drawThread(isHome);
  modals.show();
  sidebar.show();
  inspector.show();
  const waiting = unread.total();
  document.title = `${waiting ? `(${waiting}) ` : ""}${placeName()} · ${state.workspace.name} sandbox`;
}

function placeName() {
  if (!state.channel) return "Home";
  return state.channel.is_im ? nameOf(state.users.get(state.botUser), "App") : `#${state.channel.name}`;
}

function drawHead(isHome) {
  const ofApp = isHome || state.channel?.is_im;
  reconcile(part("head"), [{
    key: "head", stamp: JSON.stringify([state.channelId, state.channel, state.age, state.app, state.user]),
    build: () => h("div", { class: "head-inside" }, ofApp ? appHead(state, go) : channelHead(state.channel, state)),
  }]);
}

function drawChannel() {
  const { channel } = state;
  if (!channel) return;
  const { messages, repliesOf } = state.timeline(channel.id);
  // Who reads the newest has no use for what was shown on demand; a page of few messages is always quick.
  if (limit > DRAWN_AT_FIRST && messages.length !== counted && list.atEnd && list.isLong) limit = DRAWN_AT_FIRST;
  counted = messages.length;
  const hidden = Math.max(0, Math.floor((messages.length - limit) / PUT_AWAY) * PUT_AWAY);
  drawBeginning(channel, hidden);
  list.show(`${state.user} ${channel.id}`, messages.slice(hidden), { newFrom, repliesOf, inThread: false });
  composer.open(`${state.user} ${channel.id}`, channel.is_im ? `Message ${placeName()}` : `Message #${channel.name}`, closedTo(channel));
  unread.mark(messages);
}

/** Why nobody can write here, or null. */
function closedTo(channel) {
  if (channel.is_archived) return "This channel is archived.";
  return channel.is_im && !state.app.has_messages ? "Sending messages to this app has been turned off." : null;
}

function drawBeginning(channel, more) {
  const earlier = () => {
    limit += DRAWN_MORE;
    draw();
  };
  reconcile(part("beginning"), [{
    key: "beginning", stamp: JSON.stringify([channel, state.app, more]), build: () => h("div", {}, more
      ? h("button", { type: "button", class: "button", on: { click: earlier } }, `Show earlier messages (${more})`)
      : beginning(channel, state)),
  }]);
}

function drawThread(isHome) {
  const messages = state.threadTs && !isHome ? state.thread(state.channelId, state.threadTs) : [];
  part("thread").hidden = messages.length === 0;
  part("app").classList.toggle("with-thread", messages.length > 0);
  if (messages.length === 0) return;
  part("thread-place").textContent = placeName();
  threadList.show(`${state.user} ${state.channelId} ${state.threadTs}`, messages, { inThread: true });
  threadComposer.open(`${state.user} ${state.channelId}/${state.threadTs}`, "Reply …", closedTo(state.channel));
}

// ---- beginning ----------------------------------------------------------------------------------------------------------

const session = new Session(state, {
  changed,
  arrived() {
    const link = location.pathname === "/" ? null : new URL(location.href);
    if (link) history.replaceState(null, "", "/");
    if (!link || !openPermalink(link)) arrive();
  },
});

document.addEventListener("visibilitychange", drawSoon);
addEventListener("popstate", arrive);
setInterval(drawSoon, MINUTE_MS); // "today" and "yesterday" become wrong at midnight
frame({
  closeThread() {
    const { threadTs } = state;
    const hadFocus = part("thread").contains(document.activeElement);
    go(state.channelId);
    if (hadFocus) list.focus(threadTs);
  },
});
session.start();
