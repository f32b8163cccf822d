from builders import a_post, later

from engagement.post import StoredPost
from engagement.understanding.replay import Judged, Verdict, replay


def judged(number, text, verdict=Verdict.NONE):
    stored = StoredPost(id=number, post=a_post(text=text, published_at=None), seen_at=later(minutes=number))
    return Judged(stored=stored, verdict=verdict)


def test_what_a_change_would_have_to_answer_for_comes_first():
    heard = [
        judged(1, "old", Verdict.NOT_US),
        judged(2, "old", Verdict.US),
        judged(3, "old"),
        judged(4, "old"),
        judged(5, "new", Verdict.US),
        judged(6, "new"),
        judged(7, "new", Verdict.NOT_US),
        judged(8, "old new"),
        judged(9, "neither"),
    ]

    found = replay(heard, lambda post: "old" in post.text, lambda post: "new" in post.text)

    assert (found.posts, found.before, found.after) == (9, 5, 4)
    assert [each.stored.id for each in found.lost] == [2, 4, 3, 1]
    assert [each.stored.id for each in found.gained] == [7, 6, 5]


def test_a_query_that_changes_nothing_gains_and_loses_nothing():
    found = replay([judged(1, "old")], lambda _: True, lambda _: True)

    assert (found.before, found.after, found.gained, found.lost) == (1, 1, (), ())
