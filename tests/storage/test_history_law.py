"""A history is only ever added to, and what its lines say one after the other is what the row says now."""

import json
import re
from datetime import timedelta

from builders import NOW, ROOT, TEAM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.calm.calm import CalmWish, DeliveryWish
from engagement.conversations.press import Act
from engagement.sending.channels import Loss
from engagement.voice.draft import Roles
from engagement.voice.guide import Guide
from engagement.watch import Delivery, NewWatch, Outcome, Terms
from storage.calm.calm import find_calm, save_calm
from storage.listening.watch_changes import stop_watch
from storage.listening.watches import find_watch, save_watch
from storage.sending.channels import find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere
from storage.voice.guide import find_guide, find_roles, save_guide, save_roles

CHANNELS = ("C1", "C2", "C3")
DECISIONS = (
    Act.LISTEN,
    Act.INTERACT,
    Act.REACT,
    Act.NOT_US,
    Act.UNDO,
    Act.CLAIM,
    Act.HAND_BACK,
    Act.ANSWERED,
    Act.REOPEN,
)
# Which columns of which table the lines of these acts are about; the others are of the workspace's own row.
TABLES = {"voice": "voice_guide", "roles": "voice_roles"}

changes = st.lists(
    st.tuples(
        st.sampled_from(["save", "stop", "deliver", "elsewhere", "calm", "voice", "roles", *DECISIONS]),
        st.integers(0, 2),
    ),
    max_size=12,
)


def change(team, what, choice, at):
    """Do something as somebody in Slack would, whether or not it fits."""
    watch = team.read(find_watch, 1)
    match what:
        case "save":
            terms = Terms(names=("Tidewiki", f"name {choice}"))
            new = NewWatch(channel=CHANNELS[choice], name="Tidewiki", terms=terms, outcome=Outcome.SUPPORT)
            team.write(save_watch, TEAM, new, by="U1", at=at)
        case "stop":
            team.write(stop_watch, TEAM, 1, drawn=watch.version, by="U1", at=at)
        case "deliver" | "calm":
            calm = team.read(find_calm, TEAM)
            wishes = (DeliveryWish(watch_id=1, delivery=list(Delivery)[choice], drawn=watch.version),)
            wish = CalmWish(
                drawn=calm.version,
                urgent_channel=CHANNELS[choice],
                urgent_score=50,
                quiet=None,
                deliveries=wishes if what == "deliver" else (),
            )
            team.write(save_calm, TEAM, wish, by="U1", at=at)
        case "elsewhere":
            team.write(lose_channel, TEAM, watch.channel, Loss.GONE, at=at)
            [lost] = team.rows("SELECT id FROM lost_channel WHERE back_at IS NULL ORDER BY id LIMIT 1")
            team.write(post_elsewhere, team.read(find_lost_channel, lost["id"]), CHANNELS[choice], by="U1", at=at)
        case "voice":
            standing = team.read(find_guide, TEAM)
            team.write(save_guide, TEAM, Guide(longest=choice, version=standing.version), by="U1", at=at)
        case "roles":
            roles = Roles(speak=("U1", "U2")[:choice], version=team.read(find_roles, TEAM).version)
            team.write(save_roles, TEAM, roles, by="U1", at=at)
        case _:
            team.press(what, 1, at=at, link="https://forum.example/a")


def replayed(team, object_, number):
    """Return the facts of an object that its history makes, by the table that they are about."""
    facts = {}
    lines = team.rows(
        "SELECT * FROM history WHERE object = :object AND object_id = :number ORDER BY id",
        object=object_,
        number=number,
    )
    for line in lines:
        facts.setdefault(TABLES.get(line["act"], object_), {}).update(json.loads(line["after_facts"]))
    return facts


@given(changes)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_history_says_is_what_the_rows_say(new_team, changes):
    team = new_team()
    team.hear()
    for number, (what, choice) in enumerate(changes, start=1):
        change(team, what, choice, NOW + timedelta(minutes=number))

    for object_, number in (("watch", 1), ("workspace", 0), ("conversation", 1)):
        for table, facts in replayed(team, object_, number).items():
            key = "id" if table in ("watch", "conversation", "workspace") else "workspace_id"
            value = number or TEAM
            [row] = team.rows(f"SELECT * FROM {table} WHERE {key} = :value", value=value)  # noqa: S608 - our own tables
            assert {name: row[name] for name in facts if name in row} == {
                name: fact for name, fact in facts.items() if name in row
            }


def test_nothing_but_forgetting_a_person_ever_writes_a_line_anew():
    writes = re.compile(r"(UPDATE history\b|DELETE FROM history\b|INTO history\b)")
    found = {
        path.name: set(writes.findall(path.read_text(encoding="utf-8"))) for path in (ROOT / "storage").rglob("*.py")
    }

    assert {name: what for name, what in found.items() if what} == {
        "history.py": {"INTO history"},
        "forgotten_rows.py": {"UPDATE history"},
    }
