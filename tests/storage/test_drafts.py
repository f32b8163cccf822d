"""Drafts in the card's thread: one for each author, changed in place or judged, and in the history."""

from dataclasses import replace
from functools import partial

import pytest
from builders import NOW, TEAM, later
from databases import at_once

from engagement.conversations.past import Drafted
from engagement.conversations.press import Act
from engagement.voice.draft import DraftDeed, DraftState, Judged, JudgedBefore, MayNotJudge, Roles, Verdict
from engagement.watch import Delivery
from storage.conversations.past import past_of
from storage.listening.watches import find_watch
from storage.records.history import changes_of_settings
from storage.voice.drafts import DraftChangedBefore, DraftKept, NewDraft, drafts_of, find_draft, judge_draft, save_draft
from storage.voice.guide import save_roles


@pytest.fixture
def conversation(team):
    number = team.hear()
    team.send_all()
    team.press(Act.CLAIM, number, by="U1")
    return number


def write(team, conversation, text="It does.", *, by="U1", drawn=(0, 0), asks=False, workspace_id=TEAM, minutes=1):
    new = NewDraft(conversation_id=conversation, text=text, by=by, drawn=drawn, asks=asks, passed=("Too long.",))
    return team.write(save_draft, workspace_id, new, at=later(minutes=minutes))


def judge(team, draft, verdict=Verdict.APPROVE, *, by="U2", drawn=None, note="", workspace_id=TEAM):
    return team.write(
        judge_draft,
        draft.id,
        verdict,
        workspace_id=workspace_id,
        by=by,
        drawn=drawn or draft.version,
        note=note,
        at=later(minutes=9),
    )


def messages(team, kind="draft"):
    return team.rows(
        "SELECT subject, part, channel, state, stale, parent_id FROM message WHERE kind = :kind ORDER BY id", kind=kind
    )


def test_a_draft_is_kept_and_goes_into_the_thread_of_its_card(team, conversation):
    result = write(team, conversation)

    assert isinstance(result, DraftKept)
    assert (result.draft.state, result.draft.passed, result.draft.at) == (
        DraftState.READY,
        ("Too long.",),
        later(minutes=1),
    )
    assert team.read(drafts_of, conversation) == [result.draft]
    (message,) = messages(team)
    (card,) = team.rows("SELECT id FROM message WHERE kind = 'card'")
    assert (message["subject"], message["parent_id"]) == (str(result.draft.id), card["id"])


def test_what_nobody_has_judged_is_changed_in_its_place(team, conversation):
    first = write(team, conversation, asks=True).draft
    team.send_all()

    second = write(team, conversation, "It does, since 0.9.", drawn=(first.id, 1)).draft

    assert (second.id, second.version, second.text) == (first.id, 2, "It does, since 0.9.")
    assert second.state is DraftState.READY
    (message,) = messages(team)
    assert message["stale"] == 1


def test_two_windows_of_one_person_do_not_overwrite_each_other(team, conversation):
    first = write(team, conversation).draft

    assert write(team, conversation, "Another.") == DraftChangedBefore(draft=first)
    assert team.read(find_draft, first.id) == first


def test_of_two_windows_that_save_at_once_one_counts(team, conversation, database_url):
    windows = [NewDraft(conversation_id=conversation, text=text, by="U1") for text in ("It does.", "It does not.")]

    outcomes = at_once(database_url, *(partial(save_draft, workspace_id=TEAM, new=new, at=NOW) for new in windows))

    [kept] = [each for each in outcomes if isinstance(each, DraftKept)]
    [lost] = [each for each in outcomes if isinstance(each, DraftChangedBefore)]
    assert team.read(drafts_of, conversation) == [kept.draft] == [lost.draft]


def test_what_is_judged_while_its_author_saves_stays_as_it_was_judged(team, conversation, database_url):
    asked = write(team, conversation, asks=True).draft
    again = NewDraft(conversation_id=conversation, text="It did.", by="U1", drawn=(asked.id, asked.version), asks=True)

    saved, judged = at_once(
        database_url,
        partial(save_draft, workspace_id=TEAM, new=again, at=NOW),
        partial(
            judge_draft, draft_id=asked.id, verdict=Verdict.APPROVE, workspace_id=TEAM, by="U2", drawn=asked.version,
            note="", at=NOW,
        ),
    )  # fmt: skip

    assert isinstance(saved, DraftKept) is not isinstance(judged, Judged)
    [standing] = team.read(drafts_of, conversation)
    assert (standing.text, standing.state) == (
        (again.text, DraftState.ASKED) if isinstance(saved, DraftKept) else (asked.text, DraftState.APPROVED)
    )


def test_each_author_has_a_draft_of_their_own(team, conversation):
    write(team, conversation)
    write(team, conversation, "No, it does not.", by="U2")

    assert [draft.by for draft in team.read(drafts_of, conversation)] == ["U1", "U2"]


def test_a_draft_of_another_workspace_or_of_nothing_is_not_kept(team, conversation):
    team.add_workspace("T9")

    assert write(team, conversation, workspace_id="T9") is None
    assert write(team, 999) is None
    draft = write(team, conversation, asks=True).draft
    assert judge(team, draft, workspace_id="T9") is None
    assert judge(team, replace(draft, id=999)) is None
    assert team.read(find_draft, draft.id, workspace_id="T9") is None


def test_somebody_approves_and_the_author_is_told(team, conversation):
    draft = write(team, conversation, asks=True).draft

    result = judge(team, draft)

    assert isinstance(result, Judged)
    assert team.read(find_draft, draft.id) == result.draft
    (told,) = messages(team, "judged")
    assert (told["channel"], told["subject"], told["part"]) == ("U1", str(draft.id), 2)
    assert isinstance(judge(team, draft), JudgedBefore)


def test_the_card_says_whose_draft_waits_and_is_drawn_again_when_none_does_any_more(team, conversation):
    draft = write(team, conversation, asks=True).draft
    write(team, conversation, by="U4", asks=False)
    waits, redrawn = team.card(conversation).drafts_asking, is_stale(team)
    team.write(lambda tx: tx.run("UPDATE message SET stale = 0"))
    judge(team, draft)

    assert (waits, redrawn) == (("U1",), True)
    assert (team.card(conversation).drafts_asking, is_stale(team)) == ((), True)


def is_stale(team):
    return [row["stale"] for row in messages(team, "card")] == [1]


def test_a_draft_that_was_changed_meanwhile_is_not_approved(team, conversation):
    draft = write(team, conversation, asks=True).draft
    write(team, conversation, "Buy it!", drawn=(draft.id, 1), asks=True)

    assert isinstance(judge(team, draft), JudgedBefore)
    assert team.read(find_draft, draft.id).state is DraftState.ASKED


def test_only_who_is_named_may_approve(team, conversation):
    team.write(save_roles, TEAM, Roles(approve=("U3",)), by="U3", at=NOW)
    draft = write(team, conversation, asks=True).draft

    assert judge(team, draft, by="U2") == MayNotJudge(people=("U3",))
    assert isinstance(judge(team, draft, by="U3"), Judged)


def test_after_it_was_sent_back_the_next_one_is_a_message_of_its_own(team, conversation):
    draft = write(team, conversation, asks=True).draft
    back = judge(team, draft, Verdict.SEND_BACK, note="Name the version.").draft

    second = write(team, conversation, "Since 0.9.", drawn=(back.id, back.version), asks=True).draft

    assert second.id != draft.id
    assert [each.state for each in team.read(drafts_of, conversation)] == [DraftState.REPLACED, DraftState.ASKED]
    assert [each["subject"] for each in messages(team)] == [str(draft.id), str(second.id)]


def test_a_draft_that_was_approved_is_not_changed_behind_the_approval(team, conversation):
    draft = write(team, conversation, asks=True).draft
    good = judge(team, draft).draft

    second = write(team, conversation, "Buy it!", drawn=(good.id, good.version), asks=True).draft

    assert (second.state, second.judged_by) == (DraftState.ASKED, "")


def test_the_card_that_a_roll_up_holds_comes_before_its_draft(team):
    team.write(lambda tx: tx.run("UPDATE watch SET delivery = :kind", kind=Delivery.DAILY.value))
    number = team.hear(watch=team.read(find_watch, team.watch.id))
    assert not team.send_all()

    write(team, number)

    assert [message.kind for message in team.send_all(at=later(minutes=2))] == ["card", "draft"]


def test_the_history_tells_of_each_draft_as_it_was(team, conversation):
    draft = write(team, conversation, asks=True).draft
    judge(team, draft, Verdict.SEND_BACK, note="Name the version.")

    page = team.read(past_of, team.card(conversation), now=NOW)

    assert [(each.deed, each.by, each.text, each.note) for each in page.deeds if isinstance(each, Drafted)] == [
        (DraftDeed.SEND_BACK, "U2", "It does.", "Name the version."),
        (DraftDeed.WRITE, "U1", "It does.", ""),
    ]
    assert len(page.deeds) == 3
    assert all(change.object == "watch" for change in team.read(changes_of_settings, TEAM, limit=9))
