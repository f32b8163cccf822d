"""Forgetting somebody as a law over all tables: one that is new is looked into as well, by itself."""

import json
from dataclasses import replace

import pytest
from builders import NOW, TEAM, a_new_source, a_post, later
from forgetting import forget_whole

from engagement.calm.mute import MuteScope
from engagement.calm.noise import Entry
from engagement.conversations.press import Act, Press
from engagement.digest.voices import Person
from engagement.home import Filters, Page
from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, Wanted
from engagement.improvements.themes import Theme
from engagement.records.forgotten import name_of
from engagement.records.still_named import SettingKind
from engagement.understanding.reading import Kind, Mood
from engagement.voice.draft import Verdict
from engagement.voice.guide import CommunityRules, Guide
from engagement.watch import NewWatch, Terms
from storage.calm.noise import add_noise, find_noise, save_noise
from storage.conversations.decisions import correct
from storage.database import Engine
from storage.homes import save_page
from storage.improvements.improving import count_for_new, press_improvement
from storage.improvements.themes import end_theme, save_theme, themes_of
from storage.listening.listening import leave_place, listen_to
from storage.listening.moves import move_source
from storage.listening.setups import begin_setup, settle_setup
from storage.listening.sources import find_source
from storage.listening.watch_changes import stop_watch
from storage.listening.watches import find_watch, save_watch
from storage.records.forgetting import begin_to_forget, forget_on, is_forgetting
from storage.records.search import search_mentions
from storage.records.still_named import settings_naming
from storage.team.labels import drop_label, label_person, label_source
from storage.voice.drafts import NewDraft, judge_draft, save_draft
from storage.voice.guide import save_community, save_guide

NAME, SECRET = "annika", "blaubeere"
ANN = Person("forum.example", NAME)
LINK = "https://forum.example/@annika/17"
# Telling nothing of itself: it is known to be theirs because it leads to what they wrote.
OTHER_LINK = "https://forum.example/t/18"
THEIRS = (NAME, SECRET, OTHER_LINK)

# Columns that cannot hold what anybody wrote or is called: numbers of Slack, moments, words of our own, and names of
# communities. One that is in neither list nor filled below fails the law.
NO_WORDS = frozenset(
    """
    workspace_id channel stands_in state kind tag scope object act actor suggested pillar mood field was became
    means outcome delivery step loss hard promotion disclosure zone works_on ts subject type event_key community
    folded_by slack_user heir recipient period about day owner host etag last_modified cause troubles marks mark
    body_hash said reason error hash issue_etag version moved_by shown_by released_by asked_by muted_by
    corrected_by created_by decided_by judged_by written_by answered_by approved_by tagged_by dismissed_by
    claimed_by assigned_by snoozed_by told_by unlisted_by forgotten_by settled_by cover speak approve configure
    approved bot_user digest_channel digest_set_by urgent_channel reply_state says at since until not_before placed_by
    """.split()  # noqa: SIM905 - a list of words
)
# Held while somebody is being forgotten, and empty before and after.
WHILE_FORGETTING = {("forgetting", "author"), ("forgetting_address", "url")}
# How we talk about ourselves in Slack, and where; and rooms of the databases.
NOT_OURS = {("workspace", "name"), ("workspace", "id"), ("workspace", "url"), ("lost_channel", "moved_to")}
# What only a team itself may change, while it is in force; see the second law.
SETTINGS = {
    ("label", "name"),
    ("label", "folded"),
    ("teammate", "name"),
    ("voice_guide", "sounds_like"),
    ("voice_guide", "banned"),
    ("voice_guide", "disclosing"),
    ("voice_community", "folded"),
    ("voice_community", "wording"),
}


def texts_of(team):
    """Return all text in the database by table and column, but for the index of the search."""
    if team.db.read(lambda tx: tx.engine) is Engine.SQLITE:
        tables = team.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [row["name"] for row in tables if not row["name"].startswith(("post_words", "_", "sqlite"))]
        columns = [
            (name, row["name"])
            for name in names
            for row in team.rows(f"SELECT name, type FROM pragma_table_info('{name}')")
            if row["type"].upper() == "TEXT"
        ]
    else:
        columns = [
            (row["table_name"], row["column_name"])
            for row in team.rows(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type = 'text' AND table_name NOT LIKE '\\_%'"
            )
        ]
    return {
        (table, column): json.dumps(
            [row[column] for row in team.rows(f"SELECT {column} FROM {table}")],
            ensure_ascii=False,
        ).casefold()
        for table, column in columns
    }


def told_in(team):
    """Return the columns in which the name, the words or a link stands."""
    return {place for place, text in texts_of(team).items() if any(each in text for each in THEIRS)}


def run(team, sql, **values):
    team.write(lambda tx: tx.run(sql, **values))


def heard(team, link=LINK, **facts):
    given = {"author": NAME, "title": f"Tidewiki lost my {SECRET}", "text": f"All of my {SECRET}.", "url": link}
    return team.hear(kind=Kind.COMPLAINT, **(given | {"keys": (link,), "thread_key": link} | facts))


def fill(team):
    """Have somebody stand everywhere but in the settings that are in force."""
    one, other = heard(team), heard(team, OTHER_LINK, keys=("forum:18",), thread_key="forum:18")
    bobs = team.hear(author="bob", title="Tidewiki is fine", thread_key="forum:bob", url="https://forum.example/t/bob")
    team.poll(a_post(author="bob", title="Re: Tidewiki", thread_key=LINK, parent_key=LINK))
    _improve(team, one)
    _say(team, one, bobs)
    _know(team, one, other)
    _listen(team)
    save = Page(filters=Filters(words=f"from {NAME}"))
    team.write(save_page, TEAM, "U2", save)
    report = {
        "line": {"author": NAME, "community": ANN.community, "text": SECRET, "url": LINK},
        "waiting": [{"url": OTHER_LINK, "title": f"my {SECRET}"}],
        "changed": [{"improvement_id": 1, "title": f"For {NAME}"}],
    }
    run(
        team,
        """INSERT INTO digest (workspace_id, period, report, created_at)
           VALUES (:here, '2026-W47', :report, '2026-11-18')""",
        here=TEAM,
        report=json.dumps(report),
    )
    return one, other, bobs


def _say(team, one, bobs):
    """Have it be said in drafts, in answers and beside them, of them and elsewhere."""
    team.press(Act.CLAIM, one, by="U2")
    drafts = [
        NewDraft(conversation_id=one, text=f"Dear {NAME}, poor {SECRET}!", by="U2", passed=(f"“{SECRET}” again",)),
        NewDraft(
            conversation_id=bobs, text=f"As @{NAME} says: {OTHER_LINK}.", by="U3", asks=True, passed=(OTHER_LINK,)
        ),
    ]
    kept = [team.write(save_draft, TEAM, new, at=NOW).draft for new in drafts]
    judged = {"workspace_id": TEAM, "by": "U4", "note": f"Ask u/{NAME}", "at": NOW}
    team.write(judge_draft, kept[1].id, Verdict.SEND_BACK, drawn=1, **judged)
    team.press(Act.ANSWERED, one, link=f"{LINK}/answer")
    run(team, "UPDATE said_in_public SET text = :said", said=f"Sorry for that, {NAME}")
    team.press(Act.SNOOZE, bobs, until=later(days=3), reason=f"@{NAME} wrote {OTHER_LINK}, too")
    run(team, "UPDATE conversation SET helper = :name WHERE id = :id", name=NAME, id=bobs)


def _improve(team, one):
    team.press(Act.REACT, one)
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    wanted = Wanted(
        title=f"For {NAME}", kind=ImprovementKind.FIX, channel="C9", tracker_url=f"https://x.example/{NAME}"
    )
    number = team.write(count_for_new, press, wanted, workspace_id=TEAM, at=NOW).conversation.improvement_id
    ship = ImprovementPress(
        act=ImprovementAct.SHIP, by="U2", at=NOW, drawn=1, note=f"{NAME} will like it", link=OTHER_LINK
    )
    team.write(press_improvement, number, ship, workspace_id=TEAM)


def _know(team, one, other):
    """Have somebody be known by name: labelled, muted, left unnamed, taken for one of us, and taught from."""
    team.write(label_person, TEAM, ["journalist"], community=ANN.community, author=NAME, by="U2", at=NOW)
    run(
        team,
        """INSERT INTO unlisted_person (workspace_id, community, author, unlisted_by, unlisted_at)
           VALUES (:here, 'forum.example', 'annika', 'U2', '2026-11-18')""",
        here=TEAM,
    )
    run(team, "INSERT INTO teammate (workspace_id, slack_user, name) VALUES (:here, 'U7', 'Kim')", here=TEAM)
    run(
        team,
        """INSERT INTO teammate_handle (workspace_id, community, handle, teammate_id)
           SELECT workspace_id, 'forum.example', 'annika', id FROM teammate WHERE slack_user = 'U7'""",
    )
    run(
        team,
        """INSERT INTO name_question (workspace_id, slack_user, community, name, asked_at)
           VALUES (:here, 'U7', 'forum.example', 'annika', '2026-11-18')""",
        here=TEAM,
    )
    card = team.card(other)
    [mention] = team.rows("SELECT id FROM mention WHERE conversation_id = :id", id=other)
    run(
        team,
        """UPDATE mention SET mood_words = :words, beside = :words, learned = :word, taught = :word, reason = :word,
             term = 'annika' WHERE id = :id""",
        words=json.dumps([SECRET]),
        word=f"“{SECRET}” is bad here",
        id=mention["id"],
    )
    reading = team.card(other).opening.reading
    drawn = team.conversation(other).version
    press = Press(act=Act.CORRECT, conversation_id=other, by="U2", drawn=drawn)
    bad = type(reading)(**{name: getattr(reading, name) for name in reading.__slots__} | {"mood": Mood.BAD})
    run(team, "UPDATE mention SET mood = 'good' WHERE id = :id", id=mention["id"])
    team.write(correct, press, bad, workspace_id=TEAM, at=NOW)
    run(
        team,
        """INSERT INTO learned_word (workspace_id, word, means, corrections)
           VALUES (:here, :word, 'bad', 3) ON CONFLICT DO NOTHING""",
        here=TEAM,
        word=SECRET,
    )
    run(
        team,
        "INSERT INTO beside_vote (watch_id, word, mention_id, is_us) VALUES (1, :word, :id, 0) ON CONFLICT DO NOTHING",
        word=SECRET,
        id=mention["id"],
    )
    run(
        team,
        """INSERT INTO learned_beside (workspace_id, watch_id, word, is_us, posts)
           VALUES (:here, 1, :word, 0, 3) ON CONFLICT DO NOTHING""",
        here=TEAM,
        word=SECRET,
    )
    assert card
    _mute(team, other)
    for table in ("thread_post", "team_post"):
        extra = ", 'T1', 'U2'" if table == "team_post" else ""
        names = ", workspace_id, slack_user" if table == "team_post" else ""
        run(
            team,
            f"""INSERT INTO {table} (thread_key, post_id{names}) SELECT '{LINK}', MIN(id){extra} FROM post""",
        )
    run(
        team,
        """INSERT INTO thread (thread_key, url, etag, last_modified, failures, reason, readable)
           VALUES (:key, :key, '', '', 0, '', 1)""",
        key=LINK,
    )


def _mute(team, other):
    run(
        team,
        """INSERT INTO mute (workspace_id, scope, value, muted_by, muted_at, ended_at)
           VALUES (:here, 'term', 'annika', 'U2', '2026-11-18', '2026-11-18')""",
        here=TEAM,
    )
    for scope in ("author", "conversation"):
        run(
            team,
            """INSERT INTO mute (workspace_id, scope, community, author, thread_key, muted_by, muted_at)
               VALUES (:here, :scope, 'forum.example', :author, :thread, 'U2', '2026-11-18')""",
            here=TEAM,
            scope=scope,
            author=NAME if scope == "author" else "",
            thread=LINK if scope == "conversation" else "",
        )


def _listen(team):
    """Have been listened for, in places of theirs, until somebody ended it."""
    words = (NAME,)
    terms = Terms(names=words, excluded=words, near=words, query=f"author:{NAME}")
    new = NewWatch(channel="C1", name=f"What {NAME} says", terms=terms, handles=words, site=f"{NAME}.example")
    watch = team.write(save_watch, TEAM, new, by="U2", at=NOW)
    places = [a_new_source(f"https://feeds.example/{NAME}", name=f"{NAME}'s posts")]
    team.write(listen_to, watch.id, places, interval_seconds=600, at=NOW)
    run(team, "UPDATE source SET moved_to = :url, last_error = :url WHERE url = :url", url=places[0].url)
    setup = team.write(begin_setup, watch.id, places, by="U2", at=NOW)
    team.write(settle_setup, setup, workspace_id=TEAM, chosen=frozenset(), interval_seconds=600, by="U2", at=NOW)
    run(
        team,
        """INSERT INTO trouble (source_id, kind, began_at, ended_at, detail)
           VALUES (1, 'broken', '2026-11-18', '2026-11-18', :said)""",
        said=f"no answer from feeds.example/{NAME}",
    )
    team.write(stop_watch, TEAM, watch.id, drawn=team.read(find_watch, watch.id).version, by="U2", at=NOW)
    team.write(save_theme, TEAM, Theme(name=f"The {NAME} way", phrases=(f"like {NAME}",)), by="U2", at=NOW)
    [theme] = team.read(themes_of, TEAM)
    team.write(end_theme, TEAM, theme, by="U2", at=NOW)


def forget(team):
    number = team.write(begin_to_forget, TEAM, ANN, by="U9", at=later(days=1))
    while team.write(forget_on):
        pass
    return number


def test_no_column_of_any_table_holds_somebody_who_was_forgotten(team):
    fill(team)
    told, all_places = told_in(team), set(texts_of(team))
    unfilled = {
        place
        for place in all_places - told - SETTINGS - WHILE_FORGETTING - NOT_OURS
        if place[1] not in NO_WORDS and not place[1].endswith(("_at", "_since", "_until"))
    }

    assert unfilled == set(), "fill these with the person, or say that they hold no words of anybody"
    forget(team)

    assert told_in(team) == set()
    assert not team.read(search_mentions, TEAM, SECRET, limit=5)
    assert not team.read(search_mentions, TEAM, NAME, limit=5)
    assert not team.read(is_forgetting)


def test_settings_in_force_stay_as_they_are_and_are_told_of(team):
    heard(team)
    terms = Terms(names=("tidewiki",), query=f"author:{NAME}")
    watch = team.write(save_watch, TEAM, NewWatch(channel="C1", name="Friends", terms=terms), by="U2", at=NOW)
    [place] = team.write(
        listen_to, watch.id, [a_new_source(f"https://{NAME}.example/feed")], interval_seconds=9, at=NOW
    )
    theme = Theme(name="Patches", phrases=(f"{NAME}'s patch",))
    team.write(save_theme, TEAM, theme, by="U2", at=NOW)
    team.write(label_person, TEAM, [f"Fans of {NAME}"], community="x", author="bob", by="U2", at=NOW)
    team.write(save_guide, TEAM, Guide(sounds_like=f"Nobody argues with {NAME}"), by="U2", at=NOW)
    team.write(save_community, TEAM, CommunityRules(community="x", wording=f"Ask {NAME}"), by="U2", at=NOW)
    run(team, "INSERT INTO teammate (workspace_id, slack_user, name) VALUES (:here, 'U7', 'Annika')", here=TEAM)
    noise = Entry(scope=MuteScope.TERM, value=NAME)
    team.write(add_noise, TEAM, [noise], by="U2", at=NOW)
    before = texts_of(team)
    named = team.read(settings_naming, ANN)
    forget(team)

    assert [(each.kind, each.name) for each in named] == [
        (SettingKind.WATCH, "Friends"),
        (SettingKind.THEME, "Patches"),
        (SettingKind.LABEL, f"Fans of {NAME}"),
        (SettingKind.NOISE, NAME),
        (SettingKind.TEAMMATE, "Annika"),
        (SettingKind.VOICE, ""),
        (SettingKind.PLACE, "The forum"),
    ]
    assert team.read(settings_naming, ANN) == named
    after = texts_of(team)
    for table, column in (("watch", "query"), ("theme", "phrases"), ("source", "url"), ("mute", "value"), *SETTINGS):
        assert after[table, column] == before[table, column]
    [line] = team.rows(
        "SELECT after_facts FROM history WHERE object = 'watch' AND act = 'save' ORDER BY id DESC LIMIT 1"
    )
    assert NAME in line["after_facts"]
    assert place


def test_what_was_changed_before_leaves_the_history_of_the_settings(team):
    heard(team)
    for phrases in ((f"{NAME}'s patch", "patch"), ("patch",)):
        known = {each.name: each for each in team.read(themes_of, TEAM)}.get("Patches", Theme(name="", phrases=()))
        theme = Theme(id=known.id, version=known.version, name="Patches", phrases=phrases)
        team.write(save_theme, TEAM, theme, by="U2", at=NOW)
    forget(team)

    assert told_in(team) == set()


def test_voice_labels_and_noise_that_named_them_leave_the_history_once_they_are_others(team):
    heard(team)
    named = Guide(sounds_like=f"As {NAME} would", banned=(f"{NAME} says",), disclosing=(f"with {NAME}",))
    rules = CommunityRules(community="x", wording=f"Ask {NAME}")
    noise = Entry(scope=MuteScope.TERM, value=f"{NAME} shop")
    [place] = team.rows("SELECT id FROM source")
    for version, (guide, wording, listed, labels) in enumerate(
        [(named, rules.wording, [noise], [f"Fans of @{NAME}"]), (Guide(), "", [], [])]
    ):
        team.write(save_guide, TEAM, replace(guide, version=version), by="U2", at=NOW)
        team.write(save_community, TEAM, replace(rules, wording=wording, version=version), by="U2", at=NOW)
        drawn = team.read(find_noise, TEAM, now=NOW).version
        team.write(save_noise, TEAM, listed, drawn=drawn, by="U2", at=NOW)
        team.write(label_person, TEAM, labels, community="x", author="bob", by="U2", at=NOW)
        team.write(label_source, TEAM, labels, source_id=place["id"], by="U2", at=NOW)
    [label] = team.rows("SELECT id FROM label")
    team.write(drop_label, TEAM, label["id"], by="U2", at=NOW)
    assert {("history", "before_facts"), ("history", "after_facts")} <= told_in(team)
    forget(team)

    assert told_in(team) == set()


def test_who_helped_what_was_passed_over_and_where_we_listened_leave_the_history(team):
    heard(team, OTHER_LINK, keys=("forum:18",), thread_key="forum:18")
    bobs = team.hear(author="bob", thread_key="forum:bob")
    team.write(save_draft, TEAM, NewDraft(conversation_id=bobs, text="Hi", by="U3", passed=(OTHER_LINK,)), at=NOW)
    thread = "discourse:forum.example/7"
    in_thread = {"community": ANN.community, "thread_key": thread, "title": ""}
    asked = team.hear(key=thread, author="bob", text="Does Tidewiki print?", published_at=NOW, **in_thread)
    for minutes, author, text in ((10, NAME, "Look at the menu."), (20, "bob", "Thanks, that did the trick!")):
        at = later(minutes=minutes)
        post = a_post(author=author, text=text, parent_key=thread, published_at=at, **in_thread)
        team.poll(post, sightings=[], at=at)
    assert team.conversation(asked).reply.helper == NAME
    watch = team.write(
        save_watch, TEAM, NewWatch(channel="C1", name="Friends", terms=Terms(names=("tidewiki",))), by="U2", at=NOW
    )
    place = a_new_source("https://feeds.example/1", name=f"{NAME}'s posts")
    [source_id] = team.write(listen_to, watch.id, [place], interval_seconds=600, at=NOW)
    told = {"said_from": f"https://feeds.example/{NAME}", "said_to": "https://feeds.example/2"}
    team.write(move_source, team.read(find_source, source_id), told["said_to"], **told, at=NOW)
    team.write(leave_place, TEAM, watch_id=watch.id, source_id=source_id, by="U2", at=NOW)
    forget(team)

    assert told_in(team) == set()


def test_what_is_changed_afterwards_leaves_the_history_once_they_are_forgotten_again(team):
    heard(team)
    team.write(save_theme, TEAM, Theme(name="Patches", phrases=(f"{NAME}'s patch", "patch")), by="U2", at=NOW)
    forget(team)
    [named] = team.read(themes_of, TEAM)
    theme = Theme(id=named.id, version=named.version, name="Patches", phrases=("patch",))
    team.write(save_theme, TEAM, theme, by="U2", at=NOW)
    assert told_in(team) == {("history", "before_facts"), ("history", "after_facts")}
    forget(team)

    assert told_in(team) == set()
    assert forget(team) is None


@pytest.mark.parametrize("name", ["react", "owed", "none", "fix", "complaint", "forum.example", "U2", "C1"])
def test_a_name_that_is_also_a_word_of_ours_breaks_nothing(team, name):
    one = heard(team, author=name)
    team.press(Act.REACT, one)
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    wanted = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel="C9")
    team.write(count_for_new, press, wanted, workspace_id=TEAM, at=NOW)
    before = team.conversation(one)
    number = team.write(forget_whole, TEAM, Person("forum.example", name), by="U9", at=later(days=1))

    after = team.conversation(one)
    assert (after.tag, after.tagged_by, after.reply, after.improvement_id) == (
        before.tag,
        before.tagged_by,
        before.reply,
        before.improvement_id,
    )
    assert team.card(one).opening.stored.post.author == name_of(number)


def test_a_colleague_or_a_word_of_the_same_name_stays_in_notes_about_others(team):
    heard(team)
    bobs = team.hear(author="bob", thread_key="forum:bob")
    team.press(Act.SNOOZE, bobs, until=later(days=3), reason="Annika of sales asks bob, not @annika")
    forget(team)

    assert team.conversation(bobs).snooze.reason == "Annika of sales asks bob, not forgotten person 1"


def test_broken_off_at_any_step_it_goes_on_where_it_was(team):
    fill(team)
    team.write(begin_to_forget, TEAM, ANN, by="U9", at=later(days=1))
    for _ in range(5):
        team.write(forget_on)

        with pytest.raises(RuntimeError):
            team.write(_and_die)
    while team.write(forget_on):
        pass

    assert told_in(team) == set()
    acts = team.rows("SELECT object_id FROM history WHERE act = 'forget' AND object = 'conversation'")
    assert len(acts) == len({row["object_id"] for row in acts})


def test_who_is_being_forgotten_is_not_forgotten_a_second_time(team):
    heard(team)
    numbers = [team.write(begin_to_forget, TEAM, ANN, by="U9", at=later(days=1)) for _ in range(2)]
    while team.write(forget_on):
        pass

    assert numbers == [1, 1]
    assert len(team.rows("SELECT id FROM history WHERE object = 'person' AND act = 'forget'")) == 1


def _and_die(tx):
    forget_on(tx)
    raise RuntimeError("the machine stops here")
