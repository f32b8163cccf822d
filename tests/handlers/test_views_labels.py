"""The forms of labels, judged as Slack would judge them."""

from dataclasses import replace

import digest_samples
import pytest
import view_samples as sample

from engagement.listing import DIGEST_LABELS
from engagement.team.labels import Labelled, LabelsHere, LabelWeek, as_label
from handlers.views.conversations.card import draw_card
from handlers.views.digest.digest import draw_digest
from handlers.views.team.labels import (
    drop_modal,
    labels_line,
    labels_modal,
    no_labels_modal,
    nothing_to_drop_modal,
    say_no_label,
)
from sandbox.blockkit import validate_view

NAMES = ("journalist", "paying customer", "our forum")
LABELS = [
    Labelled(id=1, name="journalist", people=3, places=1),
    Labelled(id=2, name="our forum", places=1),
    Labelled(id=3, name="paying customer"),
]
WEEKS = (LabelWeek(name="journalist", mentions=4, waiting=2), LabelWeek(name="our forum", mentions=1))
VIEWS = {
    "labels": labels_modal(
        7,
        3,
        NAMES,
        LabelsHere(person=("journalist",), place=("our forum",)),
        author="u/paperless_pat",
        place="r/selfhosted",
    ),
    "labels-unnamed": labels_modal(7, 0, NAMES, LabelsHere(), author="u/paperless_pat", place="", is_unnamed=True),
    "labels-first": labels_modal(7, 0, (), LabelsHere(), author="u/paperless_pat", place=""),
    "labels-nobody": no_labels_modal(),
    "labels-drop": drop_modal(LABELS),
    "labels-drop-nothing": nothing_to_drop_modal(),
}
MESSAGES = {
    "labels-unknown": say_no_label("jurnalist", NAMES),
    "labels-none": say_no_label("<!channel> *x*", ()),
    "digest-labels": draw_digest(digest_samples.a_digest(labels=WEEKS)),
    "digest-label": draw_digest(digest_samples.a_digest(label="journalist")),
    "digest-labels-quiet": draw_digest(replace(digest_samples.a_quiet_digest(), labels=WEEKS[1:])),
    "card-labelled": draw_card(sample.a_card(labels=LabelsHere(person=("journalist",), place=("our forum",)))),
}
LONG = sample.NASTY * 40
MANY = [as_label(f"{number} {LONG}") for number in range(150)]


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_of_labels_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_said_of_labels_looks_as_agreed(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


def test_slack_takes_a_hundred_and_fifty_labels_of_the_nastiest_names():
    here = LabelsHere(person=tuple(MANY[:120]), place=tuple(MANY[140:]))
    views = [
        labels_modal(10**17, 10**17, MANY, here, author=LONG, place=LONG),
        labels_modal(1, 1, MANY, LabelsHere(), author=" \N{RIGHT-TO-LEFT OVERRIDE}", place="\x00"),
        drop_modal([Labelled(id=number, name=name, people=10**9) for number, name in enumerate(MANY)]),
    ]

    assert [validate_view(view) for view in views] == [[], [], []]
    weeks = tuple(LabelWeek(name=name, mentions=10**9, waiting=10**9) for name in MANY[:DIGEST_LABELS])
    sample.assert_slack_takes(draw_digest(replace(digest_samples.a_nasty_digest(), labels=weeks)))
    sample.assert_slack_takes(draw_digest(replace(digest_samples.a_nasty_digest(), label=MANY[0])))
    sample.assert_slack_takes(say_no_label(LONG, MANY))
    sample.assert_slack_takes(draw_card(replace(sample.a_nasty_card(), labels=here)))


def test_a_label_of_both_the_person_and_the_place_stands_once_and_pings_nobody():
    line = labels_line(LabelsHere(person=("<!channel>", "ours"), place=("ours",)))

    assert line == "*&lt;!channel&gt;* and *ours*"
