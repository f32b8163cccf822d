"""A digest of a week in which everything happened, which is read in a minute all the same."""

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import digest_samples
import pytest
import view_samples as sample
from test_views_digest_changes import CHANGED
from test_views_labels import WEEKS
from theme_samples import themes_heard

from engagement.listing import DIGEST_LABELS, Check
from handlers.sending.plain_text import in_plain_text
from handlers.views.digest.digest import draw_digest
from handlers.views.digest.marked_up import Reader
from sandbox.pressing import words_of

ADDRESS = re.compile(r" \(https?://[^)]*\)")
ROWS = tuple(digest_samples.a_waiting(number) for number in range(1, 6))
FULL = digest_samples.a_digest(
    waiting=ROWS,
    checks=tuple(
        Check(conversation_id=row.conversation_id, reason="GitHub asks us to slow down (429)") for row in ROWS
    ),
    more_waiting=8,
    oldest_more=sample.NOW - timedelta(days=9),
    our_threads=(
        digest_samples.a_thread(),
        digest_samples.a_thread(replies=1, without_word=1),
        *digest_samples.silent_threads(),
    ),
    changed=(CHANGED,) * 3,
    unimproved=6,
    themes=themes_heard(),
    labels=(WEEKS * DIGEST_LABELS)[:DIGEST_LABELS],
    **digest_samples.helped_and_unseen(),
)


def test_the_fullest_week_is_read_in_a_minute(golden):
    message = draw_digest(FULL)

    golden("digest-full", message)
    sample.assert_slack_takes(message)
    assert len(message.blocks) <= 18
    # About three thousand, of which five rows that could not be looked at are three hundred.
    assert len(ADDRESS.sub("", in_plain_text(message, Reader(zone=ZoneInfo("UTC"))))) <= 3_200


def test_a_week_with_room_tells_two_changes_and_a_full_one_the_latest():
    roomy, full = draw_digest(replace(FULL, themes=())), draw_digest(FULL)

    assert (len(roomy.blocks), len(full.blocks)) == (18, 18)
    assert words_of(roomy.blocks).count("*What we changed*\n") == 1
    assert words_of(roomy.blocks).count("Dark mode in print") == 2 * words_of(full.blocks).count("Dark mode in print")
    assert "and 1 more that shipped" in words_of(roomy.blocks)
    assert "and 2 more that shipped" in words_of(full.blocks)


@pytest.mark.parametrize(("more", "said"), [(8, "3 still waiting (6), and 10 from before"), (0, "and 2 from before")])
def test_who_waits_from_weeks_before_is_told_apart_from_the_week(more, said):
    assert said in words_of(draw_digest(digest_samples.a_digest(waiting=ROWS, more_waiting=more)).blocks)


def test_where_all_who_wait_are_of_the_week_nobody_is_from_before():
    assert "from before" not in words_of(draw_digest(replace(FULL, waiting=ROWS[:3], more_waiting=0)).blocks)
