import time

import pytest
from posts import a_post

from engagement.understanding.reading import Kind
from triage.kind import kind_of


@pytest.mark.parametrize(
    "text",
    [
        "The new editor makes it a chore to paste a table",
        "Version 4 made the history impossible to read",
        "There is no way to hide old pages",
        "Drafts, comments, history, and no way to switch them off",
        "Comments cannot be turned off",
        "Opening a page takes eight seconds on a fast laptop",
        "Tidewiki needs 14 clicks to delete one page",
        "It took about twenty minutes to find a page",
        "Support replied after two weeks with a template",
        "Tidewiki bills us for guests who never logged in",
        "We were charged twice for one wiki",
        "Paying for ten editors, getting four. Anyone else?",
        "Opted out twice, still mails me every morning",
        "The app is two years behind the web version",
        "Half the examples are for another version",
        "Lovely until you need more than 100 rows",
        "Thanks for nothing, Tidewiki",
        "The free plan now went from fifty pages to five",
        "Tidewiki uploads your drafts to a third party",
        "It trains its model on your pages",
        "Tidewiki wants a phone number before it shows a price",
        "Nobody at Tidewiki has looked at my ticket since spring",
        "Costs more than my rent",
        "Tidewiki ate two hours of my notes",
        "It logged everybody out on exam day",
        "Sorting pages feels like wading through mud",
        "Cancelling takes six clicks and a letter",
        "Week three of waiting for a reply",
        "Staring at a spinner since breakfast",
        "My import has been pending for six days",
        "Lost 40 pages of notes because two tabs were open",
        "Our school is on a blocklist again",
        "I deleted it last year. My pages are still public",
        "Our bill crept from $20 to $95",
        "Paid for ten editors, can use two",
        "Four years and still no footnotes",
        "It mailed me my password in plain text",
        "No history below the enterprise plan",
        "Half my morning goes to reloading pages",
        "Status page: all green",
        "Another week, another login loop",
        "Whoever designed the sidebar must hate sidebars",
        "It wants owner rights over all my folders",
        "I have to pay to export my own notes",
        "They sunset the free plan",
        "The guide to tables is wrong in two places",
    ],
)
def test_a_harm_that_is_told_as_a_fact_is_a_complaint(text):
    assert kind_of(a_post(text)).kind is Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "Takes ten minutes to set up",
        "It only takes two minutes to find a page",
        "We are charged by the page",
        "The free plan has five pages",
        "There is a way to hide old pages",
        "Tidewiki uploads pages to your own server",
        "Works until midnight",
        "Our bill went from $95 to $20",
        "Cancelling took one click",
        "Two years and still fast",
        "Whoever designed the sidebar deserves a cake",
        "It has been running for six years",
    ],
)
def test_what_harms_nobody_is_no_complaint(text):
    assert kind_of(a_post(text)).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "Agent does not reconnect after sleep",
        "The sample config does not parse",
        "Docs: the code for tables does not run",
        'Typo on the install page: "direcotry"',
        "Dead link in the footer",
        "Selected text is white on white",
        "Undo shows the wrong page",
        "The clock is one hour behind",
        "Long titles are cut off",
        "The save button does nothing",
        "Sync never finishes on a train",
        "[Bug] Tables on a phone",
        "Pasting twice deletes the first row",
        "Printing gives me empty pages",
    ],
)
def test_what_does_not_do_what_it_should_is_a_bug(text):
    assert kind_of(a_post(title=text)).kind is Kind.BUG


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sync stopped after I renamed a page", Kind.HELP),
        ("All links are broken since we moved to another domain", Kind.HELP),
        ("Sync stopped after the update", Kind.BUG),
        ("Charged twice since we changed plans", Kind.COMPLAINT),
    ],
)
def test_who_knows_what_they_did_before_it_broke_asks_for_help(text, kind):
    assert kind_of(a_post(text)).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Why do I need a call to learn what it costs?",
        "Why do we have to talk to somebody just to cancel?",
        "why must i restart it to see a new page",
        "Why does Tidewiki send me fourteen mails for one comment",
        "Why does it take four menus to rename a page?",
        "why am I still paying for this",
        "Why is it so hard to reach a person?",
    ],
)
def test_a_why_that_nobody_can_answer_is_a_complaint(text):
    assert kind_of(a_post(text)).kind is Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "Why does my page load at home but not at school",
        "Why do I need a token?",
        "Why does it send two mails?",
        "Why is it so quiet here?",
    ],
)
def test_a_why_that_somebody_can_answer_is_a_question(text):
    assert kind_of(a_post(text)).kind is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "I never got the confirmation mail",
        "The reset link never arrives",
        "Did not receive a verification code",
        "Broke my phone, and the authenticator with it",
        "We lost access to our wiki",
        "My invite says expired, now what",
        "Sign-in codes do not come through",
        "Confirmation mails for new pupils never arrived",
        "Is the wiki slow again or is it just me",
        "so who else's pages are down",
        "My wiki is empty, what did I do wrong",
    ],
)
def test_who_cannot_get_in_asks_for_help(text):
    assert kind_of(a_post(text)).kind is Kind.HELP


@pytest.mark.parametrize(
    "piece",
    [
        *("why does it send me ", "takes one two ", "your own your own ", "makes it ", "cancelling a ", "my a b c d "),
        *("lost 1 a a ", "paid for ", "no a-a ", "whoever made ", "codes a a ", "is a a a down "),
    ],
)
def test_a_text_that_only_begins_like_a_harm_takes_no_time(piece):
    began = time.process_time()

    kind_of(a_post(piece * 2000))

    assert time.process_time() - began < 1
