"""What a channel is told of places that are not heard well."""

from dataclasses import replace
from datetime import timedelta

import pytest
import view_samples as sample

from engagement.listening.telling import Ailment
from engagement.listening.trouble import Trouble
from handlers.views.listening.trouble import draw_trouble, recovery, sentence


def an_ailment(kind, *, place="r/devops", detail="", over=False):
    return Ailment(
        source_id=sum(map(ord, place)),
        place=place,
        kind=kind,
        began_at=sample.NOW - timedelta(hours=7),
        ended_at=sample.NOW if over else None,
        detail=detail,
    )


DEAF = an_ailment(Trouble.DEAF, place="")
ONE_OF_EACH = [
    an_ailment(Trouble.BROKEN, place="The old forum", detail="nobody answers at this address"),
    an_ailment(Trouble.CLOSED, place="fosstodon.org #tidewiki", detail="the place wants us to log in (401)"),
    an_ailment(Trouble.THROTTLED, detail="Reddit asks us to slow down (429)"),
    an_ailment(Trouble.GONE, place="Wave notes"),
    an_ailment(Trouble.SILENT, place="Tidewiki blog"),
    an_ailment(Trouble.OVERFLOWING, place="Google News"),
    an_ailment(Trouble.CHURNING, place="Harbour press"),
]
MESSAGES = {
    "trouble-each": ONE_OF_EACH,
    "trouble-one": ONE_OF_EACH[:1],
    "trouble-over": [replace(each, ended_at=sample.NOW) for each in ONE_OF_EACH[:2]],
    "trouble-both": [ONE_OF_EACH[0], replace(ONE_OF_EACH[4], ended_at=sample.NOW)],
    "trouble-deaf": [DEAF],
    "trouble-deaf-over": [replace(DEAF, ended_at=sample.NOW)],
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_of_trouble_looks_as_agreed_and_slack_takes_it(name, golden):
    drawn = draw_trouble(MESSAGES[name], command="/ears")
    golden(name, drawn)
    sample.assert_slack_takes(drawn)


@pytest.mark.parametrize("count", [1, 9, 40])
def test_slack_takes_the_nastiest_places_however_many(count):
    nasty = sample.NASTY * 40
    begun = [an_ailment(kind, place=nasty, detail=nasty) for kind in Trouble] * count
    sample.assert_slack_takes(
        draw_trouble([*begun, *(replace(each, ended_at=sample.NOW) for each in begun)], command="/ears")
    )


@pytest.mark.parametrize("kind", Trouble)
def test_every_trouble_has_a_sentence_and_a_good_end(kind):
    assert sentence(an_ailment(kind, detail="why")).endswith((".", "?"))
    assert recovery(an_ailment(kind, over=True)).endswith(".")
