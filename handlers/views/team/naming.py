"""What we ask people about their names in the communities; only they see it."""

import json
from typing import Final

from handlers.views import blocks
from handlers.views.blocks import Message, View
from handlers.views.mrkdwn import inline

# The name under which what was entered comes back (block_id and action_id alike).
NAME: Final = "name"
NAME_LENGTH: Final = 100
COMMUNITY_LENGTH: Final = 60


def ask_for_name(question_id: int, community: str) -> Message:
    """Return the question of what somebody is called in a community."""
    said = f"What is your name on {inline(community)}? Then I see your replies by myself."
    return Message(
        text=said,
        blocks=[
            blocks.section(said),
            blocks.actions(
                blocks.button("Tell me…", "name.tell", str(question_id), primary=True),
                blocks.button("I have none there", "name.none", str(question_id)),
            ),
        ],
    )


def ask_if_you(question_id: int, community: str, name: str) -> Message:
    """Return the question of whether the author of an answer is who pasted it."""
    said = f"Is that you? *{inline(name)}* on {inline(community)}"
    return Message(
        text=f"Is that you? {inline(name)}",
        blocks=[
            blocks.section(said),
            blocks.actions(
                blocks.button("Remember", "name.remember", str(question_id), primary=True),
                blocks.button("No", "name.none", str(question_id)),
            ),
        ],
    )


def name_form(question_id: int, community: str, *, channel_id: str) -> View:
    """Return the form that asks for the name; `channel_id` is where the answer is said, and comes back with it."""
    return blocks.form(
        "Your name there",
        [
            blocks.field(
                NAME,
                f"Your name on {community[:COMMUNITY_LENGTH]}",
                blocks.text_input(NAME, "As people see it there", longest=NAME_LENGTH),
                hint="The address of your profile will do as well.",
            )
        ],
        submit="Save",
        callback_id="name.submit",
        private_metadata=json.dumps({"question": str(question_id), "channel": channel_id}),
    )


def say_remembered(community: str, name: str, *, reason: str = "") -> str:
    """Return thanks for a name; `reason` is why the person cannot be heard there, if that is so."""
    who = f"{inline(name)} on {inline(community)}"
    if reason:
        return f"Thanks, I remember {who}. I cannot hear you there, though: {inline(reason, 200)}."
    return f"Thanks. I look at {who} from now on."


def say_not_asked() -> str:
    """Return what to say to who presses a question that was not theirs."""
    return "I no longer have this question, so nothing was changed. My Home takes names at any time, in Settings."
