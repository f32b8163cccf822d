"""What the lines of a history come to: the latest facts of each thing, and sets that are added to and taken from."""

from builders import NOW

from engagement.digest.voices import Person
from engagement.records.forgotten import name_of
from engagement.records.history import Line
from engagement.records.retelling import retell

PAT = {"community": "r/selfhosted", "author": "pat"}
PERSON = Person(**PAT)


def line(object_, act, number=1, *, before=None, after=None):
    return Line(id=1, object=object_, number=number, act=act, by="U1", at=NOW, before=before or {}, after=after or {})


def test_the_latest_word_on_each_fact_counts_and_what_is_not_said_stays():
    told = retell(
        [
            line("watch", "save", after={"name": "Tidewiki", "channel": "C1"}),
            line("watch", "post elsewhere", after={"channel": "C2"}),
            line("watch", "save", 2, after={"name": "Harbour"}),
        ]
    )

    assert told.facts == {
        ("watch", "1"): {"name": "Tidewiki", "channel": "C2"},
        ("watch", "2"): {"name": "Harbour"},
    }


def test_the_settings_of_a_workspace_are_several_things():
    told = retell(
        [
            line("workspace", "digest", 0, after={"zone": "UTC"}),
            line("workspace", "calm", 0, after={"urgent_score": 50}),
            line("workspace", "voice", 0, after={"links": 1}),
            line("workspace", "roles", 0, after={"speak": ["U1"]}),
            line("workspace", "community voice", 0, after={"name": "r/Wiki", "links": 1}),
            line("workspace", "community voice", 0, after={"name": "r/wiki", "links": 2}),
        ]
    )

    assert told.facts == {
        ("workspace", ""): {"zone": "UTC", "urgent_score": 50},
        ("voice guide", ""): {"links": 1},
        ("roles", ""): {"speak": ["U1"]},
        ("community", "r/wiki"): {"name": "r/wiki", "links": 2},
    }


def test_places_are_joined_left_moved_and_given_up_with_the_watch():
    joined = [
        line("watch", "add places", 1, after={"sources": [1, 2]}),
        line("watch", "add places", 2, after={"sources": [1]}),
    ]
    left = line("watch", "leave", 1, before={"place": "there", "sources": [1]})
    moved = line("watch", "move place", 1, before={"sources": [2]}, after={"sources": [3]})

    assert retell(joined).places == {1: {1, 2}, 2: {1}}
    assert retell([*joined, left]).places == {1: {2}, 2: {1}}
    assert retell([*joined, left, moved]).places == {1: {3}, 2: {1}}
    assert retell([*joined, line("watch", "stop", 2)]).places == {1: {1, 2}}
    assert retell([line("watch", "stop", 2)]).places == {}


def test_labels_are_those_given_last_until_one_is_dropped():
    given = [
        line("person", "label", 0, after=PAT | {"labels": ["old"]}),
        line("person", "label", 0, before=PAT | {"labels": ["old"]}, after=PAT | {"labels": ["kind", "shy"]}),
        line("source", "label", 7, after={"labels": ["kind"]}),
        line("source", "wake", 8),
    ]
    dropped = line("label", "label", 3, before={"labels": ["kind"]}, after={"labels": []})

    told = retell(given)
    assert (told.person_labels, told.source_labels) == ({PERSON: {"kind", "shy"}}, {7: {"kind"}})
    told = retell([*given, dropped])
    assert (told.person_labels, told.source_labels) == ({PERSON: {"shy"}}, {7: set()})


def test_who_is_forgotten_has_no_labels_and_stays_unnamed():
    who = {"community": "r/selfhosted", "author": name_of(4)}
    given = [
        line("person", "label", 0, after=who | {"labels": ["kind"]}),
        line("person", "label", 0, after=PAT | {"labels": ["shy"]}),
        line("person", "unlist", 0, after=who),
    ]

    told = retell([*given, line("person", "forget", 4, after={"posts": 2})])
    assert told.person_labels == {PERSON: {"shy"}}
    assert told.unnamed == {Person(**who)}


def test_who_is_named_again_is_named_as_everybody_is():
    taken_back = [line("person", "list again", 0, after=PAT), line("person", "unlist", 0, after=PAT)]

    assert retell(taken_back).unnamed == {PERSON}
    assert retell(reversed(taken_back)).unnamed == set()
