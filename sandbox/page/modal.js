// Modals: the acting user's stack of views, of which the top one is drawn. What was typed survives an update of the view.

import { post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, icon, moveFocus, safeAddress } from "./dom.js";
import { collectState } from "./readers.js";
import { plain, textOf } from "./mrkdwn.js";
import { avatar } from "./people.js";

export class Modals {
  #dialog = null;
  #drawn = { id: null, stamp: "" };
  #sending = new Set(); // ids of the views that were submitted and have no answer yet
  #typed = new Map(JSON.parse(sessionStorage.getItem("typed") ?? "[]")); // view id -> state values

  /** `tools`: state, world, dispatch(container, action, control, root), changed(). */
  constructor(tools) {
    this.tools = tools;
    addEventListener("pagehide", () => {
      this.#keepTyped();
      sessionStorage.setItem("typed", JSON.stringify([...this.#typed]));
    });
  }

  /** Draw what the state says; called after every event. */
  show() {
    const { views } = this.tools.state;
    this.#keepTyped();
    for (const id of this.#typed.keys()) if (!views.some((view) => view.id === id)) this.#typed.delete(id);
    const view = views.at(-1);
    if (!view) return this.#remove();
    const stamp = JSON.stringify([view, views.length]);
    if (view.id === this.#drawn.id && stamp === this.#drawn.stamp) return undefined;
    const errorsAreNew = view.errors && this.#drawn.id === view.id;
    const form = this.#form(view, views.length);
    if (this.#dialog) {
      const old = this.#dialog.firstChild;
      const scrolled = old.querySelector(".dialog-body").scrollTop;
      if (this.#drawn.id === view.id) moveFocus(old, form);
      old.replaceWith(form);
      if (this.#drawn.id === view.id) form.querySelector(".dialog-body").scrollTop = scrolled;
      else focusFirst(form);
    } else this.#open(form);
    this.#drawn = { id: view.id, stamp };
    if (errorsAreNew) queueMicrotask(() => showFirstError(form));
    return undefined;
  }

  #open(form) {
    const dialog = h("dialog", { class: "dialog modal", "aria-labelledby": "modal-title" }, form);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (event.target === dialog) this.#close(1);
    });
    // A browser closes a dialog by itself when Escape comes twice with nothing in between.
    dialog.addEventListener("close", () => {
      if (this.#dialog !== dialog) return;
      this.#remove();
      this.#close(1);
    });
    this.#dialog = dialog;
    document.body.append(dialog);
    dialog.showModal();
    focusFirst(form);
  }

  #remove() {
    const dialog = this.#dialog;
    this.#dialog = null;
    dialog?.close();
    dialog?.remove();
    this.#drawn = { id: null, stamp: "" };
  }

  #keepTyped() {
    if (this.#dialog) this.#typed.set(this.#drawn.id, collectState(this.#dialog));
  }

  #form(view, depth) {
    const { world, state } = this.tools;
    const typed = this.#typed.get(view.id) ?? view.state?.values ?? {};
    const container = { type: "view", view_id: view.id };
    const body = drawBlocks(view.blocks ?? [], {
      world, where: "modal", errors: view.errors, saved: (blockId, actionId) => typed[blockId]?.[actionId],
      dispatch: (action, control) => this.tools.dispatch(container, action, control, this.#dialog),
    });
    const isSending = this.#sending.has(view.id) ? "true" : null;
    return h("form", { "aria-busy": isSending, novalidate: true, tabindex: "-1", dataset: { viewId: view.id, callbackId: view.callback_id }, on: { submit: (event) => this.#submit(event, view) } },
      h("header", { class: "dialog-head" },
        depth > 1 ? iconButton("Back", "back", () => this.#close(1)) : avatar(state.users.get(state.botUser), "App"),
        h("h2", { id: "modal-title" }, textOf(view.title)), iconButton("Close", "close", () => this.#close(depth))),
      h("div", { class: "dialog-body", tabindex: "-1" }, body),
      h("div", { class: "dialog-trouble", role: "alert" }),
      h("footer", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", on: { click: () => this.#close(1) } }, plain(view.close?.text ?? (view.submit ? "Cancel" : "Close"))),
        view.submit && h("button", { type: "submit", class: "button primary", "aria-busy": isSending }, h("span", { class: "button-label" }, plain(view.submit.text)))));
  }

  /** Close the top `count` views. */
  async #close(count) {
    const { state } = this.tools;
    for (const view of state.views.slice(-count).reverse()) {
      state.apply("view_closed", { view_id: view.id });
      post("view_close", { user: state.user, view_id: view.id });
    }
    this.tools.changed();
  }

  async #submit(event, view) {
    event.preventDefault();
    const form = event.currentTarget;
    if (!view.submit || this.#sending.has(view.id)) return;
    const values = collectState(form);
    const wrong = missing(view.blocks ?? [], values);
    if (Object.keys(wrong).length > 0) {
      this.#errors(view, wrong);
      return;
    }
    this.#say(view.id, "");
    this.#busy(view.id, true);
    const answer = await post("view_submit", { user: this.tools.state.user, view_id: view.id, state: { values } });
    this.#busy(view.id, false);
    if (answer.response_action === "errors") this.#errors(view, answer.errors ?? {});
    else if (!answer.ok) this.#say(view.id, answer.text ?? "We had some trouble connecting. Try again?");
  }

  /** The form of a view as it is drawn now: the app may have updated it while it was on its way. */
  #formOf(id) {
    return this.#drawn.id === id ? this.#dialog?.querySelector("form") : null;
  }

  #busy(id, isBusy) {
    if (isBusy) this.#sending.add(id);
    else this.#sending.delete(id);
    const form = this.#formOf(id);
    for (const node of [form, form?.querySelector("[type=submit]")]) {
      if (isBusy) node?.setAttribute("aria-busy", "true");
      else node?.removeAttribute("aria-busy");
    }
  }

  #say(id, words) {
    const trouble = this.#formOf(id)?.querySelector(".dialog-trouble");
    if (trouble) trouble.textContent = words;
  }

  #errors(view, errors) {
    this.tools.state.apply("view_errors", { view_id: view.id, errors });
    this.tools.changed();
  }
}

/** Go to the first field that is refused, with what is said below it: focus alone brings the field, not the words. */
function showFirstError(form) {
  form.querySelector("[aria-invalid]")?.focus();
  form.querySelector(".field-error")?.scrollIntoView({ block: "nearest" });
}

function focusFirst(form) {
  const first = form.querySelector("[autofocus]") ?? form.querySelector(".dialog-body :is(input, textarea, select, button)")
    ?? form.querySelector(".dialog-foot button:last-child");
  first?.focus();
}

function iconButton(label, name, run) {
  return h("button", { type: "button", class: "tool", title: label, "aria-label": label, on: { click: run } }, icon(name));
}

const EMPTY = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What Slack's client refuses before it asks the app: {block_id: sentence}. */
function missing(blocks, values) {
  const errors = {};
  for (const [index, { type, block_id: given, element, optional }] of blocks.entries()) {
    if (type !== "input") continue;
    const blockId = given ?? `block-${index}`;
    const { type: kind, ...state } = values[blockId]?.[element.action_id ?? `${blockId}-action`] ?? {};
    const value = Object.values(state)[0];
    if (EMPTY(value)) {
      if (!optional) errors[blockId] = "Please complete this required field.";
    } else if (kind === "url_text_input" && !/^https?:/.test(safeAddress(value) ?? "")) {
      errors[blockId] = "Please enter a valid URL, for example https://example.org";
    } else if (kind === "plain_text_input" && value.length < (element.min_length ?? 0)) {
      errors[blockId] = `Please enter at least ${element.min_length} characters.`;
    } else if (kind === "plain_text_input" && value.length > (element.max_length ?? 3000)) {
      errors[blockId] = `Please enter no more than ${element.max_length ?? 3000} characters (now ${value.length}).`;
    }
  }
  return errors;
}
