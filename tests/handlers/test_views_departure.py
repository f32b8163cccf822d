"""What is said of who has left, judged as Slack would judge it."""

from dataclasses import replace

import digest_samples
import pytest
import view_samples as sample

from engagement.team.departure import DEPARTURE_ROWS, Departure
from handlers.views.team.departure import draw_departure

FREE, TAKEN = digest_samples.a_waiting(1), digest_samples.a_waiting(2, reply=sample.claimed())
ANSWERED = digest_samples.a_waiting(3, reply=sample.answered())
GONE = Departure(slack_user="U0SAM", heir="", promised=3, rows=(FREE, TAKEN, ANSWERED))
MESSAGES = {
    "departure": draw_departure(GONE),
    "departure-one": draw_departure(replace(GONE, promised=1, rows=(FREE,))),
    "departure-barred": draw_departure(replace(GONE, promised=1, rows=(FREE,), barred="U0SUPPORT")),
    "departure-heir": draw_departure(replace(GONE, heir="U0SUPPORT", promised=1, rows=(TAKEN,))),
    "departure-many": draw_departure(replace(GONE, promised=9, rows=(FREE,) * DEPARTURE_ROWS)),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_departure_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


def test_slack_takes_it_with_the_nastiest_data():
    rows = digest_samples.a_nasty_digest().waiting[:1] * DEPARTURE_ROWS
    long = sample.NASTY * 40

    sample.assert_slack_takes(
        draw_departure(Departure(slack_user=long, heir=long, promised=10**9, rows=rows, barred=long))
    )
