// Whom we act as, and the stream of what happens: a snapshot, kept true by events, read anew after every break.

import { follow, readSnapshot } from "./api.js";
import { part } from "./frame.js";

const FIRST_PERSON = "maya"; // of the sandbox's own workspace
const RETRY_MS = 1500;

export class Session {
  #stop = () => {};
  #turn = 0; // counts changes of user, so that a late answer for the one before is dropped

  /** `arrived()` runs after each snapshot, `changed(name)` after each event. */
  constructor(state, { arrived, changed }) {
    Object.assign(this, { state, arrived, changed });
  }

  async start() {
    const known = sessionStorage.getItem("user");
    let snapshot = { ok: false };
    // Nobody is known in a new tab, and the sandbox may have been restarted with other people.
    for (const who of [known, FIRST_PERSON, ""]) {
      if (!snapshot.ok && who !== null && snapshot.error !== "unreachable") snapshot = await readSnapshot(who);
    }
    if (!snapshot.ok) {
      part("banner").hidden = false;
      setTimeout(() => this.start(), RETRY_MS);
      return;
    }
    this.state.take(snapshot);
    this.actAs(this.state.users.has(known) ? known : this.state.people[0].id);
  }

  actAs(userId) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#stop();
    if (this.state.user !== userId) this.state.forget(); // until the snapshot is here
    this.state.user = userId;
    sessionStorage.setItem("user", userId);
    let waiting = null; // events that came while the snapshot was on its way
    let asked = 0; // counts the questions: when the line breaks meanwhile, only the last answer is taken
    const load = async () => {
      waiting = [];
      asked += 1;
      const question = asked;
      const isOld = () => turn !== this.#turn || question !== asked;
      const snapshot = await readSnapshot(userId);
      if (isOld()) return;
      if (!snapshot.ok) {
        setTimeout(() => isOld() || load(), RETRY_MS);
        return;
      }
      part("banner").hidden = true;
      this.state.take(snapshot);
      for (const [name, data] of waiting) this.state.apply(name, data);
      waiting = null;
      this.arrived();
    };
    this.#stop = follow(userId, {
      onOpen: load,
      onLost: async () => {
        part("banner").hidden = false;
        // The sandbox may have come back with other people; a stream is refused without saying why.
        const snapshot = await readSnapshot(userId);
        if (turn === this.#turn && snapshot.error === "user_not_found") this.start();
      },
      onEvent: (name, data) => {
        if (waiting) waiting.push([name, data]);
        else {
          this.state.apply(name, data);
          this.changed(name);
        }
      },
    });
  }
}
