"""Who takes over what somebody had promised."""

import pytest

from engagement.departure import heir_of


@pytest.mark.parametrize(
    ("cover", "cover_left", "heir"),
    [("U2", False, "U2"), ("", False, ""), ("U2", True, ""), ("U1", False, "")],
    ids=["their cover", "nobody covers", "the cover has left as well", "they cover for themselves"],
)
def test_promises_go_to_a_cover_who_is_still_here(cover, cover_left, heir):
    assert heir_of("U1", cover, cover_left=cover_left) == heir
