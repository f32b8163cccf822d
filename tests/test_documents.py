"""The documents keep up with the program: settings, commands, manifest and links."""

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from builders import ROOT

from bot import cli
from engagement.product import DEFAULT_COMMAND, PRODUCT
from handlers.commands.command import ANSWERS
from handlers.views.help import draw_help
from settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SETTINGS = sorted(name.upper() for name in Settings.model_fields)
SECRETS = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
# What opens the form, beside what is answered with words.
WORDS = sorted({*filter(None, ANSWERS), "watch add"})
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", re.MULTILINE)


def heading_ids(page):
    """Return the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_example_with_its_default_and_a_line_that_explains_it(name):
    lines = EXAMPLE.splitlines()
    [number] = [number for number, line in enumerate(lines) if re.match(rf"(# )?{name}=", line)]

    assert re.match(r"# \w.*\.$", lines[number - 1])
    if name in SECRETS:
        assert lines[number] == f"{name}="
    else:
        assert lines[number].startswith("# ")


def test_the_example_with_every_line_in_force_means_the_defaults(tmp_path, monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    env = tmp_path / ".env"
    env.write_text(re.sub(r"^# ([A-Z_]+=)", r"\1", EXAMPLE, flags=re.MULTILINE), encoding="utf-8")
    in_force = Settings(_env_file=env).model_dump()

    assert in_force == {name: field.default for name, field in Settings.model_fields.items()}


def test_the_example_names_no_setting_that_is_none():
    named = re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)

    assert sorted(named) == SETTINGS


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_readme_with_its_default(name):
    [row] = [line for line in README.splitlines() if line.startswith(f"| `{name}` |")]
    default = re.match(rf"# {name}=(.*)", next(line for line in EXAMPLE.splitlines() if f"{name}=" in line))

    if name in SECRETS:
        assert "| needed |" in row
    else:
        assert f"| `{default[1]}` |" in row if default[1] else "| empty |" in row


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_command_is_in_readme_manifest_and_help(word):
    [command] = MANIFEST["features"]["slash_commands"]

    assert f"`{DEFAULT_COMMAND} {word}`" in README
    assert word in re.split(r"\s*[\[\]|]\s*", command["usage_hint"])
    shown = draw_help(DEFAULT_COMMAND).blocks[0]["text"]["text"]
    assert f"`{DEFAULT_COMMAND} {word}`" in shown or (word == "status" and f"`{DEFAULT_COMMAND}`" in shown)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_of_the_command_line_is_in_the_readme_with_its_options(name):
    [row] = [line for line in README.splitlines() if re.match(rf"\| `{name}\b[^`]*` \|", line)]

    for option in cli.commands[name].params:
        assert option.name == "file" or option.opts[0] in row


def test_the_manifest_names_the_product_and_its_command():
    assert MANIFEST["display_information"]["name"] == PRODUCT
    assert MANIFEST["features"]["bot_user"]["display_name"] == PRODUCT
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == [DEFAULT_COMMAND]
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_the_manifest_gives_the_app_a_home_and_has_it_told_when_somebody_looks():
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"]
    assert "app_home_opened" in MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def test_the_link_of_the_readme_opens_slack_with_the_manifest_filled_in():
    expected = "https://api.slack.com/apps?new_app=1&manifest_json="
    expected += quote(json.dumps(MANIFEST, separators=(",", ":")), safe="")
    [link] = re.findall(r"^\[create-app\]: (\S+)$", README, re.MULTILINE)
    query = parse_qs(urlsplit(link).query)

    assert query["new_app"] == ["1"]
    assert json.loads(query["manifest_json"][0]) == MANIFEST, f"manifest.json has changed; the link is now {expected}"
    assert link == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_repository_leads_somewhere(page):
    links = [inline or reference for inline, reference in LINK.findall(page.read_text(encoding="utf-8"))]
    for link in links:
        path, _, anchor = link.partition("#")
        if urlsplit(link).scheme:
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}"
        assert not anchor or anchor in heading_ids(target), f"{page.name} links to {link}"


RECIPES = (
    (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8").partition("## Recipes")[2].partition("## Tests")[0]
)
# What is named like a class, a constant or a function.
NAMED = re.compile(r"`([A-Z][A-Za-z_.]+|[a-z]+(?:_[a-z]+)+)`")


@pytest.mark.parametrize("recipe", re.split(r"\n\n|\n(?=\| )", RECIPES))
def test_what_a_recipe_names_is_in_a_file_that_it_links_to(recipe):
    links = [(ROOT / "docs" / inline.partition("#")[0]).resolve() for inline, _ in LINK.findall(recipe)]
    text = "\n".join(link.read_text(encoding="utf-8") for link in links if link.is_file())

    named = [part for name in NAMED.findall(recipe) for part in name.split(".")]
    assert [name for name in named if not re.search(rf"\b{name}\b", text)] == []


def test_every_dependency_says_what_it_earns():
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    runtime = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)

    for name in re.findall(r'"([a-z0-9-]+)', runtime[1]):
        assert re.search(rf"^\|[^|]*`{name}`", design, re.MULTILINE), name
