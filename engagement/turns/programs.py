"""Accounts behind which nobody sits: what they write asks us nothing, and answers nobody."""

from typing import Final

from engagement.team.handles import bare_handle

# GitHub's own sign of an app, and what people agree on where a community has none.
ENDINGS: Final = ("[bot]", "-bot", "_bot", ".bot")
# Of Reddit, Discourse, GitHub and GitLab; by the names they have there.
KNOWN: Final = frozenset(
    {
        "automoderator",
        "autotldr",
        "bot-sleuth-bot",
        "codecov-commenter",
        "discobot",
        "github-actions",
        "remindmebot",
        "reminderbot",
        "repostsleuthbot",
        "savevideo",
        "sneakpeekbot",
        "system",
        "wikisummarizerbot",
    }
)


def is_program(author: str) -> bool:
    """Return whether this is what a program is called, in whatever community.

    Names that only end in "bot" are not enough: people are called Talbot and Abbot.
    """
    name = bare_handle(author)
    return name in KNOWN or name.endswith(ENDINGS)
