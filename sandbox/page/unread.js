// Unread marks: how far each person has read each channel, kept in the browser.

export class Unread {
  /** `isReading()` says whether the reader is looking at the end of the open channel. */
  constructor(state, isReading) {
    Object.assign(this, { state, isReading });
  }

  get #key() {
    return `seen ${this.state.workspace.id} ${this.state.user}`;
  }

  #read() {
    return JSON.parse(localStorage.getItem(this.#key) ?? "{}");
  }

  /** The newest message read in a channel, as a number, or undefined before the first visit. */
  lastRead(channelId) {
    return this.#read()[channelId];
  }

  count(channelId) {
    if (channelId === this.state.channelId && this.isReading()) return 0;
    return this.state.countAfter(channelId, this.lastRead(channelId) ?? 0);
  }

  total() {
    return [...this.state.channels.keys()].reduce((sum, id) => sum + this.count(id), 0);
  }

  /** Note that the open channel was read up to its newest message, if somebody is looking. */
  mark(messages) {
    const newest = Number(messages.at(-1)?.ts ?? 0);
    const { channelId } = this.state;
    if (!this.isReading() || !(newest > (this.lastRead(channelId) ?? 0))) return;
    localStorage.setItem(this.#key, JSON.stringify({ ...this.#read(), [channelId]: newest }));
  }
}
