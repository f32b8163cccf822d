"""When a place is asked next."""

from builders import NOW, a_source, later


def test_a_place_that_is_paused_is_asked_no_more():
    assert a_source(next_poll_at=later(hours=1)).asked_next_at == later(hours=1)
    assert a_source(next_poll_at=later(hours=1), paused_at=NOW).asked_next_at is None
