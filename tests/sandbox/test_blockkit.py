"""The validator says what Slack says: a reason and a JSON pointer for each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.blockkit import validate_message, validate_view


def a_text(text="words", kind="mrkdwn"):
    return {"type": kind, "text": text}


def a_button(text="Listen", **fields):
    return {"type": "button", "text": a_text(text, "plain_text"), "action_id": "listen", **fields}


def a_section(**fields):
    return {"type": "section", "text": a_text(), **fields}


def some_actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def an_option(text="One", value="1"):
    return {"text": a_text(text, "plain_text"), "value": value}


def an_input(**fields):
    element = {"type": "plain_text_input", "action_id": "names"}
    return {"type": "input", "block_id": "names", "label": a_text("Names", "plain_text"), "element": element, **fields}


def a_modal(*blocks, **fields):
    title = {"type": "plain_text", "text": "Start listening"}
    submit = {"type": "plain_text", "text": "Start"}
    return {"type": "modal", "title": title, "submit": submit, "blocks": list(blocks), **fields}


def problems(*blocks):
    return [str(found) for found in validate_message({"text": "fallback", "blocks": list(blocks)})]


def a_chart(**fields):
    series = [{"name": "listen", "data": [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 1}]}]
    chart = {"type": "bar", "series": series, "axis_config": {"categories": ["Mon", "Tue"]}}
    return {"type": "data_visualization", "title": "Mentions", "chart": {**chart, **fields}}


def test_a_card_as_we_draw_it_has_no_problem():
    overflow = {"type": "overflow", "action_id": "more", "options": [an_option(str(n), str(n)) for n in range(5)]}
    confirm = {"title": a_text("Sure?", "plain_text"), "text": a_text("It goes.", "plain_text")}
    blocks = [
        {"type": "header", "text": a_text("3 people wait", "plain_text")},
        {
            "type": "context",
            "elements": [a_text(), {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}],
        },
        a_section(accessory=a_button(style="primary", value="12:3")),
        {"type": "section", "fields": [a_text(), a_text()]},
        {"type": "divider"},
        some_actions(a_button(), a_button(action_id="drop", style="danger", confirm=confirm), overflow),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": ""}]]},
        a_chart(),
        {"type": "image", "image_url": "https://x.example/b.png", "alt_text": "b"},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "hi"}]}],
        },
    ]

    assert problems(*blocks) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (a_section(text=a_text("x" * 3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (a_section(text=a_text("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (a_section(text={**a_text(), "bold": True}), "invalid additional property: bold [json-pointer:/blocks/0/text]"),
        (a_section(text=a_text(kind="markdown")), "unsupported type: markdown [json-pointer:/blocks/0/text/type]"),
        ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
        ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
        ({"text": a_text()}, "missing required field: type [json-pointer:/blocks/0]"),
        ("section", "must provide an object [json-pointer:/blocks/0]"),
        ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
        ({"type": "header", "text": a_text()}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
        (
            {"type": "header", "text": a_text("x" * 151, "plain_text")},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "context", "elements": [a_text()] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (
            {"type": "context", "elements": [a_button()]},
            "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
        ),
        (some_actions(), "no less than 1 items required [json-pointer:/blocks/0/elements]"),
        (
            some_actions(a_button("x" * 76)),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
        ),
        (
            some_actions(a_button(value="x" * 2001)),
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
        ),
        (
            some_actions(a_button(style="warning")),
            "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            some_actions(a_button(), a_button()),
            "`action_id` listen already exists in this block [json-pointer:/blocks/0]",
        ),
        (
            some_actions({"type": "overflow", "action_id": "o", "options": [an_option()] * 6}),
            "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
        ),
        (
            some_actions({"type": "static_select", "action_id": "s"}),
            "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
        ),
        (
            some_actions({"type": "static_select", "options": [an_option()], "initial_option": an_option("Two", "2")}),
            "must exactly match an option [json-pointer:/blocks/0/elements/0/initial_option]",
        ),
        (
            some_actions({"type": "datepicker", "initial_date": "tomorrow"}),
            "must be a date like 2026-11-22 [json-pointer:/blocks/0/elements/0/initial_date]",
        ),
        (an_input(), "unsupported type: input [json-pointer:/blocks/0/type]"),
        ({"type": "alert", "text": a_text()}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
        (
            {"type": "image", "alt_text": "a"},
            "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]",
        ),
        (
            a_chart(axis_config={"categories": ["Mon"]}),
            "labels must match `categories` [json-pointer:/blocks/0/chart/series/0/data]",
        ),
    ],
)
def test_a_message_slack_would_refuse_is_refused_with_a_pointer(block, expected):
    assert expected in problems(block)


def test_two_blocks_may_not_share_an_id():
    blocks = [a_section(block_id="a"), a_section(block_id="a")]

    assert problems(*blocks) == ["`block_id` a already exists [json-pointer:/blocks/1/block_id]"]


def test_fifty_one_blocks_are_one_too_many():
    assert problems(*[{"type": "divider"}] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_a_second_table_is_one_too_many():
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}

    assert problems(table, table) == ["no more than 1 table blocks allowed [json-pointer:/blocks]"]


def test_a_long_message_of_allowed_blocks_is_too_long_as_a_whole():
    found = validate_message({"text": "t", "blocks": [a_section(text=a_text("x" * 2900))] * 4})

    assert [problem.error for problem in found] == ["msg_blocks_too_long"]


def test_blocks_without_a_text_are_sent_by_slack_and_still_a_problem():
    (found,) = validate_message({"blocks": [a_section()]})

    assert not found.refused
    assert "notification" in found.message


@pytest.mark.parametrize(
    ("payload", "error"),
    [({}, "no_text"), ({"text": "", "blocks": []}, "no_text"), ({"text": "x" * 40_001}, "msg_too_long")],
)
def test_a_message_with_nothing_or_too_much_to_say_is_refused(payload, error):
    assert [problem.error for problem in validate_message(payload)] == [error]


@pytest.mark.parametrize("blocks", [3, "[]", {}, [None], [{"type": "actions", "elements": 3}], [{"type": ["section"]}]])
def test_nonsense_is_a_problem_and_never_a_crash(blocks):
    assert any(problem.refused for problem in validate_message({"text": "t", "blocks": blocks})) == (blocks != {})


def test_a_modal_as_we_draw_it_has_no_problem():
    select = {"type": "static_select", "action_id": "why", "options": [an_option()], "initial_option": an_option()}
    outcome = an_input(block_id="why", element=select, hint=a_text("What for?", "plain_text"))
    view = a_modal(an_input(), outcome, {"type": "alert", "text": a_text()}, callback_id="start", private_metadata="C1")

    assert validate_view(view) == []


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (
            a_modal(title=a_text("x" * 25, "plain_text")),
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (a_modal(an_input(), submit=None), "missing required field: submit (the view has an input block)"),
        (
            a_modal(private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (a_modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (a_modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "window", "blocks": []}, "unsupported type: window [json-pointer:/view/type]"),
        (
            {"type": "home", "blocks": [{"type": "alert", "text": a_text()}]},
            "unsupported type: alert [json-pointer:/view/blocks/0/type]",
        ),
        (a_modal(an_input(element=a_button())), "unsupported type: button [json-pointer:/view/blocks/0/element/type]"),
        (a_modal(an_input(), an_input()), "`block_id` names already exists [json-pointer:/view/blocks/1/block_id]"),
    ],
)
def test_a_view_slack_would_refuse_is_refused_with_a_pointer(view, expected):
    assert any(str(found).startswith(expected) for found in validate_view(view))


NAMES = [
    "type",
    "text",
    "elements",
    "accessory",
    "options",
    "option_groups",
    "fields",
    "chart",
    "series",
    "rows",
    "block_id",
]
KINDS = [
    "section",
    "actions",
    "context",
    "button",
    "overflow",
    "static_select",
    "table",
    "data_visualization",
    "mrkdwn",
]
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(KINDS) | st.text(max_size=3)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)


@given(ANYTHING)
def test_whatever_comes_is_judged_and_never_a_crash(anything):
    validate_message({"text": "t", "blocks": anything})
    validate_message({"text": "t", "blocks": [anything]})
    validate_view({"type": "modal", "blocks": [anything]})
