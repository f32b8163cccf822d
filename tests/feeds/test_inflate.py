"""Bodies unpacked piece by piece, whatever the pieces, and known to be whole or not."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.wire.inflate import PIECE_BYTES, NotPackedError, unpacker_for

TEXT = b"Does Tidewiki keep history? " * 40_000
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    " GZIP ": gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]),
    "deflate": zlib.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
}


def unpacked(encoding, body, size=65_536):
    unpacker = unpacker_for(encoding)
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    pieces = [piece for chunk in chunks for piece in unpacker.pieces(chunk)]
    return b"".join(pieces), unpacker.is_whole(), max(map(len, pieces), default=0)


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("size", [7, 1_000, 65_536])
def test_what_was_packed_comes_out_whole_and_in_pieces_of_bounded_size(encoding, size):
    content, is_whole, longest = unpacked(encoding, PACKED[encoding], size)

    assert content == TEXT
    assert is_whole
    assert longest <= max(PIECE_BYTES, size)


def test_deflate_without_its_wrapping_is_read_as_well():
    packer = zlib.compressobj(wbits=-15)

    assert unpacked("deflate", packer.compress(TEXT) + packer.flush())[:2] == (TEXT, True)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_is_cut_short_gives_its_beginning_and_is_not_whole(encoding):
    content, is_whole, _ = unpacked(encoding, PACKED[encoding][:-9])

    assert TEXT.startswith(content)
    assert not is_whole


def test_padding_behind_the_end_is_no_content():
    assert unpacked("gzip", PACKED["gzip"] + bytes(600))[:2] == (TEXT, True)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_is_not_packed_as_it_says_is_an_error(encoding):
    with pytest.raises(NotPackedError, match="not packed"):
        unpacked(encoding, b"<rss></rss>")


def test_a_bomb_comes_in_pieces():
    bomb = gzip.compress(bytes(20_000_000))

    assert unpacked("gzip", bomb)[2] == PIECE_BYTES


@given(st.lists(st.binary(max_size=2_000), min_size=1, max_size=4), st.integers(1, 500))
def test_any_members_in_any_chunks_are_what_they_were(members, size):
    packed = b"".join(map(gzip.compress, members))

    assert unpacked("gzip", packed, size)[:2] == (b"".join(members), True)
