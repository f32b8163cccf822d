"""docs/places.md lists what the catalogue holds, no more and no less."""

from pathlib import Path

import pytest

from feeds.communities import community_of_feed
from feeds.places.catalogue import load_catalogue

PAGE = Path(__file__).parents[1] / "docs" / "places.md"


def table(head, rows):
    """Return a table of Markdown; a bar would end its cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def seen(entry):
    return str(entry.checked) if entry.checked else "untested"


def tables():
    """Return the tables of the page by their names, as the catalogue has them."""
    return {
        "place": table(
            ["Place", "Community", "Checked", "Evidence", "To know"],
            [
                [each.name, each.community or "your site's", seen(each), each.evidence, each.note]
                for each in load_catalogue().places
            ],
        ),
        "author": table(
            ["Community", "Checked", "Evidence", "To know"],
            [[each.community, seen(each), each.evidence, each.note] for each in load_catalogue().authors],
        ),
        "thread": table(
            ["Community", "Asked", "Checked", "Evidence", "To know"],
            [
                [each.community, f"`{each.url}`", seen(each), each.evidence, each.note]
                for each in load_catalogue().threads
            ],
        ),
        "pasted": table(
            ["Community", "Becomes", "Checked", "Evidence", "To know"],
            [
                [whose(each), f"`{each.feeds[0]}`", seen(each), each.evidence, each.note]
                for each in load_catalogue().pasted
            ],
        ),
    }


def whose(pasted):
    community = pasted.community or community_of_feed(pasted.feeds[0])
    return community if "{" not in community else "any host"


@pytest.mark.parametrize("name", sorted(tables()))
def test_the_page_lists_what_the_catalogue_holds(name):
    assert tables()[name] in PAGE.read_text(encoding="utf-8")
