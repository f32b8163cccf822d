from builders import NOW, later

from engagement.team import Availability


def test_somebody_is_away_until_the_moment_they_are_back():
    away = Availability(slack_user="U1", away_until=later(days=1))

    assert away.is_away(NOW)
    assert not away.is_away(later(days=1))
    assert not Availability(slack_user="U1").is_away(NOW)
