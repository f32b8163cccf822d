"""What entries, meetings and lists look like is asked of texts that nobody chose: they must not take long."""

import time

import pytest

from triage.occasions import (
    ENDS_IN_LIST,
    FIRST_PERSON,
    IN_PASSING,
    POINTS_TO,
    SAYS_NO_I,
    SEEKS_WORK,
    WHO_COMES,
    asks_about_meeting,
    is_invitation,
    is_meeting,
)
from triage.of_us.pages import PROFILE_TITLE, is_entry

# Long beside what we read of a post, so that anything that grows with the square would take seconds.
LONG = 20_000


@pytest.mark.parametrize(
    "bit", ["1.", "1,", "a.", "a, ", ", a", "_", "\u00b7a", "(@a ", "link ", "[a ", " ", "seller: "]
)
@pytest.mark.parametrize(
    "asked",
    [
        is_entry,
        is_meeting,
        asks_about_meeting,
        is_invitation,
        *(one.search for one in (FIRST_PERSON, IN_PASSING, POINTS_TO, PROFILE_TITLE, SEEKS_WORK, WHO_COMES)),
    ],
    ids=[
        "entry",
        "meeting",
        "asks about it",
        "invitation",
        "first person",
        "in passing",
        "points",
        "profile",
        "work",
        "who comes",
    ],
)
def test_a_text_that_only_begins_like_one_again_and_again_takes_no_time(asked, bit):
    began = time.process_time()

    asked((bit * LONG)[:LONG])

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("words", "is_list"),
    [
        ("Tools: jq, ripgrep, Tidewiki", True),
        ("fish, htop, zoxide, and Tidewiki ", True),
        ("Tidewiki, jq and others", True),
        ("jq, Tidewiki", False),
        ("jq, ripgrep, Tidewiki!", False),
    ],
)
def test_three_names_with_commas_at_the_end_are_a_list(words, is_list):
    assert bool(ENDS_IN_LIST.search(words)) is is_list


@pytest.mark.parametrize(
    "words",
    [
        "Tidewiki breakfast in Turku, 4 May, bring a friend and soup",
        "Wiki meetup Oslo #7, pizza included",
        "Find us at BoatCon, stand B4",
        "Tidewiki workshop, every second Thursday",
        "Come along to the hackathon, rsvp by Friday",
        "BoatConf is back in Turku in May",
        "Webinar tomorrow, sign up now",
    ],
)
def test_who_says_when_and_where_asks_people_to_come(words):
    assert is_meeting(words)
    assert is_invitation(words)


@pytest.mark.parametrize(
    "words",
    [
        "Slides of the Tidewiki workshop of 4 May",
        "I gave a talk on Tidewiki at the Oslo meetup, 4 May",
        "Live from the Tidewiki booth at BoatCon",
        "Packed room at the Tidewiki workshop",
    ],
)
def test_who_tells_of_a_meeting_asks_nobody_to_come(words):
    assert is_meeting(words)
    assert not is_invitation(words)


@pytest.mark.parametrize(
    "words",
    [
        "Will the Turku workshop be recorded?",
        "Is the venue of the Oslo meetup step-free?",
        "Are there tickets left for BoatConf?",
        "Did somebody find my scarf? I left a blue one at the Tidewiki booth",
        "Who gives the keynote, and is it streamed?",
        "Will the talks of Tidewiki Day be put online?",
        "Who else is going to the hackathon on Friday?",
        "Where can I watch the talks of the last meetup?",
        "Is the BoatConf party open to everyone?",
        "Who is speaking at BoatConf?",
        "Can I come to the community call without an account?",
    ],
)
def test_how_a_meeting_is_held_is_asked_of_who_holds_it(words):
    assert asks_about_meeting(words, ("Tidewiki",))


@pytest.mark.parametrize(
    "words",
    [
        "Does the plugin list meetups by day?",
        "Where do I find the recording of my workshop?",
        "Are tickets synced with Tidewiki?",
        "Is a day in Tidewiki a page?",
    ],
)
def test_who_asks_how_something_works_does_not_ask_about_a_meeting(words):
    assert not asks_about_meeting(words, ("Tidewiki",))


@pytest.mark.parametrize(
    ("words", "meets"),
    [
        ("Notes of Tidewiki Day in Turku", True),
        ("Two days at Tidewiki Conf", True),
        ("All day in Tidewiki, at home", False),
        ("Tidewiki at sea, by Mia, BoatDays Turku 2030", True),
        ("Recap: Tidewiki Day Turku", True),
        ("Notes from BoatConf", True),
        ("Photos from the Turku meetup", True),
        ("Home with my #boatcon haul: two Tidewiki mugs", True),
        ("Two Tidewiki socks and a sticker", False),
        ("Speaking about wikis at #boatcon on Friday", True),
        ("The Tidewiki booth has waffles, go now", True),
    ],
)
def test_a_day_is_a_meeting_where_it_has_a_name(words, meets):
    assert is_meeting(words, ("Tidewiki",)) is meets


@pytest.mark.parametrize(
    ("words", "meets"),
    [
        ("Spare ticket for TideConf, free to a good home", True),
        ("Two tickets for TideConf Ghent", True),
        ("Tidewiki community day: the call for talks is open", True),
        ("The user group was fun, thanks to all who came", True),
        ("WikiDays Leuven: workshops by many", True),
        ("A ticket for the search is open", False),
    ],
)
def test_tickets_calls_and_thanks_belong_to_a_meeting(words, meets):
    assert is_meeting(words) is meets


@pytest.mark.parametrize(
    "words",
    [
        "Will the webinar be recorded?",
        "tidewiki user group, who is coming on Thursday?",
        "are the slides from the community day anywhere?",
        "Will the TideConf keynote be on YouTube?",
        "who else is going to TideConf?",
    ],
)
def test_who_comes_and_what_is_left_of_it_is_asked_about_a_meeting(words):
    assert asks_about_meeting(words, ["Tidewiki"])


@pytest.mark.parametrize(
    "words",
    [
        "WikiPorto 31: talks, pizza paid by Tidewiki",
        "Tidewiki user group: March meetup",
        "WikiDays: workshops by three",
    ],
)
def test_what_announces_a_meeting_asks_people_to_come(words):
    assert is_invitation(words)


@pytest.mark.parametrize(
    ("words", "passing"),
    [
        ("The state of wikis 2026", True),
        ("What 2,000 writers told us", True),
        ("survey results from 300 schools", True),
        ("Our university course uses Tidewiki", True),
        ("tidewiki 4.1 has landed in Alpine testing", True),
        ("Now in nixpkgs: tidewiki", True),
        ("My home lab tour 2026", True),
        ("Listening to the founders of Tidewiki", True),
        ("Tidewiki has landed in my heart", False),
        ("The state of my pages is sad", False),
    ],
)
def test_reports_courses_and_packages_name_us_in_passing(words, passing):
    assert bool(IN_PASSING.search(words)) is passing


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        ("Moved forty pages to Tidewiki over the weekend", True),
        ("Paying customer for three years", True),
        ("Unpopular opinion: pages are enough", True),
        ("Six months with Tidewiki", True),
        ("Just switched the whole school", True),
        ("Pages, tables and a move", False),
        ("Movers of the year", False),
    ],
)
def test_a_title_may_leave_out_the_i(title, tells):
    assert bool(SAYS_NO_I.match(title)) is tells


@pytest.mark.parametrize("words", ["Looking for a new job: Go, Tidewiki, tea", "open to work, five years of Tidewiki"])
def test_who_seeks_work_asks_nothing_of_us(words):
    assert SEEKS_WORK.search(words)
    assert not SEEKS_WORK.search("Looking for a wiki that works")


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("See the manual: https://tidewiki.example/depth", True),
        ("Related: https://tidewiki.example/depth", True),
        ("Have a look at https://tidewiki.example", True),
        ("I see no https://tidewiki.example", False),
        ("See you at the harbour", False),
    ],
)
def test_who_only_points_to_a_page_asks_nothing(words, points):
    assert bool(POINTS_TO.match(words)) is points
