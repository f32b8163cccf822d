"""Who takes over what somebody had promised, and what is done to each promise."""

import pytest
from builders import NOW, later

from engagement.conversations.press import Act, Press
from engagement.team.handover import handed_over, heir_of, is_barred
from engagement.team.team import Availability
from engagement.voice.draft import Roles


@pytest.mark.parametrize(
    ("cover", "heir"),
    [
        (Availability(slack_user="U2"), "U2"),
        (Availability(slack_user=""), ""),
        (Availability(slack_user="U2", has_left=True), ""),
        (Availability(slack_user="U2", away_until=later(days=1)), ""),
        (Availability(slack_user="U1"), ""),
    ],
    ids=[
        "their cover",
        "nobody covers",
        "the cover has left as well",
        "the cover is away",
        "they cover for themselves",
    ],
)
def test_promises_go_to_a_cover_who_is_here(cover, heir):
    assert heir_of("U1", cover, Roles(), at=NOW) == heir


@pytest.mark.parametrize(("speak", "heir"), [(("U1", "U2"), "U2"), (("U1", "U3"), "")], ids=["may", "may not"])
def test_promises_go_to_a_cover_who_may_answer_for_the_team(speak, heir):
    assert heir_of("U1", Availability(slack_user="U2"), Roles(speak=speak), at=NOW) == heir


def test_where_nobody_covers_nobody_is_barred():
    assert is_barred("U2", Roles(speak=("U3",)))
    assert not is_barred("", Roles(speak=("U3",)))


def test_a_promise_is_given_to_its_heir_and_else_handed_back():
    assert handed_over(7, heir="U2", by="U1", drawn=3) == Press(
        act=Act.ASSIGN, conversation_id=7, by="U1", drawn=3, to="U2"
    )
    assert handed_over(7, heir="", by="", drawn=3) == Press(act=Act.HAND_BACK, conversation_id=7, by="", drawn=3)
