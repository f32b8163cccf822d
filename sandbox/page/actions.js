// A press on its way to the app: the control shows that it is busy until the redraw, and warns if the press failed.

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { collectState } from "./readers.js";
import { toast } from "./toast.js";

const LONGEST_BUSY_MS = 3000; // Slack gives an app three seconds to answer
const AFTER_ANSWER_MS = 700; // the redraw usually follows the answer at once

/** Send a block action. `root` is the message or view around the control: its fields travel as state. */
export async function sendAction(user, container, action, control, root) {
  // A double click is one press, and so is Enter held down. A field or select tells of every change.
  if (control.matches(".button") && control.getAttribute("aria-busy") === "true") return;
  control.parentElement?.querySelector(".press-failed")?.remove();
  control.setAttribute("aria-busy", "true");
  const free = () => control.removeAttribute("aria-busy");
  const limit = setTimeout(free, LONGEST_BUSY_MS);
  const answer = await post("click", { user, container, action, state: { values: collectState(root) } });
  clearTimeout(limit);
  if (answer.ok) {
    setTimeout(free, AFTER_ANSWER_MS);
    return;
  }
  free();
  warn(control, answer.text ?? `This app answered with an error (${answer.error ?? "unknown"}).`);
}

/** Slack's small triangle beside the control. A redraw takes it away. */
function warn(control, text) {
  if (!control.isConnected) return toast(text); // it was drawn anew, or its form is closed
  const place = control.closest(".panel-host") ?? control;
  return place.after(h("span", { class: "press-failed", role: "alert", title: text }, icon("warning"), text));
}
