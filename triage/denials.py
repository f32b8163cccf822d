"""How often a headline says that something is not so."""

import re
from typing import Final

_SAYS_NOT = """
    not no never none nobody nothing neither nor without cannot aint untrue untruth false falsely fake hoax myth debunk
    debunks debunked debunking deny denies denied denying denial denials refute refutes refuted refuting rebut rebuts
    rebutted reject rejects rejected rejecting dispute disputes disputed disputing disprove disproves disproved retract
    retracts retracted retraction
"""
_SAYS_NOT_WORDS: Final = frozenset(_SAYS_NOT.split())
# "isn't" without its marks, or as people type it without them.
_SHORT_NOT = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|could|should|must|need)n ?t\b",
)


def denials_in(bare: str) -> int:
    """Return how many words of a bare headline turn around or deny what it says."""
    return sum(word in _SAYS_NOT_WORDS for word in bare.split()) + len(_SHORT_NOT.findall(bare))
