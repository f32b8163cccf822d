"""What somebody had promised and cannot keep, because they are away or have left: who has it from then on."""

from datetime import datetime

from engagement.conversations.press import Act, Press
from engagement.team.team import Availability
from engagement.voice.draft import Role, Roles


def heir_of(slack_user: str, cover: Availability, roles: Roles, *, at: datetime) -> str:
    """Return who takes over what `slack_user` had promised: whoever covers for them, is here and may; else nobody."""
    takes_over = cover.slack_user != slack_user and cover.is_here(at) and not is_barred(cover.slack_user, roles)
    return cover.slack_user if takes_over else ""


def is_barred(cover: str, roles: Roles) -> bool:
    """Return whether somebody covers, and may not answer for the team."""
    return bool(cover) and not roles.lets(cover, Role.SPEAK)


def handed_over(conversation_id: int, *, heir: str, by: str, drawn: int) -> Press:
    """Return the press that gives a promise to its heir, or back to the team; `by` is empty for the bot."""
    act = Act.ASSIGN if heir else Act.HAND_BACK
    return Press(act=act, conversation_id=conversation_id, by=by, drawn=drawn, to=heir)
