// What can be done with one message: its "More actions" menu.

import { post } from "./api.js";
import { ask } from "./confirm.js";
import { h } from "./dom.js";
import { nameOf } from "./people.js";
import { inWords } from "./send.js";
import { announce, toast } from "./toast.js";

/** Return menuOf(message, inThread). `tools`: state, openThread, dismiss, showJson, useShortcut(callbackId, more). */
export function messageMenu(tools) {
  const { state, openThread, dismiss, showJson, useShortcut } = tools;
  return (message, inThread) => {
    const json = { label: "Show its JSON", run: () => showJson(message) };
    if (message.ephemeral) return [{ label: "Dismiss", run: () => dismiss(message) }, json];
    const shortcuts = state.shortcuts.filter(({ kind }) => kind === "message").map(({ name, callback_id: id }) => ({
      label: name, description: nameOf(state.users.get(state.botUser), "App"),
      run: () => useShortcut(id, { channel: message.channel, message_ts: message.ts }),
    }));
    return [
      !inThread && { label: "Reply in thread", run: () => openThread(message.thread_ts ?? message.ts) },
      ...shortcuts,
      { label: "Copy link", run: () => copyLink(message) },
      json,
      { label: "Delete message…", danger: true, run: () => remove(state, message) },
    ].filter(Boolean);
  };
}

async function copyLink({ channel, ts, thread_ts: root }) {
  const address = `${location.origin}/archives/${channel}/p${ts.replace(".", "")}${root && root !== ts ? `?thread_ts=${root}` : ""}`;
  try {
    await navigator.clipboard.writeText(address);
    announce("Link copied");
  } catch {
    toast(address); // without leave to use the clipboard, it can be copied by hand
  }
}

async function remove(state, message) {
  const body = h("p", {}, "It goes for everybody, and the app hears of it. This cannot be undone.");
  if (!(await ask({ title: "Delete message?", body, yes: "Delete", no: "Cancel", danger: true }))) return;
  const answer = await post("delete", { user: state.user, channel: message.channel, message_ts: message.ts });
  if (!answer.ok) toast(answer.text ?? `The message was not deleted: ${inWords(answer.error)}.`);
}
