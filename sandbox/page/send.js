// What happens to a text that was sent: a message, a slash command, or /invite, which Slack's client handles by itself.

import { post } from "./api.js";
import { nameOf } from "./people.js";
import { userNamed, withChannels } from "./suggest.js";
import { toast } from "./toast.js";

/** Send `text` as the acting user. Resolves to false when the text should stay in the composer. */
export async function sendText(state, text, threadTs) {
  const { user, channelId: channel } = state; // somebody else may act, elsewhere, when the answer comes
  const [word, ...rest] = text.split(/\s+/);
  const say = (words) => state.slackbot(user, channel, threadTs, words);
  if (word === "/invite") return invite(state, channel, rest.join(" "), say);
  const isCommand = text.startsWith("/");
  const body = { user, channel, text: isCommand ? text : withChannels(text, state), ...(threadTs && { thread_ts: threadTs }) };
  const answer = await post("message", body);
  if (answer.ok) return true;
  if (isCommand && answer.error !== "unreachable") {
    say(answer.text ?? `${word} failed with the error "${answer.error}"`);
    return true;
  }
  toast(answer.text ?? `The message was not sent: ${inWords(answer.error)}.`);
  return false;
}

async function invite(state, channel, name, say) {
  const invitee = userNamed(name, state);
  if (!invitee) {
    const example = `/invite @${nameOf(state.users.get(state.botUser), "name")}`;
    say(name ? "There is nobody of that name here." : `Whom? For example \`${example}\``);
    return true;
  }
  const answer = await post("invite", { user: state.user, channel, invitee: invitee.id });
  if (answer.ok) return true;
  if (answer.error === "unreachable") {
    toast(answer.text);
    return false;
  }
  say(answer.text ?? `${nameOf(invitee)} was not invited: ${inWords(answer.error)}.`);
  return true;
}

/** "name_taken" -> "name taken". */
export function inWords(error) {
  return String(error ?? "unknown").replaceAll("_", " ");
}
