// What the page knows: the last snapshot, kept true by events, and the questions the views ask of it.

const CALLS_KEPT = 200;

export class State {
  constructor() {
    this.user = null; // id of whom we act as
    this.channelId = null; // the open channel, or "home"
    this.threadTs = null; // the open thread's root
    this.messages = new Map();
    this.local = []; // messages only this page knows: Slackbot's words about a failed command
    this.dismissed = new Set(); // ephemerals the reader put away
    this.take({});
  }

  /** Replace everything by a snapshot. */
  take(snapshot) {
    this.workspace = snapshot.workspace ?? { id: "", name: "" };
    this.users = new Map((snapshot.users ?? []).map((user) => [user.id, user]));
    this.channels = new Map((snapshot.channels ?? []).map((channel) => [channel.id, channel]));
    for (const im of snapshot.ims ?? []) this.channels.set(im.id, im);
    this.age = (this.age ?? 0) + 1; // grows when names change, so that texts that show them are drawn again
    this.commands = snapshot.commands ?? [];
    this.shortcuts = snapshot.shortcuts ?? [];
    this.app = { has_home: true, has_messages: true, ...snapshot.app };
    this.botUser = snapshot.bot_user ?? null;
    this.connected = snapshot.connected ?? false;
    const before = this.messages;
    this.messages = new Map();
    this.sorted = new Map(); // channel id -> what is visible there, oldest first
    for (const list of Object.values(snapshot.messages ?? {})) for (const message of list) this.put(message, before);
    this.ephemerals = new Map();
    for (const message of snapshot.ephemerals ?? []) this.putEphemeral(message);
    this.views = snapshot.views ?? [];
    this.home = snapshot.home ?? null;
    this.calls = snapshot.calls ?? [];
  }

  /** Put away what only the acting user may see: somebody else looks now. */
  forget() {
    this.ephemerals.clear();
    this.sorted.clear();
    this.views = [];
    this.home = null;
  }

  /** Keep a message; one that says what the one `before` said stays that record, and is not drawn again. */
  put(message, before = this.messages) {
    const key = keyOf(message);
    const old = before.get(key);
    const same = old && JSON.stringify(old) === JSON.stringify(message);
    this.messages.set(key, same ? old : message);
    this.sorted.delete(message.channel);
  }

  putEphemeral(message) {
    this.ephemerals.set(keyOf(message), { ...message, ephemeral: true });
    this.sorted.delete(message.channel);
  }

  /** Take a message out of sight. */
  dismiss(message) {
    this.dismissed.add(keyOf(message));
    this.sorted.delete(message.channel);
  }

  /** Apply one live event. */
  apply(name, data) {
    const change = CHANGES[name];
    if (change) change(this, data);
  }

  /** The human users, in the workspace's order. */
  get people() {
    return [...this.users.values()].filter((user) => !user.is_bot);
  }

  get me() {
    return this.users.get(this.user);
  }

  get channel() {
    return this.channels.get(this.channelId);
  }

  /** The public channels. */
  get places() {
    return [...this.channels.values()].filter((channel) => !channel.is_im);
  }

  /** The acting user's conversation with the app. */
  get im() {
    return [...this.channels.values()].find((channel) => channel.is_im);
  }

  /**
   * A channel as the acting user sees it, oldest first: {messages, repliesOf(message)}; replies stand apart, unless they
   * were sent to the channel as well.
   */
  timeline(channelId) {
    const messages = [];
    const replies = new Map();
    for (const message of this.#visible(channelId)) {
      if (!isReply(message) || message.subtype === "thread_broadcast") messages.push(message);
      if (isReply(message) && !message.ephemeral) replies.set(message.thread_ts, [...(replies.get(message.thread_ts) ?? []), message]);
    }
    return { messages, repliesOf: (message) => replies.get(message.ts) ?? [] };
  }

  /** A thread: its root first. */
  thread(channelId, rootTs) {
    return this.#visible(channelId).filter((message) => message.ts === rootTs || message.thread_ts === rootTs);
  }

  /** How many messages of others arrived in a channel after `ts` (a number). */
  countAfter(channelId, ts) {
    let count = 0;
    for (const message of this.messages.values()) {
      if (message.channel === channelId && Number(message.ts) > ts && !isReply(message) && message.user !== this.user) count += 1;
    }
    return count;
  }

  #visible(channelId) {
    const known = this.sorted.get(channelId);
    if (known) return known;
    const own = this.local.filter((message) => message.for === this.user);
    const visible = [...this.messages.values(), ...this.ephemerals.values(), ...own]
      .filter((message) => message.channel === channelId && !this.dismissed.has(keyOf(message)))
      .sort((one, other) => Number(one.ts) - Number(other.ts));
    this.sorted.set(channelId, visible);
    return visible;
  }

  /** Words from Slackbot that only `user` sees, right after the newest message. */
  slackbot(user, channel, threadTs, text) {
    const newest = Math.max(Date.now() / 1000, ...[...this.messages.values()].map((message) => Number(message.ts)));
    const ts = (newest + 0.0001 * (this.local.length + 1)).toFixed(6);
    this.local.push({
      channel, ts, text, for: user, user: "USLACKBOT", ephemeral: true, ...(threadTs && { thread_ts: threadTs }),
    });
    this.sorted.delete(channel);
  }
}

const keyOf = (message) => `${message.channel}/${message.ts}`;
const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

function putChannel(state, { channel }) {
  const old = state.channels.get(channel.id);
  state.channels.set(channel.id, channel);
  if (old?.name !== channel.name) state.age += 1;
}

const CHANGES = {
  message: (state, { message }) => state.put(message),
  message_deleted(state, { channel, ts }) {
    state.messages.delete(`${channel}/${ts}`);
    state.ephemerals.delete(`${channel}/${ts}`);
    state.sorted.delete(channel);
  },
  ephemeral: (state, { message }) => state.putEphemeral(message),
  view_opened(state, { view }) {
    state.views = [...state.views.filter((other) => other.id !== view.id), view];
  },
  view_updated(state, { view }) {
    state.views = state.views.map((other) => (other.id === view.id ? view : other));
  },
  view_closed(state, { view_id: id }) {
    state.views = state.views.filter((view) => view.id !== id);
  },
  view_errors(state, { view_id: id, errors }) {
    state.views = state.views.map((view) => (view.id === id ? { ...view, errors } : view));
  },
  home(state, { view }) {
    state.home = view;
  },
  channel: putChannel,
  im: putChannel,
  call(state, { call }) {
    state.calls = [call, ...state.calls.filter((other) => other.id !== call.id)].slice(0, CALLS_KEPT);
  },
  connected(state, { connected }) {
    state.connected = connected;
  },
};
