// Short codes to emoji: the common ones, enough to read what a team writes. An unknown code stays as it was typed.

const TABLE = `
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 wave 👋 clap 👏 pray 🙏 raised_hands 🙌 muscle 💪 ok_hand 👌 point_right 👉
point_left 👈 point_up 👆 point_down 👇 eyes 👀 ear 👂 smile 😄 grinning 😀 joy 😂 slightly_smiling_face 🙂 wink 😉
blush 😊 heart_eyes 😍 thinking_face 🤔 neutral_face 😐 slightly_frowning_face 🙁 disappointed 😞 cry 😢 sob 😭 angry 😠
rage 😡 scream 😱 sunglasses 😎 upside_down_face 🙃 hugging_face 🤗 heart ❤️ broken_heart 💔 fire 🔥 sparkles ✨ star ⭐
tada 🎉 rocket 🚀 bulb 💡 bug 🐞 beetle 🪲 wrench 🔧 hammer 🔨 gear ⚙️ lock 🔒 key 🔑 mag 🔍 bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 question ❓ grey_question ❔ exclamation ❗ warning ⚠️
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ no_entry ⛔ no_entry_sign 🚫 recycle ♻️
hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ calendar 📅 date 📅 bar_chart 📊
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 clipboard 📋 memo 📝 pencil2 ✏️ book 📖 books 📚 link 🔗
pushpin 📌 paperclip 📎 email 📧 inbox_tray 📥 outbox_tray 📤 package 📦 house 🏠 globe_with_meridians 🌐
earth_africa 🌍 ocean 🌊 sunny ☀️ cloud ☁️ zap ⚡ snowflake ❄️ coffee ☕ beers 🍻 cake 🍰 trophy 🏆 medal 🏅 gift 🎁
robot_face 🤖 ghost 👻 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 dog 🐶 cat 🐱 arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ leftwards_arrow_with_hook ↩️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ new 🆕 sos 🆘 zzz 💤 moneybag 💰 handshake 🤝
`;

const words = TABLE.trim().split(/\s+/);
const emoji = new Map();
for (let at = 0; at < words.length; at += 2) emoji.set(words[at], words[at + 1]);

/** Return the emoji for a short code without its colons, or null. */
export function emojiFor(code) {
  return emoji.get(code) ?? null;
}
