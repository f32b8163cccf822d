// Times as the reader sees them: Slack's date tokens, message times and day dividers, all in the browser's own zone.

const LANGUAGE = "en-US"; // the page speaks English; only the clock (12 or 24 hours) follows the reader

export function clock(seconds, withSeconds = false) {
  const style = { hour: "numeric", minute: "2-digit", ...(withSeconds && { second: "2-digit" }) };
  return new Date(seconds * 1000).toLocaleTimeString(undefined, style);
}

/** The same without AM or PM: it stands in a narrow margin, under a message that says which. */
export function shortClock(seconds) {
  return clock(seconds).replace(/\s*[AP]M$/i, "");
}

/** "today", "yesterday", "tomorrow", or null. */
function nearDay(date, now) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const days = Math.round((midnight(date) - midnight(now)) / 86_400_000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

function ordinal(day) {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th");
  return `${day}${ending}`;
}

function part(date, options) {
  return date.toLocaleDateString(LANGUAGE, options);
}

const twoDigits = (number) => String(number).padStart(2, "0");
const month = (date) => part(date, { month: "long" });
const weekday = (date) => part(date, { weekday: "long" });

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const TOKENS = {
  date_num: (date) => `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`,
  date_slash: (date) => date.toLocaleDateString(undefined, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (date) => `${month(date)} ${ordinal(date.getDate())}, ${date.getFullYear()}`,
  date_short: (date) => part(date, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (date) => `${weekday(date)}, ${TOKENS.date(date)}`,
  date_long_full: (date) => part(date, { month: "long", day: "numeric", year: "numeric" }),
  date_pretty: (date, now) => nearDay(date, now) ?? TOKENS.date(date),
  date_short_pretty: (date, now) => nearDay(date, now) ?? TOKENS.date_short(date),
  date_long_pretty: (date, now) => nearDay(date, now) ?? TOKENS.date_long(date),
  day_divider_pretty: (date, now) => nearDay(date, now) ?? (date.getFullYear() === now.getFullYear()
    ? `${weekday(date)}, ${month(date)} ${ordinal(date.getDate())}` : TOKENS.date_long(date)),
  time: (date) => clock(date / 1000),
  time_secs: (date) => clock(date / 1000, true),
  ago: (date, now) => ago((now - date) / 1000),
};

/** Fill a token string such as "{date_short_pretty} {time}"; null if it names a token that Slack does not have. */
export function fillDate(seconds, template, now = new Date()) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const tokens = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  if (tokens.some((token) => !Object.hasOwn(TOKENS, token))) return null;
  return template.replace(/\{(\w+)\}/g, (_, token) => TOKENS[token](date, now));
}

function ago(seconds) {
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  const count = Math.round(seconds / size);
  if (count === 0) return "just now";
  return new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "always" }).format(-count, unit);
}

/** "Today", "Yesterday" or "Friday, November 20th": what stands between two days' messages. */
export function dayName(seconds) {
  const words = fillDate(seconds, "{day_divider_pretty}");
  return words[0].toUpperCase() + words.slice(1);
}

/** The same text for every moment of one day in the reader's zone. */
export function dayKey(seconds) {
  return TOKENS.date_num(new Date(seconds * 1000));
}

/** "Sunday, November 22nd, 2026 at 2:02:13 PM", for tooltips. */
export function fullTime(seconds) {
  return fillDate(seconds, "{date_long} at {time_secs}");
}
