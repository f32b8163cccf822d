"""Whether two posts tell the same story, as triage says: what storage is given to put copies together with."""

from typing import Final

from engagement.conversations.stories import Alike, Beside, Marks, Telling
from engagement.post import Post


def _marks_of(post: Post) -> Marks:
    from triage.story import marks_of  # noqa: PLC0415 - a poll without a mention needs none of what compares

    return marks_of(post)


def _alike(later: Post, first: Post) -> Alike:
    from triage.story import alike  # noqa: PLC0415 - as above

    return alike(later, first)


def _beside(later: Post, first: Post) -> Beside:
    from triage.story import beside  # noqa: PLC0415 - as above

    return beside(later, first)


TELLING: Final = Telling(marks_of=_marks_of, alike=_alike, beside=_beside)
