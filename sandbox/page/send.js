// What happens to a text that was sent: a message, a slash command, or /invite, which Slack's client handles by itself.

import { post } from "./api.js";
import { nameOf } from "./people.js";
import { encode, userNamed } from "./suggest.js";
import { toast } from "./toast.js";

/** Send `text` as the acting user. Resolves to false when the text should stay in the composer. */
export async function sendText(state, text, threadTs) {
  const channel = state.channelId;
  const [word, ...rest] = text.split(/\s+/);
  const say = (words) => state.slackbot(channel, threadTs, words);
  if (word === "/invite") return invite(state, channel, rest.join(" "), say);
  const isCommand = /^\/[a-z0-9_-]+$/i.test(word);
  if (isCommand && !state.commands.some(({ command }) => command === word.toLowerCase())) {
    say(`\`${word}\` is not a valid command. Type / to see which there are.`);
    return true;
  }
  if (isCommand && threadTs) {
    say(`\`${word}\` is not supported in threads. Sorry!`);
    return true;
  }
  const body = { user: state.user, channel, text: isCommand ? text : encode(text, state), ...(threadTs && { thread_ts: threadTs }) };
  const answer = await post("message", body);
  if (answer.ok) return true;
  if (isCommand && answer.error !== "unreachable") {
    say(answer.text ?? `${word} failed with the error "${answer.error}"`);
    return true;
  }
  toast(answer.text ?? `The message was not sent: ${answer.error}.`);
  return false;
}

async function invite(state, channel, name, say) {
  const invitee = userNamed(name, state);
  if (!invitee) {
    say(name ? `There is nobody named ${encode(name, { users: new Map(), channels: new Map() })} here.` : "Whom? For example `/invite @" + nameOf(state.users.get(state.botUser), "name") + "`");
    return true;
  }
  const answer = await post("invite", { user: state.user, channel, invitee: invitee.id });
  if (answer.ok) return true;
  if (answer.error === "unreachable") {
    toast(answer.text);
    return false;
  }
  say(answer.text ?? `${nameOf(invitee)} could not be invited: ${String(answer.error).replaceAll("_", " ")}.`);
  return true;
}
