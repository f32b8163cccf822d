// What the composer offers while somebody types: slash commands and their words, @people, #channels.

import { nameOf } from "./people.js";

const MOST = 8;
const INVITE = { command: "/invite", description: "Add somebody, for example the app, to this channel", usage_hint: "@name" };

function allCommands(state) {
  return [...state.commands, INVITE].sort((one, other) => one.command.localeCompare(other.command));
}

/**
 * Return {options: [{text, label, note}], from, sure}: each `text` replaces the input from position `from` to the caret,
 * or `shortcut` is the callback_id to run instead; `sure` says that Enter should take the first one without asking.
 */
export function suggest(text, caret, state, withShortcuts = false) {
  const before = text.slice(0, caret);
  const mention = before.match(/(?:^|\s)([@#])([\p{L}\p{N}_-]*(?: [\p{L}\p{N}()]*)?)$/u);
  if (mention) {
    const options = (mention[1] === "@" ? people : channels)(mention[2].toLowerCase(), state);
    const typed = mention[1] + mention[2].toLowerCase();
    // A name that is typed to its end needs no offer: Enter sends.
    const isWhole = options.some(({ label }) => label.toLowerCase() === typed);
    if (options.length && !isWhole) return { options, from: caret - mention[2].length - 1, sure: true };
  }
  if (!before.startsWith("/") || caret !== text.length) return none(caret);
  const found = commandWords(before, state);
  return withShortcuts && !before.includes(" ") ? { ...found, options: [...found.options, ...shortcuts(before.slice(1), state)] } : found;
}

function shortcuts(typed, state) {
  const words = typed.toLowerCase();
  return state.shortcuts.filter(({ kind, name }) => kind === "global" && name.toLowerCase().includes(words))
    .map(({ name, description, callback_id: id }) => ({ label: name, note: description || "Shortcut", shortcut: id }));
}

const none = (from) => ({ options: [], from, sure: false });

function commandWords(typed, state) {
  const commands = allCommands(state);
  const word = typed.split(" ")[0];
  const exact = commands.find(({ command }) => command === word.toLowerCase());
  if (!typed.includes(" ")) {
    const options = commands.filter(({ command }) => command.startsWith(word.toLowerCase()))
      .map(({ command, description, usage_hint: hint }) => ({ text: `${command} `, label: command, hint, note: description }));
    if (!exact) return { options, from: 0, sure: true };
    // The whole command is typed: Enter sends it, the arrows still reach what can follow.
    return { options: [...options, ...afterCommand(exact, "")].slice(0, MOST), from: 0, sure: false };
  }
  if (!exact) return none(0);
  const rest = typed.slice(word.length + 1).trimStart().toLowerCase();
  const options = afterCommand(exact, rest);
  const isWhole = options.some(({ text }) => text.trim() === typed.trim());
  return { options: isWhole ? [] : options, from: 0, sure: rest !== "" };
}

/** Words that a usage hint such as "[status | sources | help]" offers after the command. */
function afterCommand({ command, usage_hint: hint = "" }, rest) {
  const words = hint.replace(/[[\]()]/g, "").split("|").map((word) => word.trim()).filter((word) => /^[a-z][a-z -]*$/i.test(word));
  if (!hint.includes("|")) return [];
  return words.filter((word) => word.startsWith(rest)).slice(0, MOST).map((word) => ({ text: `${command} ${word}`, label: `${command} ${word}` }));
}

function people(start, state) {
  const fits = (user) => `${nameOf(user)} ${user.name}`.toLowerCase().split(/\s+/).some((word) => word.startsWith(start))
    || nameOf(user).toLowerCase().startsWith(start);
  return [...state.users.values()].filter(fits).slice(0, MOST)
    .map((user) => ({ text: `@${nameOf(user)} `, label: `@${nameOf(user)}`, note: user.is_bot ? "App" : user.title, user }));
}

function channels(start, state) {
  return state.places.filter(({ name }) => name.startsWith(start)).slice(0, MOST)
    .map(({ name, topic }) => ({ text: `#${name} `, label: `#${name}`, note: topic }));
}

/** Find the user that "@Two Ears" or "two ears" names, or null. */
export function userNamed(text, state) {
  const wanted = text.trim().replace(/^@/, "").toLowerCase();
  return [...state.users.values()].find((user) => [nameOf(user), user.name, user.id].some((name) => name?.toLowerCase() === wanted)) ?? null;
}

/** "#general" -> "<#C2>", as Slack's client sends it. The sandbox does the same for people, and escapes the rest. */
export function withChannels(text, state) {
  const byName = new Map(state.places.map(({ id, name }) => [name, id]));
  return text.replace(/(^|\s)#([a-z0-9_-]+)/g, (all, space, name) => (byName.has(name) ? `${space}<#${byName.get(name)}>` : all));
}
