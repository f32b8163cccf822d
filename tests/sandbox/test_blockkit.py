"""The validator says what Slack says: a reason and a JSON pointer for each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import a_button, a_modal, a_section, an_input, an_option, marked, plain

from sandbox.blockkit import validate_message, validate_view


def some_actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def problems(*blocks):
    return [str(found) for found in validate_message({"text": "fallback", "blocks": list(blocks)})]


def a_chart(**fields):
    series = [{"name": "listen", "data": [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 1}]}]
    chart = {"type": "bar", "series": series, "axis_config": {"categories": ["Mon", "Tue"]}}
    return {"type": "data_visualization", "title": "Mentions", "chart": {**chart, **fields}}


def test_a_card_as_we_draw_it_has_no_problem():
    overflow = {"type": "overflow", "action_id": "more", "options": [an_option(str(n)) for n in range(5)]}
    confirm = {"title": plain("Sure?"), "text": plain("It goes.")}
    blocks = [
        {"type": "header", "text": plain("3 people wait")},
        {
            "type": "context",
            "elements": [marked(), {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}],
        },
        a_section(accessory=a_button(style="primary", value="12:3")),
        {"type": "section", "fields": [marked(), marked()]},
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
        (a_section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (a_section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (a_section(text={**marked(), "bold": True}), "invalid additional property: bold [json-pointer:/blocks/0/text]"),
        (
            a_section(text={**marked(), "type": "markdown"}),
            "unsupported type: markdown [json-pointer:/blocks/0/text/type]",
        ),
        ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
        ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
        ({"text": marked()}, "missing required field: type [json-pointer:/blocks/0]"),
        ("section", "must provide an object [json-pointer:/blocks/0]"),
        ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
        ({"type": "header", "text": marked()}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
        (
            {"type": "header", "text": plain("x" * 151)},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "context", "elements": [marked()] * 11},
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
            some_actions({"type": "static_select", "options": [an_option()], "initial_option": an_option("Two")}),
            "must exactly match an option [json-pointer:/blocks/0/elements/0/initial_option]",
        ),
        (
            some_actions({"type": "datepicker", "initial_date": "tomorrow"}),
            "must be a date like 2026-11-22 [json-pointer:/blocks/0/elements/0/initial_date]",
        ),
        (an_input(), "unsupported type: input [json-pointer:/blocks/0/type]"),
        ({"type": "alert", "text": marked()}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
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
    found = validate_message({"text": "t", "blocks": [a_section("x" * 2900)] * 4})

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
    outcome = an_input(block_id="why", element=select, hint=plain("What for?"))
    view = a_modal(an_input(), outcome, {"type": "alert", "text": marked()}, callback_id="start", private_metadata="C1")

    assert validate_view(view) == []


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (
            a_modal(title=plain("x" * 25)),
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
            {"type": "home", "blocks": [{"type": "alert", "text": marked()}]},
            "unsupported type: alert [json-pointer:/view/blocks/0/type]",
        ),
        (a_modal(an_input(element=a_button())), "unsupported type: button [json-pointer:/view/blocks/0/element/type]"),
        (a_modal(an_input(), an_input()), "`block_id` names already exists [json-pointer:/view/blocks/1/block_id]"),
    ],
)
def test_a_view_slack_would_refuse_is_refused_with_a_pointer(view, expected):
    assert any(str(found).startswith(expected) for found in validate_view(view))


def a_field(kind, **fields):
    return an_input(element={"type": kind, "action_id": "field", **fields})


OPTIONS = [an_option(str(number)) for number in range(3)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (a_field("plain_text_input", min_length=5, max_length=4), "`min_length` must not be more than `max_length`"),
        (a_field("plain_text_input", max_length=3, initial_value="four"), "`initial_value` must not be longer"),
        (a_field("plain_text_input", min_length=5, initial_value="four"), "`initial_value` must not be shorter"),
        (a_field("number_input"), "missing required field: is_decimal_allowed"),
        (a_field("number_input", is_decimal_allowed=False, min_value="many"), "must be a number, as a string"),
        (a_field("number_input", is_decimal_allowed=False, min_value="NaN"), "must be a number, as a string"),
        (a_field("number_input", is_decimal_allowed=True, min_value="10", max_value="9.5"), "must not be more than"),
        (a_field("number_input", is_decimal_allowed=False, initial_value="1.5"), "must be a whole number"),
        (a_field("number_input", is_decimal_allowed=True, initial_value="1", min_value="2"), "must not be more than"),
        (a_field("number_input", is_decimal_allowed=True, initial_value="3", max_value="2"), "must not be more than"),
        (
            a_field("multi_static_select", options=OPTIONS, initial_options=OPTIONS, max_selected_items=2),
            "no more than 2 items allowed [json-pointer:/view/blocks/0/element/initial_options]",
        ),
        (
            a_field("multi_users_select", initial_users=["U0MAYA", "U0SAM"], max_selected_items=1),
            "no more than 1 items allowed [json-pointer:/view/blocks/0/element/initial_users]",
        ),
        (a_field("datetimepicker", initial_date_time=1), "must be between 1000000000 and 9999999999"),
    ],
)
def test_the_least_may_not_be_more_than_the_most(field, expected):
    assert [one for one in map(str, validate_view(a_modal(field))) if expected in one]


@pytest.mark.parametrize(
    "field",
    [
        a_field("plain_text_input", min_length=4, max_length=4, initial_value="four"),
        a_field("number_input", is_decimal_allowed=True, min_value="-1.5", max_value="9", initial_value="9"),
        a_field("multi_static_select", options=OPTIONS, initial_options=OPTIONS, max_selected_items=3),
        a_field("datetimepicker", initial_date_time=1_795_338_000),
    ],
)
def test_the_least_may_be_the_most(field):
    assert validate_view(a_modal(field)) == []


@pytest.mark.parametrize("text", [3, ["words"], {"type": "mrkdwn", "text": "words"}, True, 0, [], {}])
def test_a_message_whose_text_is_no_text_is_refused(text):
    assert "must be a string [json-pointer:/text]" in [str(one) for one in validate_message({"text": text})]


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


def an_image():
    return {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}


def a_card(**fields):
    return {"type": "card", "title": marked("A card"), **fields}


def a_container(*children, **fields):
    return {"type": "container", "title": plain("Group"), "child_blocks": list(children), **fields}


def a_data_table(*rows, **fields):
    header = [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Mentions"}]
    first = [{"type": "raw_text", "text": "Tidewiki"}, {"type": "raw_number", "value": 42, "text": "42"}]
    return {"type": "data_table", "caption": "Mentions", "rows": [header, *(rows or [first])], **fields}


def a_video(**fields):
    return {
        "type": "video",
        "alt_text": "a tour",
        "title": plain("A tour"),
        "thumbnail_url": "https://x.example/t.png",
        "video_url": "https://x.example/v",
        **fields,
    }


def a_thumb(text):
    return {"text": plain(text), "value": text}


def rich(*runs):
    return {"type": "rich_text", "elements": list(runs)}


def a_section_of(*pieces):
    return {"type": "rich_text_section", "elements": list(pieces)}


THUMBS = {"type": "feedback_buttons", "positive_button": a_thumb("Good"), "negative_button": a_thumb("Bad")}
PIECES = [
    {"type": "text", "text": "bold", "style": {"bold": True, "underline": True}},
    {"type": "link", "url": "https://x.example", "text": "here", "unsafe": False},
    {"type": "emoji", "name": "wave", "skin_tone": 2},
    {"type": "user", "user_id": "U0MAYA", "style": {"highlight": True}},
    {"type": "channel", "channel_id": "C0MENTIONS"},
    {"type": "usergroup", "usergroup_id": "S0TEAM"},
    {"type": "team", "team_id": "T0SANDBOX"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_795_338_000, "format": "{date_long}", "fallback": "today"},
    {"type": "color", "value": "#F405B3"},
]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "markdown", "text": "**bold**"},
        a_card(body=marked(), subtitle=marked(), hero_image=an_image(), actions=[a_button()], subtext=marked()),
        {"type": "carousel", "elements": [a_card(), a_card(slack_icon={"type": "icon", "name": "bot"})]},
        a_container(a_section(), {"type": "divider"}, is_collapsible=True, default_collapsed=True, width="wide"),
        a_data_table(page_size=5, row_header_column_index=1),
        {"type": "context_actions", "elements": [THUMBS]},
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}],
        },
        a_video(title_url="https://x.example", provider_name="Tube"),
        {"type": "file", "external_id": "F1", "source": "remote"},
        rich(
            a_section_of(*PIECES),
            {"type": "rich_text_list", "style": "ordered", "indent": 2, "elements": [a_section_of(*PIECES)]},
            {"type": "rich_text_quote", "elements": PIECES, "border": 1},
            {"type": "rich_text_preformatted", "elements": PIECES[:2], "language": "python"},
        ),
    ],
    ids=lambda block: block["type"],
)
def test_newer_blocks_have_no_problem_in_a_message(block):
    assert problems(block) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "markdown", "text": "x" * 12_001}, "no more than 12000 characters of markdown allowed"),
        (a_card(title=marked("x" * 151)), "must be less than 151 characters [json-pointer:/blocks/0/title/text]"),
        (a_card(body=marked("x" * 201)), "must be less than 201 characters [json-pointer:/blocks/0/body/text]"),
        (a_card(actions=[a_button()] * 4), "no more than 3 items allowed [json-pointer:/blocks/0/actions]"),
        (
            {"type": "card", "subtitle": marked()},
            "must define either `hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0]",
        ),
        (
            a_card(icon=an_image(), slack_icon={"type": "icon", "name": "bot"}),
            "must define either `icon` or `slack_icon`, not both [json-pointer:/blocks/0]",
        ),
        (
            {"type": "carousel", "elements": [a_card()] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (
            {"type": "carousel", "elements": [a_section()]},
            "unsupported type: section [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            a_container(*[a_section()] * 11),
            "no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]",
        ),
        (
            a_container(a_container(a_section())),
            "unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]",
        ),
        (
            a_container(a_section(block_id="a"), a_section(block_id="a")),
            "`block_id` a already exists [json-pointer:/blocks/0/child_blocks/1/block_id]",
        ),
        (
            a_container(a_section(), default_collapsed=True),
            "requires `is_collapsible` [json-pointer:/blocks/0/default_collapsed]",
        ),
        (
            a_data_table([{"type": "raw_text", "text": "alone"}]),
            "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
        ),
        (
            {**a_data_table(), "rows": [[rich()], [rich()]]},
            "unsupported type: rich_text (in the header) [json-pointer:/blocks/0/rows/0/0/type]",
        ),
        (
            {**a_data_table(), "rows": [[{"type": "raw_text", "text": "a"}]]},
            "no less than 2 items required [json-pointer:/blocks/0/rows]",
        ),
        (a_data_table(caption=None), "missing required field: caption [json-pointer:/blocks/0]"),
        (
            a_data_table(row_header_column_index=2),
            "must be the index of a column [json-pointer:/blocks/0/row_header_column_index]",
        ),
        (
            {"type": "context_actions", "elements": [a_button()]},
            "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
        ),
        (a_video(video_url="http://x.example/v"), "must be an https URL [json-pointer:/blocks/0/video_url]"),
        (
            {"type": "file", "external_id": "F1", "source": "local"},
            "must be one of: remote [json-pointer:/blocks/0/source]",
        ),
        (
            rich(a_section_of({"type": "canvas"})),
            "unsupported type: canvas [json-pointer:/blocks/0/elements/0/elements/0/type]",
        ),
        (
            rich(a_section_of({"type": "user", "user_id": "maya"})),
            "must be an id of Slack's [json-pointer:/blocks/0/elements/0/elements/0/user_id]",
        ),
        (
            rich({"type": "rich_text_list", "style": "dashed", "elements": [a_section_of()]}),
            "must be one of: bullet, ordered [json-pointer:/blocks/0/elements/0/style]",
        ),
    ],
)
def test_a_newer_block_slack_would_refuse_is_refused_with_a_pointer(block, expected):
    assert any(one.startswith(expected) for one in problems(block))


@pytest.mark.parametrize("kind", ["markdown", "data_table", "container", "context_actions", "file", "carousel"])
def test_some_blocks_stand_in_no_modal(kind):
    view = a_modal({"type": kind})

    assert f"unsupported type: {kind} [json-pointer:/view/blocks/0/type]" in map(str, validate_view(view))


def test_a_data_table_may_say_more_than_other_blocks_together():
    row = [{"type": "raw_text", "text": "x" * 2_900}, {"type": "raw_number", "value": 1}]

    assert problems(a_data_table(*[row] * 6)) == []
    assert "no more than 20000 characters in all cells together" in problems(a_data_table(*[row] * 7))[0]
