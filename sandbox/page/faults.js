// The inspector's Faults: what is to go wrong with the app's calls and with its connection, armed and taken away by hand.

import { admin } from "./api.js";
import { h, reconcile } from "./dom.js";
import { toast } from "./toast.js";

const REASONS = ["warning", "refresh_requested", "link_disabled"];
const FIRST_METHOD = "chat.postMessage";
const SOON_MS = 250;

const inKind = (kind) => kind.replaceAll("_", " ");
const times = (count) => (count === null ? "always" : count === 1 ? "once" : `${count} times`);

export class Faults {
  #kinds = [];
  #armed = [];
  #methods = [];
  #link = {};
  #isWaiting = false;

  /** `changed(count)` is told how many faults are armed, or how broken the connection is. */
  constructor(changed) {
    this.changed = changed;
    const label = (text, field, more = "") => h("label", { class: `fault-field ${more}` }, h("span", {}, text), field);
    this.kind = h("select", { class: "select", on: { change: () => this.#offer() } });
    this.method = h("select", { class: "select" });
    this.times = h("input", { class: "text", type: "number", min: "1", value: "1", placeholder: "always" });
    this.seconds = h("input", { class: "text", type: "number", min: "0", step: "any" });
    this.sentence = h("p", { class: "hint" });
    this.timesField = label("Times", this.times, "narrow");
    this.secondsField = label("Seconds", this.seconds, "narrow");
    this.list = h("ul", { class: "armed", "aria-label": "Armed faults" });
    this.none = h("p", { class: "hint" });
    this.connection = h("div", { class: "fault-row" });
    this.reason = h("select", { class: "select", "aria-label": "Reason" }, REASONS.map((reason) => h("option", { value: reason }, inKind(reason))));
    this.root = h("div", { class: "faults" },
      h("form", { class: "fault-form", on: { submit: (event) => this.#arm(event) } },
        h("h3", {}, "Let a call go wrong"),
        h("div", { class: "fault-row" }, label("What happens", this.kind), label("Method", this.method), this.timesField, this.secondsField,
          h("button", { type: "submit", class: "button primary" }, "Arm")), this.sentence,
        h("h3", {}, "Break the connection"), this.connection,
        h("div", { class: "fault-row" }, this.reason, this.#doing("Send disconnect frame", "disconnect", () => ({ reason: this.reason.value })))),
      h("div", { class: "fault-list" }, h("h3", {}, "Armed"), this.none, this.list));
  }

  /** Read what there is, at most a few times a second. */
  readSoon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      this.read();
    }, SOON_MS);
  }

  async read() {
    const [faults, link] = await Promise.all([admin("GET", "faults"), admin("GET", "connection")]);
    if (faults.ok) {
      this.#armed = faults.armed ?? [];
      this.#methods = faults.methods ?? [];
      if (this.#kinds.length === 0) this.#offerKinds(faults.kinds ?? []);
    }
    if (link.ok) this.#link = link;
    this.#show();
  }

  #offerKinds(kinds) {
    this.#kinds = kinds;
    this.kind.replaceChildren(...kinds.map(({ kind }) => h("option", { value: kind }, inKind(kind))));
    this.#offer();
  }

  /** Offer what fits the chosen kind: its methods, and the numbers that mean something. */
  #offer() {
    const kind = this.#kinds.find((one) => one.kind === this.kind.value);
    if (!kind) return;
    const before = this.method.value || FIRST_METHOD;
    const methods = kind.methods.length ? kind.methods : this.#methods;
    this.method.replaceChildren(...methods.map((method) => h("option", { value: method, selected: method === before }, method === "*" ? "any method" : method)));
    this.timesField.hidden = kind.standing;
    this.secondsField.hidden = kind.seconds === null;
    this.seconds.value = kind.seconds ?? "";
    this.sentence.textContent = kind.sentence + (kind.standing ? " Lasts until it is disarmed." : "");
  }

  async #arm(event) {
    event.preventDefault();
    const body = { method: this.method.value, kind: this.kind.value, times: this.timesField.hidden || !this.times.value ? null : Number(this.times.value) };
    if (!this.secondsField.hidden && this.seconds.value) body.seconds = Number(this.seconds.value);
    await this.#ask("POST", "faults", body);
  }

  async #ask(method, path, body) {
    const answer = await admin(method, path, body);
    if (!answer.ok) toast(`That did not work: ${answer.error ?? answer.text}.`);
    await this.read();
  }

  #doing = (label, path, body) => h("button", { type: "button", class: "button", on: { click: () => this.#ask("POST", path, body()) } }, label);

  #show() {
    reconcile(this.list, this.#armed.map((fault) => ({ key: String(fault.id), stamp: JSON.stringify(fault), build: () => this.#row(fault) })));
    this.none.textContent = this.#armed.length ? "" : "Nothing: every call works.";
    const { half_open: halfOpen, never_pong: neverPong } = this.#link;
    const lost = this.#link.lose ?? {};
    reconcile(this.connection, [{ key: "links", stamp: JSON.stringify(this.#link), build: () => h("div", { class: "fault-row" },
      this.#switch("Half-open", "half_open", halfOpen, "Nothing gets through, and nobody is told"),
      this.#switch("Never pong", "never_pong", neverPong, "Pings of the app stay unanswered"),
      this.#doing(`Lose the next envelope${lost.envelopes ? ` (${lost.envelopes})` : ""}`, "lose", () => ({ envelopes: (lost.envelopes ?? 0) + 1, acks: lost.acks ?? 0 })),
      this.#doing(`Lose the next ack${lost.acks ? ` (${lost.acks})` : ""}`, "lose", () => ({ envelopes: lost.envelopes ?? 0, acks: (lost.acks ?? 0) + 1 })),
      this.#doing("Send the latest event again", "again", () => ({}))) }]);
    this.changed(this.#armed.length + (halfOpen ? 1 : 0) + (neverPong ? 1 : 0));
  }

  #switch(label, path, isOn, title) {
    return h("button", {
      type: "button", class: isOn ? "button danger" : "button", "aria-pressed": String(Boolean(isOn)), title, dataset: { actionId: path },
      on: { click: () => this.#ask("POST", path, { on: !isOn }) },
    }, isOn ? `${label}: on` : label);
  }

  #row(fault) {
    const seconds = this.#kinds.find((one) => one.kind === fault.kind)?.seconds != null ? `, ${fault.seconds} s` : "";
    const words = `${inKind(fault.kind)}, ${times(fault.times)}${seconds}`;
    const where = fault.method === "*" ? "any method" : fault.method;
    return h("li", {}, h("strong", {}, where), h("span", {}, words), h("button", {
      type: "button", class: "button", "aria-label": `Disarm ${where}: ${inKind(fault.kind)}`, on: { click: () => this.#ask("DELETE", "faults", { id: fault.id }) },
    }, "Disarm"));
  }
}
