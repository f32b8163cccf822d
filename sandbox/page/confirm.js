// The small dialogs that ask: Block Kit's confirm objects, and questions of the page itself.

import { h } from "./dom.js";
import { textOf } from "./mrkdwn.js";

/** Show a confirm object; resolves to whether the reader agreed. Without one there is nothing to ask. */
export function confirmed(question, world) {
  if (!question) return Promise.resolve(true);
  return ask({
    title: textOf(question.title), body: h("p", {}, textOf(question.text, world)),
    yes: textOf(question.confirm ?? "Yes"), no: textOf(question.deny ?? "Cancel"), danger: question.style === "danger",
  });
}

/** A dialog with a body and two buttons; resolves to true, or to false also on Escape. */
export function ask({ title, body, yes, no, danger }) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "dialog small", "aria-labelledby": "ask-title" },
      h("form", { method: "dialog" },
        h("header", { class: "dialog-head" }, h("h2", { id: "ask-title" }, title)),
        h("div", { class: "dialog-body" }, body),
        h("footer", { class: "dialog-foot" },
          h("button", { class: "button", type: "button", on: { click: () => dialog.close("no") } }, no),
          h("button", { class: `button ${danger ? "danger filled" : "primary"}`, value: "yes", type: "submit", autofocus: true }, yes))));
    const opener = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      // The tools of a message are only there, and take the focus back, while something in the message has it.
      if (document.activeElement === document.body) opener?.closest("article")?.focus({ preventScroll: true });
      opener?.focus({ preventScroll: true });
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Ask for one line of text; resolves to it, or to null. `tidy(text)` corrects what is typed. */
export async function askText({ title, label, hint, value = "", yes, pattern, maxlength, placeholder, tidy }) {
  const field = h("input", {
    class: "text", required: true, autofocus: true, autocomplete: "off", value, pattern, maxlength, placeholder,
  });
  if (tidy) field.addEventListener("input", () => (field.value = tidy(field.value)));
  const body = h("label", { class: "input-block" }, h("span", { class: "label" }, label), field, hint && h("span", { class: "hint" }, hint));
  return (await ask({ title, body, yes, no: "Cancel" })) ? field.value : null;
}
