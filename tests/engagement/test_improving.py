"""What an improvement means for a conversation: it is counted for one, and owes a word when that ships."""

import pytest
from builders import NOW, a_conversation, a_line, answered, circumstances, claimed, later, owed, snoozed
from test_improvement import DECLINED, PLANNED, SHIPPED, an_improvement

from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.decide import decide, reply_before_shipping, tag_to_undo
from engagement.conversations.press import Act, Change, Circumstances, Press
from engagement.conversations.standing import awaits_change, is_reacted
from engagement.turns.settled import settled_by
from engagement.understanding.reading import Tag


def reacted(reply=None, **facts):
    given = {"tag": Tag.REACT, "tagged_by": "U1", "tagged_at": NOW, "reply": reply or Reply()}
    return a_conversation(**(given | facts))


def press(conversation, act, *, improvement_id=0, before_shipping=None):
    now = circumstances(NOW)
    now = Circumstances(
        at=NOW, owed=now.owed, promised=now.promised, ours_to_answer=True, before_shipping=before_shipping
    )
    return decide(
        conversation,
        Press(act=act, conversation_id=1, by="U1", drawn=conversation.version, improvement_id=improvement_id),
        now,
    )


@pytest.mark.parametrize(
    "reply", [Reply(), owed(), claimed(), answered()], ids=["nothing owed", "owed", "promised", "answered"]
)
def test_being_counted_for_an_improvement_leaves_the_reply_as_it_is(reply):
    after = press(reacted(reply, snooze=snoozed()), Act.IMPROVE, improvement_id=5)

    assert (after.improvement_id, after.reply, after.snooze) == (5, reply, snoozed())
    assert press(after, Act.IMPROVE, improvement_id=5) is None
    assert press(after, Act.IMPROVE).improvement_id == 0


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"tag": Tag.REACT}, True),
        ({"tag": Tag.REACT, "improvement_id": 5}, False),
        ({"tag": Tag.REACT, "dismissed_by": "U1"}, False),
        ({"tag": Tag.REACT, "is_muted": True}, False),
        ({"tag": Tag.LISTEN}, False),
    ],
    ids=["reacted", "counted", "not us", "muted", "listened"],
)
def test_a_row_of_a_list_lacks_an_improvement_only_where_the_team_reacted(facts, lacks):
    assert a_line(**facts).lacks_improvement is lacks


@pytest.mark.parametrize(
    "conversation",
    [
        a_conversation(),
        reacted(tag=Tag.LISTEN),
        reacted(dismissed_by="U2"),
        reacted(mute_id=3),
        reacted(unsure=True),
    ],
    ids=["untagged", "listened", "not us", "muted", "unsure"],
)
def test_only_what_was_reacted_to_is_counted_for_an_improvement(conversation):
    assert press(conversation, Act.IMPROVE, improvement_id=5) is None
    assert not is_reacted(conversation)
    assert not awaits_change(conversation, None)


def test_when_it_ships_a_word_is_owed_also_where_they_were_answered():
    after = press(reacted(answered(), improvement_id=5, snooze=snoozed()), Act.SHIPPED)

    assert after.reply.state is ReplyState.OWED
    assert after.reply.due_at == later(days=1)
    assert after.snooze is None


def test_who_has_promised_an_answer_tells_them_as_well():
    assert press(reacted(claimed(), improvement_id=5), Act.SHIPPED).reply == claimed()


def test_nobody_is_told_who_asked_for_something_else():
    assert press(reacted(), Act.SHIPPED) is None
    assert press(reacted(improvement_id=5, dismissed_by="U2"), Act.SHIPPED) is None


def test_taking_it_back_owes_what_was_owed_before_and_leaves_what_was_said():
    shipped = reacted(owed(), improvement_id=5)

    assert press(shipped, Act.NOT_SHIPPED, before_shipping=answered()).reply == answered()
    assert press(shipped, Act.NOT_SHIPPED, before_shipping=claimed()).reply == owed()
    assert press(reacted(answered()), Act.NOT_SHIPPED, before_shipping=Reply()) is None
    assert press(shipped, Act.NOT_SHIPPED) is None


def changes(*acts):
    made, now = [], reacted(answered(), improvement_id=5)
    for act in acts:
        after = press(now, act, before_shipping=reply_before_shipping(made))
        made.append(Change(act=act, at=later(hours=len(made)), before=now, after=after))
        now = after
    return made


def test_what_was_owed_before_is_known_until_that_is_taken_back():
    assert reply_before_shipping(changes()) is None
    assert reply_before_shipping(changes(Act.SHIPPED, Act.IMPROVE)) == answered()
    assert reply_before_shipping(changes(Act.SHIPPED, Act.NOT_SHIPPED)) is None


def test_a_reply_that_is_owed_because_of_shipping_outlives_the_undo_of_the_tag():
    tagging = Change(act=Act.REACT, at=NOW, before=a_conversation(), after=reacted(owed()))

    assert tag_to_undo([tagging]).owes
    assert not tag_to_undo([tagging, *changes(Act.SHIPPED)]).owes


def test_what_the_team_settled_has_when_it_shipped_until_that_is_taken_back():
    assert settled_by(changes(Act.SHIPPED)).shipped_at == NOW
    assert settled_by(changes(Act.SHIPPED, Act.NOT_SHIPPED)).shipped_at is None


@pytest.mark.parametrize(
    ("improvement", "waits"),
    [
        (None, True),
        (an_improvement(), True),
        (an_improvement(PLANNED), True),
        (an_improvement(SHIPPED), False),
        (an_improvement(DECLINED), False),
    ],
    ids=["no improvement yet", "proposed", "planned", "shipped", "declined"],
)
def test_a_change_is_awaited_until_it_ships_or_is_declined(improvement, waits):
    assert awaits_change(reacted(answered()), improvement) is waits
