"""Who waits for us before anybody has decided."""

import pytest
from builders import a_reading

from engagement.understanding.reading import Kind, Pillar


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("pillar", Pillar)
def test_ours_to_answer_is_what_a_user_asks_or_complains_of_and_never_praise(kind, pillar):
    asks = kind in (Kind.QUESTION, Kind.HELP, Kind.BUG, Kind.COMPLAINT, Kind.WISH)

    assert a_reading(kind, pillar=pillar).ours_to_answer == (asks and pillar is Pillar.USER_INITIATED)
