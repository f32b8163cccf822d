// The inspector: every API call, envelope, event and refusal, newest first, with its JSON.

import { clock } from "./dates.js";
import { h, reconcile } from "./dom.js";
import { Faults } from "./faults.js";

const KINDS = [["all", "All"], ["api", "API calls"], ["envelope", "Envelopes"], ["event", "Events"], ["refusal", "Refusals"]];
const SOON_MS = 100;

export class Inspector {
  #kind = "all";
  #chosen = null; // id of the call whose JSON is shown
  #drawnJson = null;
  #isWaiting = false;
  #showsFaults = false;

  constructor(drawer, toggle, state) {
    Object.assign(this, { drawer, toggle, state });
    this.list = h("ul", { class: "calls", "aria-label": "Calls, newest first" });
    this.detail = h("pre", { class: "json", tabindex: "0", "aria-label": "JSON of the chosen call" });
    this.filters = h("div", { class: "filters", role: "group", "aria-label": "Show" }, KINDS.map(([kind, label]) => h("button", {
      type: "button", class: "filter", dataset: { kind }, "aria-pressed": String(kind === "all"), on: { click: () => this.#filter(kind) },
    }, label)));
    this.faults = new Faults((count) => (this.faultsButton.textContent = count ? `Faults (${count})` : "Faults"));
    this.faultsButton = h("button", { type: "button", class: "filter", "aria-pressed": "false", on: { click: () => this.#turnTo(true) } }, "Faults");
    this.traffic = h("div", { class: "inspector-body" }, this.list, this.detail);
    drawer.append(h("div", { class: "inspector-head" }, this.filters, this.faultsButton), this.traffic, this.faults.root);
    this.#turnTo(sessionStorage.getItem("faults") === "open");
    toggle.addEventListener("click", () => this.open(drawer.hidden));
    this.open(sessionStorage.getItem("inspector") === "open");
  }

  open(isOpen) {
    this.drawer.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    sessionStorage.setItem("inspector", isOpen ? "open" : "closed");
    this.show();
  }

  #filter(kind) {
    this.#kind = kind;
    this.#turnTo(false);
  }

  /** Show the faults, or the calls. */
  #turnTo(faults) {
    this.#showsFaults = faults;
    sessionStorage.setItem("faults", faults ? "open" : "closed");
    this.traffic.hidden = faults;
    this.faults.root.hidden = !faults;
    this.faultsButton.setAttribute("aria-pressed", String(faults));
    for (const button of this.filters.children) button.setAttribute("aria-pressed", String(!faults && button.dataset.kind === this.#kind));
    this.show();
  }

  /** Show what the app did, but not for every single call of a burst. */
  showSoon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      this.show();
    }, SOON_MS);
  }

  show() {
    const { calls } = this.state;
    const refused = calls.filter((call) => !call.ok).length;
    this.toggle.querySelector(".count").textContent = refused ? `${calls.length} · ${refused} refused` : String(calls.length);
    this.toggle.classList.toggle("has-refusals", refused > 0);
    if (this.drawer.hidden) return;
    if (this.#showsFaults) {
      this.faults.readSoon();
      return;
    }
    const shown = calls.filter((call) => this.#kind === "all" || call.kind === this.#kind || (this.#kind === "refusal" && !call.ok));
    reconcile(this.list, shown.map((call) => ({
      key: String(call.id), stamp: JSON.stringify([call.ok, call.title, call.at, call.id === this.#chosen]), build: () => this.#row(call),
    })));
    const chosen = shown.find((call) => call.id === this.#chosen) ?? shown[0];
    if (chosen && this.#drawnJson !== chosen && (this.#chosen === chosen.id || !this.#chosen)) this.#showJson(chosen);
    if (!chosen && !this.#chosen) this.detail.textContent = "Nothing yet.";
  }

  #row(call) {
    const choose = () => {
      this.#chosen = call.id;
      this.show();
      this.#showJson(call);
    };
    return h("li", {}, h("button", {
      type: "button", class: call.ok ? "call" : "call refused", "aria-current": call.id === this.#chosen ? "true" : null, on: { click: choose },
    }, h("span", { class: `kind kind-${call.kind}` }, call.kind), h("span", { class: "call-title" }, call.title),
    h("span", { class: "call-result" }, call.ok ? "ok" : call.detail?.response?.error ?? "refused"), h("time", {}, clock(call.at, true))));
  }

  #showJson(call) {
    this.#drawnJson = call;
    this.detail.replaceChildren(...coloured(call.detail));
    this.detail.scrollTop = 0;
  }

  /** Show any record, for example a message, without choosing a call. */
  showRecord(record) {
    this.open(true);
    this.#chosen = "record";
    this.#turnTo(false);
    this.detail.replaceChildren(...coloured(record));
    this.detail.scrollTop = 0;
  }
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** Indented JSON as text nodes and coloured spans. */
function coloured(record) {
  const text = JSON.stringify(record ?? null, null, 2);
  const out = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, string, colon] = match;
    const kind = colon ? "json-key" : string ? "json-string" : "json-other";
    const shown = string ?? all;
    out.push(text.slice(last, match.index), h("span", { class: kind }, shown));
    last = match.index + shown.length;
  }
  out.push(text.slice(last));
  return out;
}
