"""The form that asks whether somebody is really to be forgotten."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from engagement.prose import join, times
from engagement.records.still_named import SettingKind, StillNamed
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import inline, some

SETTINGS_AT_MOST: Final = 8
# One of each sort, and several.
SETTING: Final = {
    SettingKind.WATCH: ("watch", "watches"),
    SettingKind.PLACE: ("place", "places"),
    SettingKind.THEME: ("theme", "themes"),
    SettingKind.LABEL: ("label", "labels"),
    SettingKind.VOICE: ("voice guide", "voice guides"),
    SettingKind.NOISE: ("noise list's entry", "noise lists' entries"),
    SettingKind.TEAMMATE: ("teammate's name", "teammates' names"),
}
# Slack takes 3,000 characters of private_metadata; nobody's name is as long.
NAME_AT_MOST: Final = 1_000
NOT_THEIRS: Final = "Nothing was done: they are forgotten already, or this conversation is not theirs."


def forget_button(conversation_id: int) -> Block:
    """Return the button that asks whether whoever opened a conversation is to be forgotten."""
    return blocks.button("Forget this person…", "forget.ask", str(conversation_id))


def forget_modal(
    conversation_id: int, *, community: str, author: str, posts: int, named_in: Sequence[StillNamed] = ()
) -> View:
    """Return the form, which says what of the team's own settings is `named_in` as well.

    `private_metadata` is JSON: `{"conversation", "community", "author"}`, as it was drawn.
    """
    who, many = f"*{inline(author)}* on {inline(community)}", times(posts, "post")
    return blocks.form(
        "Forget a person",
        [
            blocks.section(f"Forget {who}, of whom I have {many}? This cannot be taken back."),
            blocks.section(
                "• Their name, words and links leave everything I keep, our drafts to them too, and what I posted here "
                "is drawn again without them.\n"
                "• The numbers stay: they are counted as one person without a name.\n"
                "• The same posts do not come back. What they write from now on is heard as anybody's.\n"
                "• What I cannot reach: files you exported, backups, and what people wrote in Slack."
            ),
            *([blocks.section(f"⚠️ {say_named_in_settings(named_in, _bold)}")] if named_in else []),
        ],
        submit="Forget",
        callback_id="forget.person",
        private_metadata=json.dumps(
            {
                "conversation": str(conversation_id),
                "community": community[:NAME_AT_MOST],
                "author": author[:NAME_AT_MOST],
            },
            ensure_ascii=False,
        ),
    )


def _bold(name: str) -> str:
    return f"*{inline(name)}*" if name else ""


def say_named_in_settings(named_in: Sequence[StillNamed], shown: Callable[[str], str] = str) -> str:
    """Return which settings have the name in them, each named as `shown` draws it; nothing of them is changed."""
    listed = [f"the {SETTING[each.kind][0]} {shown(each.name)}".rstrip() for each in named_in]
    return (
        f"The same name stands in {some(listed, SETTINGS_AT_MOST)}. I leave that as it is, for it may mean something "
        "else. If it means them, take it out there first: then it also leaves what I keep of such changes."
    )


def say_forgotten(named_in: Sequence[StillNamed]) -> str:
    """Return, without a name, that it is done, and which settings still have the name in them.

    What Slack keeps is out of our reach.
    """
    if not named_in:
        return "They are forgotten. What I posted is drawn again without them."
    kinds = Counter(each.kind for each in named_in)
    listed = join([times(count, *SETTING[kind]) for kind, count in kinds.items()])
    return (
        f"They are forgotten. The same name still stands in your settings, which I did not change: in {listed}. If it "
        "means them, please take it out there."
    )
