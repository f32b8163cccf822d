"""What we changed, as the digest tells it."""

from dataclasses import replace

import digest_samples
import pytest
import view_samples as sample

from engagement.improvements.asked_for import Changed
from handlers.views.digest.changes import what_we_changed
from handlers.views.digest.digest import draw_digest
from sandbox.pressing import words_of

CHANGED = Changed(
    improvement_id=5,
    title="Dark mode in print",
    url="https://tidewiki.example/news/print",
    shipped_at=sample.WRITTEN,
    people=7,
    seconds=80 * 24 * 3600,
    told=3,
    untold=4,
)
LONG = sample.NASTY * 40


def with_changes(*changed, unimproved=0, **facts):
    return replace(digest_samples.a_digest(), changed=changed, unimproved=unimproved, **facts)


def words(*changed, **facts):
    return words_of(what_we_changed(with_changes(*changed, **facts)))


MESSAGES = {
    "digest-changes": draw_digest(with_changes(CHANGED, unimproved=6)),
    "digest-changes-quiet": draw_digest(with_changes(CHANGED, waiting=(), more_waiting=0)),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_digest_tells_what_changed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "11 weeks after the first of 7 people asked. 3 were told, 4 not yet."),
        ({"told": 1, "untold": 1, "people": 2}, "of 2 people asked. 1 was told, 1 not yet."),
        ({"told": 0, "untold": 1, "people": 1}, "11 weeks after 1 person asked. 0 were told, 1 not yet."),
        ({"untold": 0}, "asked. All who can be reached were told."),
        ({"told": 0, "untold": 0}, "the first of 7 people asked."),
        ({"seconds": None, "told": 0, "untold": 0}, "shipped on Sunday; nobody had asked."),
    ],
    ids=["some told", "one told", "one asked", "all told", "nobody within reach", "nobody asked"],
)
def test_how_long_it_took_and_who_knows_of_it(facts, said):
    assert said in words(replace(CHANGED, **facts))


def test_the_people_still_to_be_told_are_one_press_away():
    told = what_we_changed(with_changes(replace(CHANGED, untold=0)))
    untold = what_we_changed(with_changes(CHANGED))

    assert "accessory" not in told[0]
    assert untold[0]["accessory"]["text"]["text"] == "Show the 4 people"


def test_nothing_is_said_where_nothing_changed():
    assert what_we_changed(with_changes()) == []


@pytest.mark.parametrize(
    ("unimproved", "said"),
    [
        (1, "1 conversation tagged *React* has no improvement yet: see *Everything* in my Home"),
        (6, "6 conversations tagged *React* have no improvement yet: see *Everything* in my Home"),
    ],
)
def test_what_was_reacted_to_without_an_improvement_is_counted(unimproved, said):
    assert words(unimproved=unimproved) == said


def test_many_changes_are_a_number_and_themes_give_way_where_slack_would_not_take_the_nastiest_data():
    nasty = replace(CHANGED, title=LONG, url="https://example.org/" + "%20&" * 300)
    message = draw_digest(replace(digest_samples.a_nasty_digest(), changed=(nasty,) * 9, unimproved=10**6))

    sample.assert_slack_takes(message)
    assert len(message.blocks) <= 18
    assert "and 8 more that shipped" in words_of(message.blocks)
    # The thread tells them in full.
    assert "What we heard" not in words_of(message.blocks)
