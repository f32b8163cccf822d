"""What we said in public: kept with text, author and approver, and shown to who writes next."""

import pytest
from builders import NOW, TEAM, a_new_source, a_post, later

from engagement.conversations.past import Deed
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.voice.draft import DraftState, Verdict
from engagement.voice.guide import CommunityRules
from storage.conversations.past import past_of
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate
from storage.voice.drafts import NewDraft, drafts_of, judge_draft, save_draft
from storage.voice.guide import save_community
from storage.voice.writing import writing_of

FEED = a_new_source("https://hn.example/?author=finn")


@pytest.fixture
def finn(team):
    """A teammate whose posts on Hacker News are heard; gives the source."""
    handles = (Handle(community="Hacker News", name="finn_of_tidewiki", feed=FEED),)
    mate = Teammate(slack_user="UFINN", name="Finn", handles=handles)
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    return next(source for source in team.read(all_sources) if source.url == FEED.url)


def ask(team, key="hn:1", *, minutes=0, under="", author="pat", **facts):
    at = later(minutes=minutes)
    given = {"community": "Hacker News", "thread_key": facts.pop("thread", key), "parent_key": under, "author": author}
    return team.hear(key=key, at=at, published_at=at, **given, **facts)


def answer(team, finn, text, *, to="hn:1", key="hn:9", minutes=30, heard=None):
    at = later(minutes=minutes)
    post = a_post(
        key,
        community="Hacker News",
        author="finn_of_tidewiki",
        title="",
        text=text,
        thread_key=to,
        parent_key=to,
        published_at=at,
        url=f"https://news.example/item?id={key}",
    )
    team.poll(post, source=finn, sightings=[], at=later(minutes=heard or minutes))


def write(team, conversation, text, *, by="UFINN", asks=False):
    new = NewDraft(conversation_id=conversation, text=text, by=by, asks=asks)
    return team.write(save_draft, TEAM, new, at=later(minutes=1)).draft


def approve(team, draft):
    facts = {"workspace_id": TEAM, "by": "UMAYA", "drawn": draft.version, "note": "", "at": later(minutes=2)}
    return team.write(judge_draft, draft.id, Verdict.APPROVE, **facts)


def lines(team):
    return team.rows(
        """SELECT answered_by, written_by, approved_by, draft_id, url, text, seen FROM said_in_public ORDER BY id"""
    )


def test_an_answer_found_at_the_source_is_kept_with_its_text_its_author_and_who_approved_it(team, finn):
    conversation = ask(team)
    draft = write(team, conversation, "Yes, it keeps the whole history.", asks=True)
    approve(team, draft)

    answer(team, finn, "Yes, it keeps the whole history!")

    assert lines(team) == [
        {
            "answered_by": "UFINN",
            "written_by": "UFINN",
            "approved_by": "UMAYA",
            "draft_id": draft.id,
            "url": "https://news.example/item?id=hn:9",
            "text": "Yes, it keeps the whole history!",
            "seen": 1,
        }
    ]
    assert [each.state for each in team.read(drafts_of, conversation)] == [DraftState.POSTED]


def test_what_was_said_before_anybody_approved_it_says_so(team, finn):
    conversation = ask(team)
    write(team, conversation, "Yes, it keeps the whole history.", asks=True)

    answer(team, finn, "Yes, it keeps the whole history.")

    assert [each.state for each in team.read(drafts_of, conversation)] == [DraftState.UNAPPROVED]
    assert [each["approved_by"] for each in lines(team)] == [""]


def test_what_was_told_has_the_words_of_its_draft_until_it_is_found(team, finn):
    conversation = ask(team)
    write(team, conversation, "Yes, it does.")
    link = "https://news.example/item?id=hn:9"
    team.press(Act.ANSWERED, conversation, by="UFINN", link=link, at=later(minutes=40))
    assert [(each["text"], each["seen"]) for each in lines(team)] == [("Yes, it does.", 0)]

    answer(team, finn, "Yes, it does so.", minutes=35, heard=50)

    told, found = lines(team)
    assert (found["text"], found["seen"], found["draft_id"]) == ("Yes, it does so.", 1, told["draft_id"])


def test_an_answer_without_a_draft_is_kept_as_well(team):
    conversation = ask(team)

    team.press(Act.ANSWERED, conversation, by="U2")

    assert [(each["written_by"], each["draft_id"], each["text"]) for each in lines(team)] == [("U2", 0, "")]


def test_drafts_of_others_are_left_when_somebody_has_answered(team, finn):
    conversation = ask(team)
    write(team, conversation, "I would say no.", by="USAM")
    team.send_all()

    answer(team, finn, "Yes, it keeps the whole history.")

    assert [each.state for each in team.read(drafts_of, conversation)] == [DraftState.LEFT]
    assert team.rows("SELECT stale FROM message WHERE kind = 'draft'") == [{"stale": 1}]


def test_the_draft_of_another_is_what_was_said_where_the_words_are_the_same(team, finn):
    conversation = ask(team)
    write(team, conversation, "Yes, it keeps the whole history.", by="USAM")

    answer(team, finn, "Yes, it keeps the whole history.")

    assert [(each["answered_by"], each["written_by"]) for each in lines(team)] == [("UFINN", "USAM")]
    deeds = team.read(past_of, team.card(conversation), now=NOW).deeds
    deed = next(each for each in deeds if isinstance(each, Deed))
    assert (deed.said, deed.written_by, deed.link) == (
        "Yes, it keeps the whole history.",
        "USAM",
        "https://news.example/item?id=hn:9",
    )


def test_who_writes_next_sees_what_was_said_before_and_to_whom(team, finn):
    ask(team)
    answer(team, finn, "Yes, it keeps the whole history.")
    ask(team, "hn:20", author="sue", thread="hn:20", minutes=60)
    answer(team, finn, "No, it does not.", to="hn:20", key="hn:21", minutes=70)
    again = ask(team, "hn:30", thread="hn:30", minutes=90)

    writing = team.read(writing_of, team.card(again), by="USAM")

    assert [each.text for each in writing.to_them] == ["Yes, it keeps the whole history."]
    assert [each.text for each in writing.good] == ["No, it does not.", "Yes, it keeps the whole history."]
    assert [turn.text for turn in writing.turns] == ["Is there a Tidewiki export? (hn:30)\nLooking for a way out."]
    assert (writing.occasion.they_asked, writing.occasion.about) == (True, "Tidewiki")
    assert (writing.mine, writing.others, writing.asks) == (None, (), False)


def test_what_was_taken_back_was_not_said(team):
    conversation = ask(team)
    team.press(Act.ANSWERED, conversation, by="U2", at=later(minutes=5))
    team.press(Act.REOPEN, conversation, by="U2", at=later(minutes=6))
    again = ask(team, "hn:30", minutes=90)

    writing = team.read(writing_of, team.card(again), by="U1")

    assert writing.to_them == ()


def test_a_reply_after_which_they_asked_again_is_no_example(team, finn):
    ask(team)
    answer(team, finn, "Yes, it keeps the whole history.")
    ask(team, "hn:10", minutes=60, under="hn:9", thread="hn:1")
    other = ask(team, "hn:30", minutes=90, author="sue")

    assert team.read(writing_of, team.card(other), by="U1").good == ()


def test_the_turns_of_a_thread_are_theirs_and_ours_by_time(team, finn):
    conversation = ask(team)
    answer(team, finn, "Which version?")
    ask(team, "hn:10", minutes=60, under="hn:9", thread="hn:1", title="", text="Tidewiki 0.9")
    mine = write(team, conversation, "Then yes.", by="USAM")
    team.write(save_community, TEAM, CommunityRules(community="Hacker News", approval=True), by="U1", at=NOW)

    writing = team.read(writing_of, team.card(conversation), by="UFINN")

    assert [(turn.by, turn.text) for turn in writing.turns][1:] == [("UFINN", "Which version?"), ("", "Tidewiki 0.9")]
    assert (writing.others, writing.latest_of_others, writing.mine, writing.asks) == ((mine,), mine.id, None, True)
    assert team.read(writing_of, team.card(conversation), by="USAM").mine == mine
