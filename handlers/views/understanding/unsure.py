"""The message that asks about what the bot is not sure of, a row each."""

from typing import Final

from engagement.understanding.unsure import DOUBTS_A_PAGE, Doubt, DoubtList
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED, excerpt, heading
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, user, when

# Ten rows share the 11,000 characters that Slack was seen to accept in one message.
TITLE_LENGTH: Final = 80
URL_LENGTH: Final = 400
EXCERPT_LENGTH: Final = 140
TAUGHT_LENGTH: Final = 110


def draw_unsure(asked: DoubtList) -> Message:
    """Return the question as its rows stand now: what was decided says so in its place and counts no longer."""
    headline = f"{asked.left:,} I am not sure about" if asked.left else "Nothing left that I am not sure about"
    why = (
        "A name of yours stands there, but without a word that must be near it, or beside one that must not be or was "
        "never about you. *Us* brings the card here. What only repeats a story is answered with it."
    )
    by = [blocks.context(f"Shown by {user(asked.asked_by)}")] if asked.asked_by else []
    return Message(
        text=headline,
        blocks=[
            blocks.header(headline),
            *(by if asked.page else [blocks.context(why)]),
            *(block for doubt in asked.doubts for block in _row(doubt)),
            *_more(asked),
        ],
    )


def _row(doubt: Doubt) -> list[Block]:
    post, conversation = doubt.opening.stored.post, doubt.conversation
    value = f"{conversation.id}:{conversation.version}"
    # Its first words would say what the excerpt says, and perhaps without the name.
    words_alone = conversation.unsure and not conversation.dismissed_by and not post.title.strip()
    title = link(post.url, UNTITLED if words_alone else heading(post), limit=TITLE_LENGTH, longest=URL_LENGTH)
    if conversation.dismissed_by:
        undo = blocks.button("Undo", "mention.undo", value)
        said = f"*Not us*, {user(conversation.dismissed_by)}{_of_story(doubt)}"
        return [blocks.section(separated([f"~{title}~", said]), undo)]
    if not conversation.unsure:
        said = f"*Us*, {user(doubt.us_by)}{_of_story(doubt)}" if doubt.us_by else "*Us*: a later post says so"
        return [blocks.section(separated([title, said]))]
    words = excerpt(post, doubt.names, limit=EXCERPT_LENGTH)
    facts = separated(
        [
            f"*{title}*",
            inline(post.community),
            when(doubt.opening.stored.written_at),
            inline(doubt.opening.taught, TAUGHT_LENGTH),
            "an earlier telling of this story was *Not us*" if doubt.not_us_before else "",
        ]
    )
    return [
        blocks.section(in_lines(facts, quoted(words) if words else "")),
        blocks.actions(blocks.button("Us", "unsure.us", value), blocks.button("Not us", "unsure.not_us", value)),
    ]


def _of_story(doubt: Doubt) -> str:
    """Return for how many tellings of the story that was said, where it was for more than this one."""
    return f", of all {doubt.together:,} that tell this story" if doubt.together > 1 else ""


def _more(asked: DoubtList) -> list[Block]:
    if not asked.more:
        return []
    label = "Show the next ten" if asked.more >= DOUBTS_A_PAGE else "Show them"
    return [blocks.section(f"and {asked.more:,} more", blocks.button(label, "unsure.next", str(asked.id)))]
