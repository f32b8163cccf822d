// The page's wiring: which user looks at which channel, what is drawn when, and where each press goes.

import { sendAction } from "./actions.js";
import { follow, post, readSnapshot } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { closeDrawer, frame, part } from "./frame.js";
import { Home } from "./home.js";
import { Inspector } from "./inspector.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { nameOf } from "./people.js";
import { inWords, sendText } from "./send.js";
import { channelHead, Sidebar } from "./sidebar.js";
import { keyOf, State } from "./state.js";
import { toast } from "./toast.js";
import { Unread } from "./unread.js";

const DRAWN_AT_FIRST = 200; // older messages wait for "Show earlier messages"
const FIRST_PERSON = "maya"; // of the sandbox's own workspace
const MINUTE_MS = 60_000;

const state = new State();

// ---- what texts may refer to, and what messages may do ----------------------------------------------------------

const world = {
  get me() { return state.user; },
  user: (id) => state.users.get(id),
  channel: (id) => state.channels.get(id),
  users: () => [...state.users.values()],
  channels: () => [...state.channels.values()],
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
  if (!list.reveal(ts)) threadList.reveal(ts);
  return true;
}

const dispatch = (container, action, control, root) => sendAction(state.user, container, action, control, root);

const messageTools = {
  world,
  dispatch,
  openThread: (ts) => go(state.channelId, ts),
  showJson: (message) => inspector.showRecord(message),
  dismiss(message) {
    state.dismissed.add(keyOf(message));
    draw();
  },
};

// ---- the parts ----------------------------------------------------------------------------------------------------

const list = new MessageList(part("messages"), part("pill"), { ...messageTools, reachedEnd: drawSoon });
const threadList = new MessageList(part("thread-messages"), part("thread-pill"), messageTools);
const inspector = new Inspector(part("inspector"), part("inspector-toggle"), state);
const modals = new Modals({ state, world, dispatch, changed: draw });
const home = new Home(part("home"), { state, world, dispatch });
const unread = new Unread(state, () => !document.hidden && list.atEnd);
const sidebar = new Sidebar(document.getElementById("sidebar"), {
  state, openChannel: (id) => go(id), actAs, createChannel, unread: (id) => unread.count(id),
});
const composer = new Composer(part("composer"), { state, label: "Message", send: (text) => send(text, null) });
const threadComposer = new Composer(part("thread-composer"), { state, label: "Reply", send: (text) => send(text, state.threadTs) });

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
  const [channelId, threadTs = null] = decodeURIComponent(location.hash.slice(1)).split("/");
  const isKnown = state.channels.has(channelId) || (channelId === "home" && state.botUser);
  const channel = isKnown ? channelId : firstChannel();
  const changed = channel !== state.channelId;
  const threadOpened = threadTs && threadTs !== state.threadTs;
  state.channelId = channel;
  state.threadTs = isKnown ? threadTs : null;
  if (changed) {
    limit = DRAWN_AT_FIRST;
    newFrom = unread.lastRead(channel);
    if (channel === "home") post("home", { user: state.user });
  }
  draw();
  if (threadOpened) threadComposer.field.focus();
  else if (changed && matchMedia("(hover: hover)").matches) composer.field.focus();
}

function firstChannel() {
  const channels = [...state.channels.values()];
  return (channels.find((channel) => channel.members?.includes(state.botUser)) ?? channels[0])?.id ?? null;
}

// ---- drawing ----------------------------------------------------------------------------------------------------------

let isScheduled = false;
let limit = DRAWN_AT_FIRST;
let newFrom; // the last message read before this channel was opened
let headStamp = "";

/** Draw soon; a burst of events is drawn once. */
function drawSoon() {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(() => {
    isScheduled = false;
    draw();
  }, 16);
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
  document.title = `${waiting ? `(${waiting}) ` : ""}${isHome ? "Home" : `#${state.channel?.name ?? ""}`} · ${state.workspace.name} sandbox`;
}

function drawHead(isHome) {
  const bot = state.users.get(state.botUser);
  const stamp = JSON.stringify([isHome, state.channel, state.users.size]);
  if (stamp === headStamp) return;
  headStamp = stamp;
  part("head").replaceChildren(...(isHome
    ? [h("div", { class: "head-title" }, h("h1", {}, nameOf(bot)), h("span", { class: "topic" }, "Home"))]
    : channelHead(state.channel, state).filter(Boolean)));
}

function drawChannel() {
  const { channel } = state;
  if (!channel) return;
  const { messages, repliesOf } = state.timeline(channel.id);
  drawBeginning(channel, messages.length);
  list.show(`${state.user} ${channel.id}`, messages.slice(-limit), { newFrom, repliesOf, inThread: false });
  composer.open(channel.id, `Message #${channel.name}`);
  unread.mark(messages);
}

function drawBeginning(channel, count) {
  const bot = state.users.get(state.botUser);
  const isAway = bot && !channel.members?.includes(bot.id);
  const stamp = JSON.stringify([channel, isAway, Math.max(0, count - limit)]);
  if (part("beginning").dataset.stamp === stamp) return;
  part("beginning").dataset.stamp = stamp;
  const earlier = () => {
    limit += DRAWN_AT_FIRST;
    draw();
  };
  part("beginning").replaceChildren(...(count > limit
    ? [h("button", { type: "button", class: "button", on: { click: earlier } }, `Show earlier messages (${count - limit})`)]
    : [h("h2", {}, `# ${channel.name}`), h("p", {}, channel.topic || "This is where the channel begins."),
      isAway && h("p", { class: "tip" }, `${nameOf(bot)} is not in this channel. Type `, h("code", {}, `/invite @${nameOf(bot)}`), " to add it.")]
      .filter(Boolean)));
}

function drawThread(isHome) {
  const messages = state.threadTs && !isHome ? state.thread(state.channelId, state.threadTs) : [];
  part("thread").hidden = messages.length === 0;
  part("app").classList.toggle("with-thread", messages.length > 0);
  if (messages.length === 0) return;
  part("thread-place").textContent = `#${state.channel.name}`;
  threadList.show(`${state.user} ${state.channelId} ${state.threadTs}`, messages, { inThread: true });
  threadComposer.open(`${state.channelId}/${state.threadTs}`, "Reply …");
}

// ---- whom we act as, and the stream of what happens ----------------------------------------------------------------------

let stop = () => {};
let turn = 0; // counts changes of user, so that a late answer for the one before is dropped

function actAs(userId) {
  turn += 1;
  const mine = turn;
  stop();
  state.user = userId;
  sessionStorage.setItem("user", userId);
  let waiting = null; // events that came while the snapshot was on its way
  const load = async () => {
    waiting = [];
    const snapshot = await readSnapshot(userId);
    if (mine !== turn) return;
    if (!snapshot.ok) {
      setTimeout(() => mine === turn && load(), 1000);
      return;
    }
    part("banner").hidden = true;
    state.take(snapshot);
    if (!state.users.has(userId)) {
      actAs(state.people[0].id);
      return;
    }
    for (const [name, data] of waiting) state.apply(name, data);
    waiting = null;
    const link = location.pathname === "/" ? null : new URL(location.href);
    if (link) history.replaceState(null, "", "/");
    if (!link || !openPermalink(link)) arrive();
  };
  stop = follow(userId, {
    onOpen: load,
    onLost: () => (part("banner").hidden = false),
    onEvent(name, data) {
      if (waiting) waiting.push([name, data]);
      else {
        state.apply(name, data);
        drawSoon();
      }
    },
  });
}

async function start() {
  const known = sessionStorage.getItem("user");
  let snapshot = { ok: false };
  // Nobody is known in a new tab, and the sandbox may have been restarted with other people.
  for (const who of [known, FIRST_PERSON, ""]) {
    if (!snapshot.ok && who !== null && snapshot.error !== "unreachable") snapshot = await readSnapshot(who);
  }
  if (!snapshot.ok) {
    part("banner").hidden = false;
    setTimeout(start, 1500);
    return;
  }
  state.take(snapshot);
  actAs(state.users.has(known) ? known : state.people[0].id);
}

document.addEventListener("visibilitychange", drawSoon);
addEventListener("popstate", arrive);
setInterval(drawSoon, MINUTE_MS); // "today" and "yesterday" become wrong at midnight
frame({ closeThread: () => go(state.channelId) });
start();
