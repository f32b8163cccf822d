"""A handful of *Not us* puts a handful of posts aside, until somebody has answered for those."""

from itertools import count

from builders import NOW, a_post, a_sighting, later

from engagement.conversations.press import Act

SAID = "3 of 3 posts with “moon” near “Apollo” were not us"
numbers = count(1)


def hear(team, *, sure=False, taught=SAID, watch=None, at=NOW):
    """Hear a post, which what was learned makes unsure unless told otherwise; return its conversation."""
    post = a_post(f"aside-{next(numbers)}")
    sighting = a_sighting(watch or team.watch, post, sure=sure, taught=taught, beside=("moon",))
    team.poll(post, sightings=[sighting], at=at)
    [row] = team.rows("SELECT id FROM conversation WHERE thread_key = :key", key=post.thread_key)
    return team.conversation(row["id"])


def teach(team, times=3):
    for _ in range(times):
        team.press(Act.NOT_US, hear(team, sure=True, taught="").id)


def put_aside(team, times, **facts):
    return [hear(team, **facts).unsure for _ in range(times)]


def test_no_more_posts_are_put_aside_than_taught_it_and_the_others_have_their_card_and_say_why(team):
    teach(team)

    assert put_aside(team, 5) == [True, True, True, False, False]

    shown = hear(team)
    assert team.card(shown.id).opening.taught == f"shown although {SAID}: 3 like it wait for an answer"
    assert team.rows("SELECT subject FROM message WHERE kind = 'card' AND subject = :id", id=str(shown.id))


def test_each_not_us_in_the_question_lets_it_put_more_aside(team):
    teach(team)
    waiting = [hear(team) for _ in range(3)]
    assert not hear(team).unsure

    for each in waiting[:2]:
        team.press(Act.NOT_US, each.id)

    assert put_aside(team, 5) == [True, True, True, True, False]


def test_all_posts_of_one_look_are_counted_one_after_the_other(team):
    teach(team)
    posts = [a_post(f"look-{number}") for number in range(6)]

    team.poll(*posts, sightings=[a_sighting(team.watch, post, sure=False, taught=SAID) for post in posts])

    assert team.rows("SELECT COUNT(*) AS n FROM conversation WHERE unsure = 1") == [{"n": 3}]


def test_what_the_rules_of_the_watch_make_unsure_is_asked_about_however_much_it_is(team):
    teach(team)

    assert put_aside(team, 6, taught="") == [True] * 6
    assert put_aside(team, 4) == [True, True, True, False]


def test_what_nobody_has_answered_for_a_week_counts_no_more(team):
    teach(team)
    assert put_aside(team, 3) == [True] * 3
    assert not hear(team, at=later(days=6)).unsure
    assert put_aside(team, 4, at=later(days=8)) == [True, True, True, False]


def test_each_watch_puts_aside_what_it_was_taught(team):
    teach(team)
    other = team.add_watch("Apollo")

    assert put_aside(team, 2, watch=other) == [False, False]


def test_a_post_that_was_shown_teaches_like_any_other(team):
    teach(team)
    put_aside(team, 3)
    shown = hear(team)

    team.press(Act.NOT_US, shown.id)

    assert put_aside(team, 2) == [True, False]
