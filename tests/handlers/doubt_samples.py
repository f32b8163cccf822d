"""Mentions of which nobody knows whether they are about us, as the views draw them."""

from dataclasses import replace

from view_samples import NAMES, NASTY, NOW, TAGGED, a_conversation, a_mention, a_nasty_card, a_post

from engagement.conversations.conversation import Mention
from engagement.understanding.unsure import DOUBTS_A_PAGE, Doubt, DoubtList

TAUGHT = "3 of 3 posts with “table” near “tide” were not us"


def a_doubt(opening: Mention | None = None, *, us_by: str = "", together: int = 1, **facts: object) -> Doubt:
    post = a_post(title="High tide at noon", text="The tide table of the harbour says noon.", community="r/sailing")
    conversation = a_conversation(**({"unsure": True} | facts))
    opening = opening or a_mention(post)
    return Doubt(conversation=conversation, opening=opening, names=("tide",), us_by=us_by, together=together)


def settled_doubts() -> tuple[Doubt, ...]:
    return (
        a_doubt(dismissed_by="U0COMMUNITY", dismissed_at=TAGGED),
        a_doubt(unsure=False, us_by="U0SUPPORT"),
        a_doubt(dismissed_by="U0COMMUNITY", dismissed_at=TAGGED, together=3),
        a_doubt(unsure=False, us_by="U0SUPPORT", together=2),
        a_doubt(unsure=False),
    )


def a_doubt_list(**changes: object) -> DoubtList:
    untitled = a_mention(a_post(title="", text="I moved everything over to tide and never looked back."))
    asked = DoubtList(
        id=4,
        workspace_id="T1",
        channel="C1",
        page=0,
        created_at=NOW,
        doubts=(
            a_doubt(replace(a_doubt().opening, taught=TAUGHT)),
            replace(a_doubt(untitled), not_us_before=True),
            a_doubt(dismissed_by="U0COMMUNITY", dismissed_at=TAGGED),
        ),
    )
    return replace(asked, **changes)


def a_nasty_doubt_list() -> DoubtList:
    nasty = a_doubt(a_nasty_card().opening)
    return a_doubt_list(
        doubts=(replace(nasty, names=(NASTY * 40, *NAMES), not_us_before=True),) * DOUBTS_A_PAGE,
        more=12_345,
        page=1,
    )
