"""Alerts, as they stand in tests/data/views, judged as Slack would judge them."""

from dataclasses import replace
from datetime import timedelta

import pytest
import view_samples as sample

from engagement.calm.surge import Lead, Liked, Surge
from engagement.understanding.reading import Kind
from handlers.views.calm.alert import draw_alert

LONG = sample.NASTY * 40
BEGAN = sample.NOW - timedelta(minutes=40)
BUG = Lead(
    post=sample.a_post(title="All my pages are gone after 0.9.3", community="Hacker News", author="jorg", score=312),
    kind=Kind.BUG,
    mentions=14,
)
UNTITLED = Lead(post=sample.a_post(title="", text="Tidewiki ate my notes.", community="Mastodon"), kind=Kind.COMPLAINT)
NASTY = Lead(
    post=sample.a_post(title=LONG, community=LONG, author=LONG, url="https://x.example/" + "a&" * 150, score=10**9),
    kind=Kind.OTHER,
    mentions=10**9,
)
SURGE = Surge(watch="Tidewiki", began_at=BEGAN, usual=2.4, mentions=23, people=14, leading=(BUG, UNTITLED))
ALERTS = {
    "alert-surge": SURGE,
    "alert-surge-unusual": replace(SURGE, usual=0.02, mentions=8, people=8, leading=(BUG,)),
    "alert-surge-over": replace(SURGE, mentions=64, people=40, ended_at=sample.NOW),
    "alert-liked": Liked(watch="Tidewiki", lead=replace(BUG, mentions=1)),
    "alert-nasty": replace(SURGE, watch=LONG, usual=10.0**9, mentions=10**9, people=10**9, leading=(NASTY,) * 3),
    "alert-liked-nasty": Liked(watch=LONG, lead=NASTY),
}


@pytest.mark.parametrize("name", ALERTS)
def test_every_alert_looks_as_agreed_and_slack_takes_it(name, golden):
    drawn = draw_alert(ALERTS[name])

    golden(name, drawn)
    sample.assert_slack_takes(drawn)


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_pings_nobody(name):
    said = str(draw_alert(ALERTS[name]))

    assert not any(ping in said for ping in ("<!channel", "<!here", "<!everyone", "<@U"))
