"""What came over the wire, as the rules of engagement know it."""

from collections.abc import Iterable
from dataclasses import replace

from xxhash import xxh3_128

from engagement.listening.hosts import HostSaid
from engagement.listening.polled import Answer, Failure
from engagement.listening.source import Source
from feeds.parsing.parsed import PARSER_VERSION, Parsed
from feeds.wire.fetched import Fetched, FetchFailed, NotModified
from feeds.wire.manners import Manners


def hash_of(community: str, fetched: Fetched) -> str:
    """Return what tells the body again, as long as it would be read in the same way, for the same community."""
    reading = f"{PARSER_VERSION}\0{community}\0{fetched.final_url}\0{fetched.content_type}\0"
    # A twentieth of the time of SHA-256; who has two of his bodies taken for one hides what he wrote himself.
    digest = xxh3_128(reading.encode("utf-8", "surrogatepass"))
    digest.update(fetched.body)
    return digest.hexdigest()


def answer_of_read(fetched: Fetched, body_hash: str, parsed: Parsed | None) -> Answer:
    """Return what a body said beside its posts; `parsed` is None where it is the same as before, and was not read."""
    return Answer(
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=body_hash,
        fresh_seconds=fetched.fresh_seconds,
        ttl_seconds=(parsed.ttl_seconds or 0) if parsed else None,
        permanent_url=fetched.permanent_url,
        marks=parsed.marks if parsed else None,
    )


def answer_of_unmodified(source: Source, result: NotModified) -> Answer:
    """Return what a 304 said: what was stored with the last body still holds."""
    return Answer(
        etag=source.etag,
        last_modified=source.last_modified,
        body_hash=source.body_hash,
        fresh_seconds=result.fresh_seconds,
        permanent_url=result.permanent_url,
    )


def failure_of(url: str, result: FetchFailed, manners: Manners) -> Failure:
    """Return why nothing was heard at `url`.

    Where its own public host asked us to slow down, the host waits and not the source.
    """
    host = manners.paced_host_of(url)
    host_waits = bool(host) and result.throttled and manners.paced_host_of(result.final_url or url) == host
    return Failure(
        reason=result.reason,
        cause=result.cause,
        retry_after_seconds=None if host_waits else result.retry_after_seconds,
        is_missing=result.missing,
        permanent_url=result.permanent_url,
    )


def said_by(url: str, result: Fetched | NotModified | FetchFailed, manners: Manners) -> list[HostSaid]:
    """Return what public hosts said about being asked: that of `url`, and the one where a redirect led, if any did.

    Nothing where no answer came: nobody knows whose fault it was.
    """
    failure = result if isinstance(result, FetchFailed) else None
    if failure and failure.unreachable:
        return []
    asked = answering = manners.paced_host_of(url)
    if result.final_url not in ("", url):
        answering = manners.paced_host_of(result.final_url)
    said = [HostSaid(host=asked, usual_gap_seconds=manners.gap_of(asked))] if asked and asked != answering else []
    if answering:
        said.append(
            HostSaid(
                host=answering,
                usual_gap_seconds=manners.gap_of(answering),
                allowance=result.allowance,
                is_refusal=failure is not None and failure.throttled,
                retry_after_seconds=failure.retry_after_seconds if failure else None,
            )
        )
    return said


def pausing(said: Iterable[HostSaid], host: str, *, seconds: int) -> list[HostSaid]:
    """Return what hosts said, where `host` also asked, in the body of its answer, to be left alone for so long."""
    return [replace(each, pause_seconds=seconds) if each.host == host else each for each in said]
