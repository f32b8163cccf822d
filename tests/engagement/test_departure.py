"""Who takes over what somebody had promised."""

import pytest

from engagement.departure import heir_of


@pytest.mark.parametrize(
    ("cover", "cover_is_gone", "heir"),
    [("U2", False, "U2"), ("", False, ""), ("U2", True, ""), ("U1", False, "")],
    ids=["their cover", "nobody covers", "the cover is gone as well", "they cover for themselves"],
)
def test_promises_go_to_a_cover_who_is_here(cover, cover_is_gone, heir):
    assert heir_of("U1", cover, cover_is_gone=cover_is_gone) == heir
