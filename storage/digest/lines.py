"""The line of the week: a sentence of praise to quote."""

from collections.abc import Iterable, Sequence
from typing import Final

from engagement.digest.voices import Turned, Voice
from engagement.digest.week import Before, Line, line_of_the_week
from engagement.understanding.reading import Kind, Mood, Pillar
from storage.database import Tx
from storage.digest.bounds import Bounds
from storage.digest.unlisted import unlisted_of
from storage.digest.voices import SPOKEN, voice_from
from storage.digest.weeks import of_us

# So many words of praise are looked at for one to quote.
PRAISE_AT_MOST: Final = 30


def line_of(tx: Tx, bounds: Bounds, turned: Sequence[Turned]) -> Line | None:
    """Return a sentence of praise to quote, of nobody who should not be named.

    First of those who `turned`, having complained before; then the best liked that sounds good, else the newest.
    """
    unnamed = unlisted_of(tx, str(bounds["workspace_id"]))
    by_praise = {each.praise: each for each in turned}
    said = [voice for voice in (*by_praise, *_praise(tx, bounds)) if voice.person not in unnamed]
    return line_of_the_week(_lines(said, by_praise))


def _lines(said: Iterable[Voice], turned: dict[Voice, Turned]) -> Iterable[Line]:
    for voice in said:
        complaint = turned[voice].complaint if voice in turned else None
        yield Line(
            text=voice.text,
            author=voice.person.author,
            community=voice.person.community,
            url=voice.url,
            at=voice.at,
            before=Before(url=complaint.url, at=complaint.at) if complaint else None,
        )


def _praise(tx: Tx, bounds: Bounds) -> list[Voice]:
    rows = tx.all(
        f"""SELECT {SPOKEN.format(post="post")}, praise.kind, praise.noticed_at
            FROM (SELECT mention.id, mention.post_id, mention.kind, mention.noticed_at {of_us(bounds)}
              AND mention.kind = :praise AND mention.mood = :good AND mention.pillar = :by_users) AS praise
            JOIN post ON post.id = praise.post_id
            ORDER BY COALESCE(post.score, 0) DESC, praise.id DESC LIMIT :limit""",  # noqa: S608 - constants only
        praise=Kind.PRAISE.value,
        good=Mood.GOOD.value,
        by_users=Pillar.USER_INITIATED.value,
        limit=PRAISE_AT_MOST,
        **bounds,
    )
    return [voice_from(row) for row in rows]
