"""What a later post of a thread says to whoever follows it: that its author was helped, or asks something."""

from engagement.post import Post
from engagement.understanding.reading import OURS_TO_ANSWER, Saying
from triage.kind import is_question_in, kind_of
from triage.plain import parts_of
from triage.talk import AUTOMATIC, NOT_YET, PLEAS, SOLVED, THANKS, WISHES

THANKS_AT_MOST = 400
"""Characters of a word of thanks: whoever writes more says more than that they were helped."""


def saying_of(post: Post) -> Saying:
    """Return what `post` says in its thread.

    Thanks are told with precision before recall, because they end somebody's waiting: a phrase that says it ("that
    fixed it", "thanks"), in few words, without a question, a wish, a "but", or a "will try".
    """
    prose = "\n".join(filter(None, parts_of(post)))
    if AUTOMATIC.find(prose):
        return Saying.AUTOMATIC
    if _says_that_it_helped(prose):
        return Saying.THANKS
    return Saying.ASKS if kind_of(post).kind in OURS_TO_ANSWER else Saying.NOTHING


def _says_that_it_helped(prose: str) -> bool:
    if len(prose) > THANKS_AT_MOST or not (SOLVED.find_meant(prose) or THANKS.find_meant(prose)):
        return False
    more = (phrases.find(prose) for phrases in (NOT_YET, PLEAS, WISHES))
    return not any(more) and not is_question_in(prose)
