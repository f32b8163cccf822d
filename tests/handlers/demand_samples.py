"""Improvements and who asked for them, as the views draw them."""

from dataclasses import replace
from datetime import timedelta

import builders
from view_samples import NASTY, NOW, TAGGED

from engagement.improvements.asked_for import Asked, Demand, Told
from engagement.improvements.improvement import Improvement, ImprovementKind, ImprovementState, Wanted


def a_wanted(**facts: object) -> Wanted:
    given = {
        "title": "Keep history in backups",
        "kind": ImprovementKind.FIX,
        "channel": "C0PRODUCT",
        "owner": "U0PRODUCT",
        "tracker_url": "https://github.com/tidewiki/tidewiki/issues/7",
    }
    return Wanted(**(given | facts))


def an_improvement(state: ImprovementState = ImprovementState.PLANNED, **facts: object) -> Improvement:
    given = {
        "id": 5,
        "workspace_id": builders.TEAM,
        "wanted": a_wanted(),
        "created_by": "U0COMMUNITY",
        "created_at": TAGGED,
        "decided_by": "U0PRODUCT",
        "decided_at": NOW,
        "state": state,
        "version": 2,
    }
    return Improvement(**(given | facts))


def an_asked(number: int = 1, *, days_ago: int = 3, **facts: object) -> Asked:
    given = {
        "mention_id": number,
        "conversation_id": number,
        "community": "r/selfhosted" if number % 2 else "GitHub",
        "author": f"u/paperless_{number}",
        "title": "Does Tidewiki keep page history after a restore?",
        "url": f"https://www.reddit.com/r/selfhosted/comments/{number}/",
        "thread_key": f"reddit:{number}",
        "at": NOW - timedelta(days=days_ago),
    }
    return Asked(**(given | facts))


def a_demand(
    improvement: Improvement | None = None, *, people: int = 6, told: int = 0, out_of_reach: int = 0
) -> Demand:
    improvement = improvement or an_improvement()
    asked = tuple(an_asked(number, days_ago=11 * number) for number in range(1, people + 1))
    card = {"channel": "C0MENTIONS", "card_ts": "1795420800.000100"}
    telling = [Told(asked=each, owed_at=NOW, **card) for each in asked[out_of_reach:]]
    done = [replace(each, told_at=NOW, told_by="U0SUPPORT") for each in telling[:told]]
    return Demand(
        improvement=improvement,
        asked=asked,
        telling=(*done, *telling[told:]) if improvement.is_shipped else (),
    )


def a_nasty_demand(improvement: Improvement | None = None) -> Demand:
    long = NASTY * 40
    improvement = improvement or an_improvement()
    wanted = replace(improvement.wanted, title=long, tracker_url="https://example.org/" + "%20&" * 300)
    improvement = replace(improvement, wanted=wanted, note=long, link="https://example.org/" + "a" * 3_000)
    asked = tuple(
        an_asked(n, title=long, author=long, community=long + str(n), url="https://example.org/" + "%20&" * 300)
        for n in range(1, 30)
    )
    telling = tuple(Told(asked=each, owed_at=NOW, claimed_by=long) for each in asked)
    return Demand(improvement=improvement, asked=asked, telling=telling if improvement.is_shipped else ())
