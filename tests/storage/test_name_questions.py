"""What people were asked about their names."""

from builders import NOW, TEAM, later

from storage.team.name_questions import NameQuestion, ask, author_of_post, find_question, settle_question


def test_somebody_is_asked_once_in_each_community_also_if_they_never_answer(team):
    first = team.write(ask, TEAM, "U1", community="Reddit", at=NOW)

    assert team.write(ask, TEAM, "U1", community="Reddit", at=later(days=9)) is None
    assert team.write(ask, TEAM, "U1", community="Lobsters", at=NOW)
    assert team.write(ask, TEAM, "U1", community="Reddit", name="u/pat", at=NOW)
    assert team.write(ask, TEAM, "U2", community="Reddit", at=NOW)
    assert team.read(find_question, TEAM, "U1", first) == NameQuestion(id=first, slack_user="U1", community="Reddit")


def test_a_question_is_its_persons_alone(team):
    number = team.write(ask, TEAM, "U1", community="Reddit", at=NOW)

    assert team.read(find_question, TEAM, "U2", number) is None
    assert team.read(find_question, "T0OTHER", "U1", number) is None


def test_it_is_noted_when_a_question_was_answered(team):
    number = team.write(ask, TEAM, "U1", community="Reddit", at=NOW)
    team.write(settle_question, number, at=later(minutes=1))

    assert team.rows("SELECT answered_at IS NULL AS unanswered FROM name_question")[0]["unanswered"] == 0


def test_a_post_that_we_have_says_who_wrote_it(team):
    team.hear(key="reddit:t1_abc", author="u/pat", community="r/selfhosted")
    team.hear(key="nobody", author="")

    assert team.read(author_of_post, "reddit:t1_abc") == ("r/selfhosted", "u/pat")
    assert team.read(author_of_post, "nobody") is None
    assert team.read(author_of_post, "unknown") is None
