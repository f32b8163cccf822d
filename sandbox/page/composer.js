// The composer: a growing text field that completes commands and names, and says in whose name it writes.

import { h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { openMenu } from "./popover.js";
import { suggest } from "./suggest.js";

let number = 0;

export class Composer {
  #options = [];
  #from = 0;
  #active = -1;

  /**
   * `host` is an empty element; `send(text)` resolves to true when the text may be cleared, `leave()` goes up to the
   * messages, `useShortcut(callbackId)`, where there is one, runs a global shortcut.
   */
  constructor(host, { state, send, label, leave, useShortcut }) {
    Object.assign(this, { state, send, leave, useShortcut });
    const id = `suggestions-${(number += 1)}`;
    this.list = h("ul", { class: "suggestions", id, role: "listbox", "aria-label": "Suggestions", hidden: true });
    this.field = h("textarea", {
      rows: 1, role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false",
      on: { input: () => this.#update(), keydown: (event) => this.#key(event), click: () => this.#update(), blur: () => this.#hide() },
    });
    this.button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
    this.plus = h("button", {
      type: "button", class: "tool", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false",
      hidden: true, on: { click: () => openMenu(this.plus, "Shortcuts", this.#shortcuts()) },
    }, icon("plus"));
    this.form = h("form", { class: "composer", on: { submit: (event) => this.#submit(event) } }, this.list,
      h("div", { class: "composer-box" }, this.plus, this.field, this.button));
    this.closed = h("p", { class: "composer-closed", hidden: true });
    host.append(this.form, this.closed);
    this.#grow();
  }

  focus() {
    this.field.focus();
  }

  #shortcuts() {
    return this.state.shortcuts.filter(({ kind }) => kind === "global")
      .map(({ name, description, callback_id: id }) => ({ label: name, description, run: () => this.useShortcut(id) }));
  }

  /** Show the draft of one place; `label` names it; `closed` says why nobody can write there. */
  open(place, label, closed = null) {
    this.form.hidden = Boolean(closed);
    this.closed.hidden = !closed;
    this.closed.textContent = closed ?? "";
    this.plus.hidden = !this.useShortcut || this.#shortcuts().length === 0;
    if (place === this.place) return this.#label(label);
    this.place = place;
    this.field.value = this.#draft(place);
    this.#label(label);
    this.#hide();
    this.#grow();
    return undefined;
  }

  // Drafts are kept by the browser, so that a reload loses nothing that somebody typed.
  #draft(place) {
    return sessionStorage.getItem(`draft ${place}`) ?? "";
  }

  #keep(place, text) {
    if (text) sessionStorage.setItem(`draft ${place}`, text);
    else sessionStorage.removeItem(`draft ${place}`);
  }

  #label(label) {
    if (this.field.placeholder === label) return;
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
  }

  async #submit(event) {
    event?.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.#hide();
    const place = this.place;
    this.field.value = "";
    this.#keep(place, "");
    this.#grow();
    if (await this.send(text)) return;
    // Nothing a person typed is lost because the network was.
    if (place === this.place) this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.#keep(place, place === this.place ? this.field.value : text);
    this.#grow();
  }

  #key(event) {
    const isOpen = this.#options.length > 0;
    if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.#active < 0 && step < 0 ? 0 : this.#active;
      this.#choose((from + step + this.#options.length) % this.#options.length);
    } else if (isOpen && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.#take(Math.max(0, this.#active));
    } else if (isOpen && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#hide();
    } else if (event.key === "ArrowUp" && !this.field.value && this.leave) {
      event.preventDefault();
      this.leave();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (isOpen && this.#active >= 0) this.#take(this.#active);
      else this.#submit();
    }
  }

  #update() {
    this.#grow();
    this.#keep(this.place, this.field.value);
    const { options, from, sure } = suggest(this.field.value, this.field.selectionStart, this.state, Boolean(this.useShortcut));
    this.#options = options;
    this.#from = from;
    this.list.replaceChildren(...options.map((option, index) => this.#row(option, index)));
    this.list.hidden = options.length === 0;
    this.field.setAttribute("aria-expanded", String(options.length > 0));
    this.#choose(sure && options.length ? 0 : -1);
  }

  #row({ label, hint, note, user }, index) {
    return h("li", {
      role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", on: {
        mousedown: (event) => event.preventDefault(), click: () => this.#take(index),
      },
    }, user && avatar(user), h("span", { class: "suggestion-label" }, label), hint && h("span", { class: "suggestion-hint" }, hint),
    note && h("span", { class: "suggestion-note" }, note));
  }

  #choose(index) {
    this.#active = index;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return this.field.removeAttribute("aria-activedescendant");
    this.list.children[index].scrollIntoView({ block: "nearest" });
    return this.field.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
  }

  #take(index) {
    const { text, shortcut } = this.#options[index];
    if (shortcut) {
      this.field.value = "";
      this.#update();
      this.useShortcut(shortcut);
      return;
    }
    this.field.setRangeText(text, this.#from, this.field.selectionStart, "end");
    this.field.focus();
    this.#update();
  }

  #hide() {
    this.#options = [];
    this.#active = -1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 200)}px`;
    this.button.disabled = !this.field.value.trim();
  }
}
