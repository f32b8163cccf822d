"""A history is only ever added to, and what its lines say one after the other is what the rows say now."""

import re
from datetime import timedelta

import pytest
from builders import NOW, ROOT, TEAM, a_new_source, a_schedule
from forgetting import forget_whole
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from engagement.calm.calm import CalmWish, DeliveryWish
from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act
from engagement.digest.voices import Person
from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.improvements.themes import Theme
from engagement.records.retelling import retell
from engagement.sending.channels import Loss
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind
from engagement.voice.draft import Roles
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule
from engagement.watch import Delivery, NewWatch, Outcome, Terms
from engagement.workspace import DigestWish, QuietHours
from handlers.views.home.changes import DEEDS
from storage.calm.calm import find_calm, save_calm
from storage.calm.mutes import add_mute
from storage.calm.muting import unmute
from storage.database import Engine
from storage.digest.unlisted import list_again, unlist
from storage.improvements.theme_decisions import decide_theme
from storage.improvements.themes import end_theme, import_theme, save_theme, themes_of
from storage.listening.listening import add_places, leave_place
from storage.listening.moves import move_source
from storage.listening.sources import all_sources
from storage.listening.watch_changes import change_watch, stop_watch
from storage.listening.watches import save_watch, watches_of
from storage.records.history import LISTS, changes_of_settings, line_from
from storage.sending.channels import find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere
from storage.stamps import load_list
from storage.team.absences import come_back, go_away
from storage.team.labels import drop_label, label_person, label_source
from storage.team.leaving import come_back as sit_down_again
from storage.team.leaving import leave
from storage.team.teammates import save_teammate
from storage.voice.guide import find_guide, find_roles, save_community, save_guide, save_roles
from storage.workspaces import asking_workspace, set_digest

CHANNELS = ["C1", "C2", "C3"]
PEOPLE = ["U1", "U2", "UFINN"]
NAMES = ["Tidewiki", "Harbour"]
COMMUNITIES = ["forum.example", "r/selfhosted"]
AUTHORS = ["pat", "sam"]
LABELS = ["journalist", "Customer", "customer"]
ADDRESSES = [f"https://forum.example/{number}" for number in range(3)]
DECISIONS = [
    Act.LISTEN,
    Act.INTERACT,
    Act.REACT,
    Act.NOT_US,
    Act.UNDO,
    Act.CLAIM,
    Act.HAND_BACK,
    Act.ANSWERED,
    Act.REOPEN,
]
WANTED = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel="C2")
PERSON = st.sampled_from(PEOPLE)
CHOICE = st.integers(0, 2)
# By what the lines are about: the table, and what names the row there.
TABLES = {
    "watch": ("watch", "id"),
    "theme": ("theme", "id"),
    "mute": ("mute", "id"),
    "teammate": ("teammate", "id"),
    "conversation": ("conversation", "id"),
    "improvement": ("improvement", "id"),
    "workspace": ("workspace", "id"),
    "voice guide": ("voice_guide", "workspace_id"),
    "roles": ("voice_roles", "workspace_id"),
    "community": ("voice_community", "folded"),
}
# What people decide of each, so that no column is forgotten in a line.
DECIDED = {
    "watch": "name channel names excluded near query handles site outcome delivery target_minutes stopped_at",
    "theme": "name phrases improvement_id ended_at",
    "mute": "scope community author value watch_id until ended_at",
    "voice guide": "sounds_like banned disclosure disclosing longest links hard",
    "community": "community longest links promotion wording approval",
    "roles": "speak approve configure approved",
}
IS_LIST = LISTS | {"phrases"}


class Changes(RuleBasedStateMachine):
    """A team that changes everything that can be changed, in no order at all."""

    def __init__(self):
        super().__init__()
        self.team = self.make()
        self.now = NOW

    @initialize()
    def begin(self):
        self.team.hear(author="pat")
        self.team.hear(key="two", author="sam", community="r/selfhosted")
        # Perhaps the same story as the first, and nobody waits in it.
        self.team.hear(key="three", author="kim", community="Wiki Weekly", kind=Kind.NEWS)
        self.team.db.transact(lambda tx: tx.run("UPDATE conversation SET alike_to = 1 WHERE id = 3"))
        # What the tests' own team listens to was never joined by anybody.
        team, source = self.team, self.team.source
        self.write(leave_place, TEAM, watch_id=team.watch.id, source_id=source.id, by="U1")
        self.write(save_teammate, TEAM, Teammate(slack_user="U1", name="Maya"), by="U1", interval_seconds=600)

    def write(self, fn, *args, **kwargs):
        self.now += timedelta(minutes=1)
        return self.team.write(fn, *args, **kwargs, at=self.now)

    # ---- what is listened for, and where ---------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), choice=CHOICE, by=PERSON)
    def somebody_saves_a_watch(self, name, choice, by):
        terms = Terms(names=(name, f"name {choice}"), excluded=("tides",)[:choice], near=("wiki",)[:choice])
        new = NewWatch(channel=CHANNELS[choice], name=name, terms=terms, outcome=list(Outcome)[choice])
        watch = next((each for each in self.watches() if each.name == name), None)
        if watch and choice:
            self.write(change_watch, TEAM, watch.id, new, drawn=watch.version, by=by)
        else:
            self.write(save_watch, TEAM, new, by="")

    @rule(choice=CHOICE, by=PERSON)
    def somebody_stops_one(self, choice, by):
        if watch := self.any_of(self.watches(), choice):
            self.write(stop_watch, TEAM, watch.id, drawn=watch.version, by=by)

    @rule(choice=CHOICE, places=st.lists(st.sampled_from(ADDRESSES), unique=True), by=PERSON)
    def somebody_adds_places(self, choice, places, by):
        if watch := self.any_of(self.watches(), choice):
            self.write(add_places, watch, [a_new_source(each) for each in places], interval_seconds=600, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_leaves_a_place(self, choice, by):
        rows = self.team.rows("SELECT watch_id, source_id FROM watch_source ORDER BY watch_id, source_id")
        if row := self.any_of(rows, choice):
            self.write(leave_place, TEAM, **row, by=by)

    @rule(choice=CHOICE)
    def a_place_moves_to_where_another_is(self, choice):
        sources = [each for each in self.team.read(all_sources) if each.url in ADDRESSES]
        if source := self.any_of(sources, choice):
            self.write(move_source, source, ADDRESSES[choice], said_from="there", said_to="here")

    # ---- how it comes, and how we speak ----------------------------------------------------------------------------

    @rule(choice=CHOICE, delivers=st.booleans(), by=PERSON)
    def somebody_calms_it(self, choice, delivers, by):
        calm = self.team.read(find_calm, TEAM)
        wishes = [
            DeliveryWish(watch_id=each.id, delivery=list(Delivery)[choice], drawn=each.version) for each in calm.watches
        ]
        wish = CalmWish(
            drawn=calm.version,
            urgent_channel=CHANNELS[choice],
            urgent_score=50 + choice,
            quiet=QuietHours(from_hour=20, to_hour=choice) if choice else None,
            deliveries=tuple(wishes) if delivers else (),
        )
        self.write(save_calm, TEAM, wish, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_moves_the_digest(self, choice, by):
        drawn = self.team.read(asking_workspace, TEAM).digest_version
        wish = DigestWish(drawn=drawn, schedule=a_schedule(weekday=choice, hour=7), channel=CHANNELS[choice])
        self.write(set_digest, TEAM, wish, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def a_channel_is_lost(self, choice, by):
        if watch := self.any_of(self.watches(), choice):
            self.write(lose_channel, TEAM, watch.channel, Loss.GONE)
            [lost] = self.team.rows("SELECT id FROM lost_channel WHERE back_at IS NULL ORDER BY id LIMIT 1")
            self.write(post_elsewhere, self.team.read(find_lost_channel, lost["id"]), CHANNELS[choice], by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_edits_the_guide(self, choice, by):
        guide = Guide(
            sounds_like="We say I.\nWe thank.",
            banned=("cheap", "so-called")[:choice],
            disclosure=list(Disclosure)[choice],
            longest=choice or None,
            hard=frozenset(list(Rule)[:choice]),
            version=self.team.read(find_guide, TEAM).version,
        )
        self.write(save_guide, TEAM, guide, by=by)

    @rule(community=st.sampled_from(["r/Selfhosted", *COMMUNITIES]), choice=CHOICE, by=PERSON)
    def somebody_edits_the_rules_of_a_community(self, community, choice, by):
        standing = self.team.read(find_guide, TEAM).communities
        own = [each.version for each in standing if each.community.casefold() == community.casefold()]
        rules = CommunityRules(
            community=community,
            links=choice or None,
            promotion=list(Promotion)[choice],
            approval=bool(choice),
            late_days=choice or None,
            version=own[0] if own else 0,
        )
        self.write(save_community, TEAM, rules, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_says_who_may(self, choice, by):
        version = self.team.read(find_roles, TEAM).version
        roles = Roles(speak=tuple(PEOPLE[:choice]), approved=frozenset(range(choice)), version=version)
        self.write(save_roles, TEAM, roles, by=by)

    # ---- themes, labels, mutes -------------------------------------------------------------------------------------

    @rule(choice=CHOICE, name=st.sampled_from(["Lost history", "lost History", "Umlauts"]), by=PERSON)
    def somebody_saves_a_theme(self, choice, name, by):
        phrases = tuple(f"phrase {number}" for number in range(choice + 1))
        standing = self.any_of(self.team.read(themes_of, TEAM), choice) if choice else None
        drawn = {"id": standing.id, "version": standing.version} if standing else {}
        self.write(save_theme, TEAM, Theme(name=name, phrases=phrases, **drawn), by=by)

    @rule(choice=CHOICE)
    def a_theme_is_imported(self, choice):
        self.write(import_theme, TEAM, Theme(name="Umlauts", phrases=(f"umlaut {choice}",)))

    @rule(choice=CHOICE, by=PERSON)
    def somebody_ends_a_theme(self, choice, by):
        if theme := self.any_of(self.team.read(themes_of, TEAM), choice):
            self.write(end_theme, TEAM, theme, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_decides_about_a_theme(self, choice, by):
        if theme := self.any_of(self.team.read(themes_of, TEAM), choice):
            self.write(decide_theme, TEAM, theme.id, WANTED, drawn=theme.version, by=by)

    @rule(author=st.sampled_from(AUTHORS), labels=st.lists(st.sampled_from(LABELS)), by=PERSON)
    def somebody_labels_a_person_and_a_place(self, author, labels, by):
        self.write(label_person, TEAM, labels, community="forum.example", author=author, by=by)
        self.write(label_source, TEAM, labels[1:], source_id=self.team.source.id, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_drops_a_label(self, choice, by):
        if row := self.any_of(self.team.rows("SELECT id FROM label ORDER BY id"), choice):
            self.write(drop_label, TEAM, row["id"], by=by)

    @rule(scope=st.sampled_from(MuteScope), author=st.sampled_from(AUTHORS), days=CHOICE, by=PERSON)
    def somebody_mutes(self, scope, author, days, by):
        until = self.now + timedelta(days=days) if days else None
        # As it is spelt there, or as somebody typed it for everywhere.
        where = {"community": "forum.example", "author": author} if days else {"author": f"@{author.upper()}"}
        what = {"thread_key": f"thread of {author}", "value": author}
        self.write(add_mute, TEAM, scope, **where, **what, until=until, by=by)

    @rule(choice=CHOICE, by=PERSON)
    def somebody_takes_a_mute_back(self, choice, by):
        if row := self.any_of(self.team.rows("SELECT id FROM mute WHERE ended_at IS NULL ORDER BY id"), choice):
            self.write(unmute, TEAM, row["id"], by=by)

    # ---- people ----------------------------------------------------------------------------------------------------

    @rule(who=PERSON, communities=st.lists(st.sampled_from(COMMUNITIES), unique=True), by=PERSON)
    def somebody_is_called_that(self, who, communities, by):
        # By a name of nobody who may be forgotten.
        handles = tuple(Handle(community=each, name="tide") for each in communities)
        mate = Teammate(slack_user=who, name="Maya", handles=handles)
        self.write(save_teammate, TEAM, mate, by=by, interval_seconds=600)

    @rule(who=PERSON, cover=st.sampled_from(["", *PEOPLE]), is_back=st.booleans())
    def somebody_goes_away(self, who, cover, is_back):
        if is_back:
            self.write(come_back, TEAM, who)
        else:
            self.write(go_away, TEAM, who, until=self.now + timedelta(days=3), cover=cover)

    @rule(who=PERSON, is_back=st.booleans())
    def somebody_leaves(self, who, is_back):
        self.write(sit_down_again if is_back else leave, TEAM, who)

    @rule(author=st.sampled_from(AUTHORS), is_named=st.booleans(), by=PERSON)
    def somebody_is_not_to_be_named(self, author, is_named, by):
        self.write(list_again if is_named else unlist, TEAM, Person("forum.example", author), by=by)

    @rule(author=st.sampled_from(AUTHORS), by=PERSON)
    def somebody_is_forgotten(self, author, by):
        self.write(forget_whole, TEAM, Person("forum.example", author), by=by)

    @rule(act=st.sampled_from(DECISIONS), by=PERSON)
    def somebody_decides(self, act, by):
        self.now += timedelta(minutes=1)
        self.team.press(act, 1, by=by, at=self.now, link="https://forum.example/a")

    @rule(act=st.sampled_from([Act.TOGETHER, Act.APART, Act.LISTEN, Act.UNDO]), by=PERSON)
    def somebody_places_a_copy(self, act, by):
        self.now += timedelta(minutes=1)
        self.team.press(act, 3, by=by, at=self.now, into=1)

    # ---- the law ---------------------------------------------------------------------------------------------------

    def teardown(self):
        lines = self.team.rows("SELECT * FROM history WHERE workspace_id = :team ORDER BY id", team=TEAM)
        told = retell(line_from(line) for line in lines)
        for (what, which), facts in told.facts.items():
            if what in TABLES:
                self.facts_are_those_of_the_row(what, which, facts)
        changes = self.team.read(changes_of_settings, TEAM, limit=len(lines) or 1)
        assert {(each.object, each.act) for each in changes} <= DEEDS.keys(), "people read what has words"
        self.places_are_those_listened_to(told)
        self.labels_are_those_given(told)
        self.names_are_those_of_the_team(told)
        unnamed = self.team.rows("SELECT community, author FROM unlisted_person")
        assert told.unnamed == {Person(**row) for row in unnamed}
        for table in ("watch", "theme", "mute"):
            rows = self.team.rows(f"SELECT id FROM {table}")
            assert {key for what, key in told.facts if what == table} == {str(row["id"]) for row in rows}

    def facts_are_those_of_the_row(self, what, which, facts):
        table, key = TABLES[what]
        value = TEAM if key == "workspace_id" or what == "workspace" else which if key == "folded" else int(which)
        [row] = self.team.rows(f"SELECT * FROM {table} WHERE {key} = :value", value=value)
        row = {name: list(load_list(fact)) if name in IS_LIST else fact for name, fact in row.items()}
        decided = DECIDED.get(what, "").split()
        assert set(decided) <= facts.keys()
        told = {name: fact for name, fact in facts.items() if name in row}
        assert {name: row[name] for name in told} == told

    def places_are_those_listened_to(self, told):
        rows = self.team.rows("SELECT watch_id, source_id FROM watch_source")
        pairs = {(watch, source) for watch, sources in told.places.items() for source in sources}
        assert pairs == {(row["watch_id"], row["source_id"]) for row in rows}

    def labels_are_those_given(self, told):
        on_people = self.team.rows(
            "SELECT community, author, name FROM person_label JOIN label ON label.id = person_label.label_id"
        )
        pairs = {(*person, label) for person, labels in told.person_labels.items() for label in labels}
        assert pairs == {(row["community"], row["author"], row["name"]) for row in on_people}
        on_places = self.team.rows("SELECT source_id, name FROM source_label JOIN label ON label.id = label_id")
        pairs = {(source, label) for source, labels in told.source_labels.items() for label in labels}
        assert pairs == {(row["source_id"], row["name"]) for row in on_places}

    def names_are_those_of_the_team(self, told):
        for mate in self.team.rows("SELECT * FROM teammate"):
            rows = self.team.rows("SELECT * FROM teammate_handle WHERE teammate_id = :id", id=mate["id"])
            facts = told.facts[("teammate", str(mate["id"]))]
            assert set(facts.get("handles", [])) == {f"{row['community']}: {row['handle']}" for row in rows}
            said = (facts.get("away_until"), facts.get("cover", ""), facts.get("left_at"))
            assert said == (mate["away_until"], mate["cover"], mate["left_at"])

    # ---- helpers ---------------------------------------------------------------------------------------------------

    def watches(self):
        return self.team.read(watches_of, TEAM)

    @staticmethod
    def any_of(listed, choice):
        return listed[choice % len(listed)] if listed else None


def test_what_the_history_says_is_what_the_rows_say(new_team_anywhere):
    Changes.make = staticmethod(new_team_anywhere)
    # The same walks each time: to look for new ones, take the seed away and let it walk for an hour.
    walks = settings(
        max_examples=25,
        stateful_step_count=40,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Changes, settings=walks)


def test_nothing_but_forgetting_a_person_ever_writes_a_line_anew():
    writes = re.compile(r"(UPDATE history\b|DELETE FROM history\b|INTO history\b)")
    found = {
        path.name: set(writes.findall(path.read_text(encoding="utf-8"))) for path in (ROOT / "storage").rglob("*.py")
    }

    assert {name: what for name, what in found.items() if what} == {
        "history.py": {"INTO history"},
        "forgotten_rows.py": {"UPDATE history"},
    }


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM history",
        "UPDATE history SET after_facts = '{}'",
        "UPDATE history SET after_facts = '{}', forgotten_id = 1, actor = 'U9'",
        "UPDATE history SET at = '2026-01-01T00:00:00.000Z', forgotten_id = 1",
        "UPDATE history SET after_facts = '{}', forgotten_id = 99",
        "INSERT OR REPLACE INTO history SELECT * FROM history",
        "TRUNCATE history",
    ],
    ids=["delete", "rewrite", "somebody else did it", "another time", "for nobody", "replace", "truncate"],
)
def test_the_database_lets_nobody_change_or_delete_a_line(team, tampering):
    has = {"REPLACE": Engine.SQLITE, "TRUNCATE": Engine.POSTGRES}
    if any(word in tampering and team.read(lambda tx: tx.engine) is not engine for word, engine in has.items()):
        pytest.skip("this database has no such statement")
    team.hear(author="pat")
    team.write(forget_whole, TEAM, Person("forum.example", "pat"), by="U1", at=NOW)
    before = team.rows("SELECT * FROM history ORDER BY id")

    with pytest.raises(Exception, match=r"(?i)only ever added to|foreign key"):
        team.db.transact(lambda tx: tx.run(tampering))

    assert team.rows("SELECT * FROM history ORDER BY id") == before


def test_a_line_says_for_whom_it_was_written_anew(team):
    for number, author in enumerate(("pat", "sam"), start=1):
        team.hear(key=author, author=author)
        team.write(label_person, TEAM, ["kind"], community="forum.example", author=author, by="U1", at=NOW)
        team.write(forget_whole, TEAM, Person("forum.example", author), by="U1", at=NOW)
        labelled = team.rows("SELECT * FROM history WHERE act = 'label' ORDER BY id")
        assert [row["forgotten_id"] for row in labelled] == list(range(1, number + 1))
        assert author not in str(labelled)


def test_a_mute_that_ends_as_its_person_is_forgotten_has_a_line_of_it(team):
    team.hear(author="pat")
    team.write(add_mute, TEAM, MuteScope.AUTHOR, author="@PAT", until=None, by="U1", at=NOW)
    team.write(forget_whole, TEAM, Person("forum.example", "pat"), by="U1", at=NOW)

    lines = team.rows("SELECT * FROM history WHERE object = 'mute' ORDER BY id")
    [mute] = team.rows("SELECT author, ended_at FROM mute")
    told = retell(line_from(line) for line in lines).facts[("mute", "1")]
    assert mute["ended_at"]
    assert {name: told[name] for name in mute} == mute
    assert [(line["act"], line["actor"]) for line in lines] == [("mute", "U1"), ("unmute", "")]
