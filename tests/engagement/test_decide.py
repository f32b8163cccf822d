"""The escalator and the reply beside it: what a press does, and what no press ever does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_conversation, a_deadline, answered, circumstances, claimed, later, owed
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.decide import asked_again, decide, tag_to_undo
from engagement.conversations.press import Act, Change, Press, Tagging
from engagement.conversations.standing import is_open, waits_for_us
from engagement.understanding.reading import Tag

DUE = later(days=1)
BUTTONS = [act for act in Act if act is not Act.ASKED_AGAIN]
TAG_OF = {Act.LISTEN: Tag.LISTEN, Act.INTERACT: Tag.INTERACT, Act.REACT: Tag.REACT}
OPEN = (ReplyState.OWED, ReplyState.CLAIMED)


def press(conversation, act, *, by="U1", at=NOW, ours=True, drawn=None, link="", to_undo=None):
    """Press a button that was drawn from the conversation as it stands, unless told otherwise.

    An act that says more says it: the reply is given to U9, the conversation put aside for a day or muted.
    """
    more = {"link": link, "to": "U9", "until": at + timedelta(days=1), "mute_id": 7}
    return decide(
        conversation,
        Press(act=act, conversation_id=conversation.id, by=by, drawn=drawn or conversation.version, **more),
        circumstances(at, ours=ours, to_undo=to_undo),
    )


class Played:
    """A conversation and all that was done to it, as storage keeps them."""

    def __init__(self, *, ours=True):
        self.ours = ours
        self.conversation = a_conversation()
        self.changes = []

    def try_(self, act, *, by="U1", at=NOW):
        """Return the conversation after `act`, None when it does not fit."""
        if act is Act.ASKED_AGAIN:
            return asked_again(self.conversation, owed=a_deadline(at), at=at)
        return press(self.conversation, act, by=by, at=at, ours=self.ours, to_undo=tag_to_undo(self.changes))

    def do(self, act, **facts):
        """Do it, and say whether it counted."""
        before, after = self.conversation, self.try_(act, **facts)
        if after is None:
            return False
        self.conversation = after
        self.changes.append(Change(act=act, at=NOW, before=before, after=after))
        return True


def played(*acts, ours=True):
    game = Played(ours=ours)
    for act in acts:
        assert game.do(act), f"{act} does not fit"
    return game.conversation


STORIES = st.tuples(st.lists(st.integers(0, 2**16), max_size=14), st.booleans())


def play(story):
    """Have two people do one thing after the other; each number chooses among what fits at that moment."""
    choices, ours = story
    game = Played(ours=ours)
    for number, choice in enumerate(choices):
        facts = {"by": f"U{number % 2}", "at": later(minutes=number)}
        fitting = [act for act in Act if game.try_(act, **facts)]
        game.do(fitting[choice % len(fitting)], **facts)
    return game


# ---- laws ----------------------------------------------------------------------------------------------------------


@given(STORIES)
def test_an_owed_reply_is_only_cleared_by_an_answer_or_by_undoing_the_tag_it_came_with(story):
    game = play(story)
    came_with = None
    for number, change in enumerate(game.changes):
        was, now = change.before.reply.state, change.after.reply.state
        if was not in OPEN and now in OPEN:
            came_with = number
        if was in OPEN and now not in OPEN:
            assert change.act in (Act.ANSWERED, Act.UNDO)
        if change.act is Act.UNDO and was in OPEN and now not in OPEN:
            assert was is ReplyState.OWED
            origin = game.changes[came_with]
            assert origin.act not in (Act.ASKED_AGAIN, Act.REOPEN)
            assert change.after.tag is origin.before.tag


@given(STORIES)
def test_every_decision_makes_the_version_grow_by_one(story):
    game = play(story)

    assert all(change.after.version == change.before.version + 1 for change in game.changes)
    assert game.conversation.version == len(game.changes) + 1


@given(STORIES, st.sampled_from(list(Act)), st.integers(-2, 40))
def test_a_press_on_another_version_changes_nothing(story, act, drawn):
    game = play(story)
    if drawn == game.conversation.version:
        drawn += 1
    conversation = game.conversation
    now = circumstances(NOW, to_undo=tag_to_undo(game.changes))

    assert decide(conversation, Press(act=act, conversation_id=1, by="U1", drawn=drawn), now) is None


@given(STORIES)
def test_react_never_changes_a_reply_but_to_owe_it(story):
    for change in play(story).changes:
        if change.act is Act.REACT and change.before.reply != change.after.reply:
            assert (change.before.reply.state, change.after.reply.state) == (ReplyState.NONE, ReplyState.OWED)


@given(STORIES)
def test_undo_never_takes_a_promise_or_an_answer(story):
    for change in play(story).changes:
        if change.act is Act.UNDO and change.before.reply.state is not ReplyState.OWED:
            assert change.after.reply == change.before.reply


@given(STORIES)
def test_undoing_everything_leaves_no_tag(story):
    game = play(story)
    game.do(Act.UNMUTE)
    while game.do(Act.UNDO):
        pass

    assert game.conversation.tag is None
    assert not game.conversation.dismissed_by


@given(STORIES)
def test_what_is_set_aside_waits_for_nobody_and_keeps_its_reply(story):
    for change in play(story).changes:
        if change.after.is_set_aside:
            assert not waits_for_us(change.after, ours_to_answer=True)
        if change.act in (Act.SNOOZE, Act.WAKE, Act.MUTE, Act.UNMUTE):
            assert (change.after.reply, change.after.tag) == (change.before.reply, change.before.tag)


@given(STORIES)
def test_only_who_promised_a_reply_puts_it_off(story):
    for number, change in enumerate(play(story).changes):
        if change.act is Act.SNOOZE and change.before.reply.state is ReplyState.CLAIMED:
            assert change.before.reply.claimed_by == f"U{number % 2}" == change.after.snooze.by


@given(STORIES)
def test_replaying_the_same_presses_gives_the_same_conversation(story):
    assert play(story).conversation == play(story).conversation


@given(STORIES)
def test_a_reply_that_is_owed_is_always_due(story):
    for change in play(story).changes:
        assert not change.after.reply.is_open or change.after.reply.due_at


@given(STORIES)
def test_what_waits_for_us_is_open_and_what_is_not_us_is_not(story):
    conversation = play(story).conversation
    ours = story[1]

    assert is_open(conversation, ours_to_answer=ours) >= waits_for_us(conversation, ours_to_answer=ours)
    if conversation.dismissed_by:
        assert not is_open(conversation, ours_to_answer=ours)


@given(STORIES)
def test_nobody_who_asks_again_is_left_waiting_unseen(story):
    conversation = play(story).conversation
    again = asked_again(conversation, owed=a_deadline(), at=NOW) or conversation

    assert waits_for_us(again, ours_to_answer=True) or again.dismissed_by or again.is_muted


# ---- tags ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", TAG_OF)
def test_a_tag_says_who_and_when(act):
    after = press(a_conversation(), act, by="U7", at=later(minutes=3))

    assert (after.tag, after.tagged_by, after.tagged_at) == (TAG_OF[act], "U7", later(minutes=3))


@pytest.mark.parametrize("act", TAG_OF)
def test_the_same_tag_twice_changes_nothing(act):
    assert press(played(act), act) is None


@pytest.mark.parametrize(
    ("act", "ours", "state"),
    [
        (Act.LISTEN, True, ReplyState.NONE),
        (Act.INTERACT, True, ReplyState.OWED),
        (Act.INTERACT, False, ReplyState.OWED),
        (Act.REACT, True, ReplyState.OWED),
        (Act.REACT, False, ReplyState.NONE),
    ],
    ids=["listen", "interact", "interact with praise", "react to a complaint", "react to praise"],
)
def test_a_tag_makes_a_reply_owed_where_somebody_should_answer(act, ours, state):
    reply = press(a_conversation(), act, ours=ours).reply

    assert reply.state is state
    assert reply.due_at == (DUE if state is ReplyState.OWED else None)


@pytest.mark.parametrize("reply", [owed(due_at=later(hours=5)), claimed(), answered()])
@pytest.mark.parametrize("act", TAG_OF)
def test_a_tag_leaves_a_reply_as_it_is(act, reply):
    assert press(a_conversation(reply=reply), act).reply == reply


def test_not_us_takes_the_conversation_out():
    after = press(played(Act.INTERACT), Act.NOT_US, by="U4", at=later(hours=1))

    assert (after.dismissed_by, after.dismissed_at) == ("U4", later(hours=1))
    assert not is_open(after, ours_to_answer=True)


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.UNDO])
def test_what_is_not_us_can_only_be_taken_back(act):
    for reply in (Reply(), owed(), claimed(), answered()):
        dismissed = a_conversation(dismissed_by="U1", reply=reply)

        assert press(dismissed, act) is None


def test_the_bot_alone_sees_that_somebody_asked_again():
    assert press(a_conversation(reply=answered()), Act.ASKED_AGAIN) is None


# ---- undo ----------------------------------------------------------------------------------------------------------


def test_without_a_tag_there_is_nothing_to_undo():
    assert tag_to_undo([]) is None
    assert press(a_conversation(), Act.UNDO) is None


def test_undo_goes_back_to_the_tag_before():
    after = played(Act.LISTEN, Act.INTERACT, Act.UNDO)

    assert (after.tag, after.reply) == (Tag.LISTEN, Reply())


def test_a_second_undo_goes_back_two_tags():
    assert played(Act.LISTEN, Act.REACT, Act.UNDO, Act.UNDO).tag is None


def test_an_undo_too_many_in_the_history_is_passed_over():
    undone = Change(act=Act.UNDO, at=NOW, before=a_conversation(), after=a_conversation(version=2))

    assert tag_to_undo([undone]) is None


def test_undo_of_a_later_tag_keeps_the_reply_of_an_earlier_one():
    assert played(Act.INTERACT, Act.REACT, Act.UNDO).reply.state is ReplyState.OWED


def test_undo_of_not_us_gives_everything_back():
    before = played(Act.INTERACT)

    assert replace(played(Act.INTERACT, Act.NOT_US, Act.UNDO), version=2) == before


def test_undo_of_not_us_gives_the_team_what_somebody_promised_who_is_gone():
    before = a_conversation(tag=Tag.INTERACT, reply=claimed(claimed_by="UGONE"))
    dismissed = replace(before, dismissed_by="U3", dismissed_at=NOW)
    now = replace(circumstances(NOW, to_undo=Tagging(before=before, owes=False)), owner_is_gone=True)

    after = decide(dismissed, Press(act=Act.UNDO, conversation_id=1, by="U3", drawn=1), now)

    assert (after.dismissed_by, after.reply) == (
        "",
        replace(before.reply, state=ReplyState.OWED, claimed_by="", claimed_at=None),
    )


def test_undo_of_a_promise_leaves_the_promise():
    after = played(Act.CLAIM, Act.UNDO)

    assert (after.tag, after.reply.state, after.reply.claimed_by) == (None, ReplyState.CLAIMED, "U1")


def test_undo_gives_back_no_promise_that_was_handed_back_meanwhile():
    after = played(Act.CLAIM, Act.REACT, Act.HAND_BACK, Act.UNDO)

    assert (after.tag, after.reply.state, after.reply.claimed_by) == (Tag.INTERACT, ReplyState.OWED, "")


def test_undo_after_a_promise_was_handed_back_clears_what_the_promise_had_made():
    assert played(Act.CLAIM, Act.HAND_BACK, Act.UNDO, ours=False) == replace(a_conversation(), version=4)


def test_undo_gives_back_the_warning_that_stood_before_the_tag():
    asked = a_conversation(reply=Reply(warn_at=later(hours=1)))
    tagged = press(asked, Act.INTERACT)
    assert tagged.reply.warn_at != asked.reply.warn_at

    undone = press(tagged, Act.UNDO, to_undo=Tagging(before=asked, owes=True))

    assert undone.reply == asked.reply


def test_undo_of_not_us_leaves_the_answer_of_somebody_who_is_gone():
    before = a_conversation(reply=answered(claimed_by="U2"))
    taken_out = replace(before, dismissed_by="U1", dismissed_at=NOW)
    now = replace(circumstances(NOW, to_undo=Tagging(before=before, owes=False)), owner_is_gone=True)

    undone = decide(taken_out, Press(act=Act.UNDO, conversation_id=1, by="U1", drawn=1), now)

    assert undone.reply == before.reply


def test_undo_keeps_the_warning_of_who_asked_since_praise_was_tagged():
    praised = played(Act.INTERACT, ours=False)

    undone = press(praised, Act.UNDO, to_undo=Tagging(before=a_conversation(), owes=True))

    assert undone.reply == Reply(warn_at=praised.reply.warn_at)
    assert waits_for_us(undone, ours_to_answer=True)


@pytest.mark.parametrize(
    "acts",
    [
        (Act.LISTEN, Act.ASKED_AGAIN),
        (Act.INTERACT, Act.ANSWERED, Act.ASKED_AGAIN),
        (Act.INTERACT, Act.ANSWERED, Act.REOPEN),
        (Act.ANSWERED, Act.REOPEN),
    ],
)
def test_undo_keeps_a_reply_that_is_owed_for_another_reason(acts):
    after = played(*acts, Act.UNDO)

    assert (after.tag, after.reply.state) == (None, ReplyState.OWED)


def test_a_tag_to_undo_says_what_stood_before_it():
    first = Change(act=Act.LISTEN, at=NOW, before=a_conversation(), after=played(Act.LISTEN))

    assert tag_to_undo([first]) == Tagging(before=a_conversation(), owes=False)


# ---- the reply -----------------------------------------------------------------------------------------------------


def test_a_promise_for_an_untagged_conversation_is_the_decision_to_interact():
    after = press(a_conversation(), Act.CLAIM, by="U5", at=later(hours=1))

    assert (after.tag, after.tagged_by, after.tagged_at) == (Tag.INTERACT, "U5", later(hours=1))
    assert (after.reply.state, after.reply.claimed_by, after.reply.claimed_at) == (
        ReplyState.CLAIMED,
        "U5",
        later(hours=1),
    )
    promised = a_deadline(later(hours=1), days=2)
    assert (after.reply.due_at, after.reply.warn_at) == (promised.due_at, promised.warn_at)


def test_a_promise_keeps_the_tag_and_is_due_when_its_owner_can_keep_it():
    after = press(a_conversation(tag=Tag.REACT, reply=owed(due_at=later(hours=5))), Act.CLAIM)

    assert (after.tag, after.reply.due_at) == (Tag.REACT, later(days=2))


@pytest.mark.parametrize("reply", [claimed(), answered()], ids=["promised", "answered"])
def test_what_is_promised_or_answered_is_not_promised_again(reply):
    assert press(a_conversation(reply=reply), Act.CLAIM) is None


def test_what_is_given_to_somebody_is_due_and_warned_of_when_they_can_keep_it():
    now = circumstances(NOW)
    given = Press(act=Act.ASSIGN, conversation_id=1, by="U1", drawn=1, to="U3")

    reply = decide(a_conversation(reply=owed()), given, now).reply

    assert (reply.due_at, reply.warn_at) == (now.promised.due_at, now.promised.warn_at)
    assert decide(a_conversation(reply=claimed()), replace(given, to=""), now) is None


def test_a_promise_handed_back_is_owed_again_at_the_same_time():
    after = press(a_conversation(reply=claimed(due_at=later(hours=5))), Act.HAND_BACK)

    assert after.reply == owed(due_at=later(hours=5))


@pytest.mark.parametrize("reply", [Reply(), owed(), answered()])
def test_what_is_not_promised_cannot_be_handed_back(reply):
    assert press(a_conversation(reply=reply), Act.HAND_BACK) is None


def test_an_answer_is_kept_with_its_evidence():
    after = press(a_conversation(), Act.ANSWERED, by="U5", at=later(hours=2), link="https://forum.example/1")

    assert after.reply.state is ReplyState.ANSWERED
    assert (after.reply.answered_by, after.reply.answered_at) == ("U5", later(hours=2))
    assert after.reply.answer_url == "https://forum.example/1"
    assert (after.tag, after.tagged_by) == (Tag.INTERACT, "U5")


def test_an_answer_after_listening_was_an_interaction():
    assert played(Act.LISTEN, Act.ANSWERED).tag is Tag.INTERACT


def test_what_is_answered_is_not_answered_again():
    assert press(played(Act.ANSWERED), Act.ANSWERED) is None


def test_a_reopened_answer_is_owed_anew():
    after = press(played(Act.ANSWERED), Act.REOPEN, at=later(days=3))

    assert after.reply == owed(due_at=later(days=4), warn_at=later(days=3, hours=18))


@pytest.mark.parametrize(
    ("tag", "becomes"), [(None, Tag.INTERACT), (Tag.LISTEN, Tag.LISTEN)], ids=["undecided", "listened"]
)
def test_to_reopen_what_others_answered_is_a_decision_only_where_there_was_none(tag, becomes):
    helped = a_conversation(tag=tag, reply=Reply(state=ReplyState.ANSWERED_BY_OTHERS, answered_at=NOW))

    assert press(helped, Act.REOPEN).tag is becomes


@pytest.mark.parametrize("reply", [Reply(), owed(), claimed()])
def test_what_is_not_answered_cannot_be_reopened(reply):
    assert press(a_conversation(reply=reply), Act.REOPEN) is None


# ---- asked again, open, waiting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conversation", "turns"),
    [
        (a_conversation(), False),
        (a_conversation(tag=Tag.LISTEN), True),
        (a_conversation(tag=Tag.REACT), True),
        (a_conversation(tag=Tag.INTERACT, reply=owed()), False),
        (a_conversation(tag=Tag.LISTEN, reply=claimed()), False),
        (a_conversation(tag=Tag.INTERACT, reply=answered()), True),
        (a_conversation(reply=answered()), True),
        (a_conversation(tag=Tag.INTERACT, reply=Reply(state=ReplyState.ANSWERED_BY_OTHERS)), True),
        (a_conversation(tag=Tag.LISTEN, dismissed_by="U1"), False),
    ],
    ids=[
        "undecided",
        "listened",
        "reacted to praise",
        "owed",
        "promised",
        "answered",
        "answered and the tag undone",
        "answered by others",
        "not us",
    ],
)
def test_a_further_question_makes_it_our_turn_again_where_all_was_settled(conversation, turns):
    after = asked_again(conversation, owed=a_deadline(), at=NOW)

    if turns:
        assert (after.reply, after.version) == (owed(due_at=DUE, warn_at=later(hours=18)), 2)
        assert after.tag is conversation.tag
    else:
        assert after is None


def test_a_further_question_waits_for_a_decision_where_others_answered_before_anybody_decided():
    undecided = a_conversation(reply=Reply(state=ReplyState.ANSWERED_BY_OTHERS, answered_at=NOW, helper="pat"))

    after = asked_again(undecided, owed=a_deadline(), at=NOW)

    assert after.reply == Reply(warn_at=later(hours=18))
    assert waits_for_us(after, ours_to_answer=True)


@pytest.mark.parametrize(
    ("conversation", "ours", "open_", "waits"),
    [
        (a_conversation(), True, True, True),
        (a_conversation(), False, True, False),
        (a_conversation(tag=Tag.LISTEN), True, False, False),
        (a_conversation(tag=Tag.REACT), False, False, False),
        (a_conversation(tag=Tag.REACT, reply=owed()), True, True, True),
        (a_conversation(reply=claimed()), False, True, True),
        (a_conversation(tag=Tag.INTERACT, reply=answered()), True, False, False),
        (a_conversation(reply=answered()), True, False, False),
        (a_conversation(dismissed_by="U1", reply=owed()), True, False, False),
        (a_conversation(reply=Reply(state=ReplyState.CANNOT_TELL)), True, True, True),
    ],
)
def test_open_and_waiting_follow_from_the_tag_and_the_reply(conversation, ours, open_, waits):
    assert is_open(conversation, ours_to_answer=ours) is open_
    assert waits_for_us(conversation, ours_to_answer=ours) is waits


@pytest.mark.parametrize(
    ("conversation", "untouched"),
    [
        (a_conversation(), True),
        (a_conversation(reply=owed()), True),
        (a_conversation(tag=Tag.LISTEN), False),
        (a_conversation(dismissed_by="U1"), False),
        (a_conversation(reply=claimed()), False),
        (a_conversation(reply=answered()), False),
    ],
    ids=["new", "owed", "tagged", "not us", "promised and the tag undone", "answered and the tag undone"],
)
def test_untouched_is_what_nobody_has_done_anything_to(conversation, untouched):
    assert conversation.is_untouched is untouched


# ---- what is unsure ------------------------------------------------------------------------------------------------


def test_as_long_as_nobody_knows_whether_it_is_about_us_nothing_else_is_decided():
    unsure = a_conversation(unsure=True)

    fitting = {act for act in Act if press(unsure, act) is not None}

    assert fitting == {Act.US, Act.NOT_US}


def test_us_makes_it_a_conversation_like_any_other():
    after = press(a_conversation(unsure=True), Act.US)

    assert (after.unsure, after.version, after.is_untouched) == (False, 2, True)
    assert is_open(after, ours_to_answer=False)
    assert press(after, Act.US) is None


def test_what_is_unsure_is_not_open():
    assert not is_open(a_conversation(unsure=True), ours_to_answer=True)


def test_not_us_can_be_undone_and_leaves_it_unsure():
    unsure = a_conversation(unsure=True)
    dismissed = press(unsure, Act.NOT_US, by="U3")
    history = [Change(act=Act.NOT_US, at=NOW, before=unsure, after=dismissed)]

    assert press(dismissed, Act.US) is None
    after = press(dismissed, Act.UNDO, to_undo=tag_to_undo(history))
    assert (after.dismissed_by, after.unsure) == ("", True)
