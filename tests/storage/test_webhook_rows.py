"""The outbox of events: queued with what they tell of, sent in order, kept until they arrive."""

from builders import NOW, TEAM, later

from engagement.conversations.press import Act
from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, Wanted
from engagement.sending.webhook import ARRIVED, UNWANTED, Answered, EventType, after_answer, begun
from engagement.understanding.reading import Tag
from storage.improvements.improving import press_improvement, propose
from storage.sending.events import told_by
from storage.sending.webhook import backlog_of, begin_event, events_due, listen_for_events, settle_event

WANTED = Wanted(title="Export", kind=ImprovementKind.BUILD, channel="C9")


def due(team, *, at=NOW, limit=9):
    return team.read(events_due, TEAM, now=at, limit=limit)


def types(team):
    return [(row["type"], row["object_id"]) for row in team.rows("SELECT * FROM webhook_event ORDER BY id")]


def arrive(team, event, *, at=NOW):
    assert team.write(begin_event, begun(event, now=at, chance=0))
    team.write(settle_event, event, ARRIVED, at=at)


def listened(team, *, wanted=True, at=NOW):
    team.write(listen_for_events, TEAM, at=at, wanted=wanted)


def test_nothing_is_queued_while_nobody_listens(team):
    team.press(Act.REACT, team.hear())

    assert types(team) == []


def test_tags_answers_and_changes_of_improvements_are_queued_with_them(team):
    listened(team)
    one = team.hear()
    team.press(Act.INTERACT, one)
    team.press(Act.CLAIM, one)
    team.press(Act.ANSWERED, one, link="https://forum.example/a")
    improvement = team.write(propose, TEAM, WANTED, by="U2", at=NOW)
    plan = ImprovementPress(act=ImprovementAct.PLAN, by="U3", at=NOW, drawn=1)
    team.write(press_improvement, improvement.id, plan, workspace_id=TEAM)

    assert types(team) == [
        ("mention.tagged", one),
        ("reply.answered", one),
        ("improvement.changed", improvement.id),
        ("improvement.changed", improvement.id),
    ]


def test_a_press_that_came_too_late_tells_nobody(team):
    listened(team)
    one = team.hear()
    team.press(Act.INTERACT, one)
    team.press(Act.REACT, one, drawn=1)

    assert types(team) == [("mention.tagged", one)]


def test_events_of_one_object_go_out_in_order_and_others_beside_them(team):
    listened(team)
    one, other = team.hear(), team.hear()
    team.press(Act.INTERACT, one)
    team.press(Act.REACT, one)
    team.press(Act.LISTEN, other)
    [first, beside] = due(team)
    assert team.write(begin_event, begun(first, now=NOW, chance=0))

    assert [event.id for event in due(team)] == [beside.id]
    arrive(team, beside)
    assert due(team) == []
    team.write(settle_event, first, ARRIVED, at=NOW)
    [second] = due(team)
    assert team.read(told_by, second).after.tag is Tag.REACT


def test_of_two_processes_one_makes_the_call(team):
    listened(team)
    team.press(Act.INTERACT, team.hear())
    [event] = due(team)
    tried = begun(event, now=NOW, chance=0)

    assert [team.write(begin_event, tried), team.write(begin_event, tried)] == [True, False]


def test_what_was_not_taken_is_due_again_with_the_same_key(team):
    listened(team)
    team.press(Act.INTERACT, team.hear())
    [event] = due(team)
    tried = begun(event, now=NOW, chance=0)
    team.write(begin_event, tried)
    team.write(settle_event, tried, after_answer(tried, Answered(status=500), now=NOW), at=NOW)
    [again] = due(team, at=later(minutes=1))

    assert (again.key, again.attempts, again.error) == (event.key, 1, "it answered 500")
    assert team.read(backlog_of).reason == "it answered 500"


def test_an_event_tells_the_decision_of_its_time_and_the_words_of_now(team):
    listened(team)
    one = team.hear(title="Old title")
    team.press(Act.INTERACT, one, by="U7")
    team.press(Act.UNDO, one)
    team.write(lambda tx: tx.run("UPDATE post SET title = 'New title'"))
    [event] = due(team)
    told = team.read(told_by, event)

    assert (told.before.tag, told.after.tag, told.deed.actor) == (None, Tag.INTERACT, "U7")
    assert told.opening.title == "New title"


def test_an_improvement_is_told_as_it_stood(team):
    listened(team)
    improvement = team.write(propose, TEAM, WANTED, by="U2", at=NOW)
    decline = ImprovementPress(act=ImprovementAct.DECLINE, by="U3", at=NOW, drawn=1, note="no")
    team.write(press_improvement, improvement.id, decline, workspace_id=TEAM)
    [event] = due(team)

    assert event.type is EventType.IMPROVEMENT
    assert team.read(told_by, event).after.state.value == "proposed"


def test_a_receiver_that_wants_no_more_is_told_no_more_and_those_who_configure_are(team):
    listened(team)
    one, other = team.hear(), team.hear()
    team.press(Act.INTERACT, one)
    team.press(Act.INTERACT, other)
    [first, second] = due(team)
    for event in (first, second):
        team.write(begin_event, begun(event, now=NOW, chance=0))
        team.write(settle_event, event, UNWANTED, at=NOW)
    team.press(Act.UNDO, one)
    backlog = team.read(backlog_of)

    assert (backlog.waiting, backlog.failed, backlog.gone_at) == (0, 2, NOW)
    [told] = team.rows("SELECT * FROM message WHERE kind = 'unwanted'")
    assert told["channel"].startswith("U")


def test_after_a_restart_it_is_told_again_of_what_happens_from_then_on(team):
    listened(team)
    one = team.hear()
    team.press(Act.INTERACT, one)
    [event] = due(team)
    team.write(begin_event, begun(event, now=NOW, chance=0))
    team.write(settle_event, event, UNWANTED, at=NOW)
    listened(team, at=later(hours=1))
    team.press(Act.UNDO, one, at=later(hours=2))

    assert [each.type for each in due(team, at=later(hours=2))] == [EventType.TAGGED]
    assert team.read(backlog_of).gone_at is None


def test_what_waits_when_it_is_switched_off_is_given_up(team):
    listened(team)
    team.press(Act.INTERACT, team.hear())
    listened(team, wanted=False)

    assert due(team) == []
    assert team.read(backlog_of).failed == 1
