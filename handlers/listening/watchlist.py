"""The watch list as a file: `watchlist.toml` in and out, OPML in and out."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Self

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from engagement.calm.mute import Mute
from engagement.digest.voices import Person
from engagement.improvements.themes import (
    LONGEST_PHRASE,
    LONGEST_THEME,
    PHRASES_AT_MOST,
    THEMES_AT_MOST,
    Theme,
    as_phrases,
    as_theme_name,
)
from engagement.listening.source import NewSource
from engagement.team.team import Handle, Teammate
from engagement.turns.target import WORKING_DAY
from engagement.understanding.context_sets import problem_of_near
from engagement.voice.guide import Guide
from engagement.watch import Delivery, Outcome, Terms, Watch
from feeds.places.opml import read_opml, write_opml
from feeds.secrets import without_secrets
from handlers.listening.noise_file import NoiseEntry
from handlers.listening.noise_file import written as noise_written
from handlers.listening.watchlist_mistakes import (
    A_SLACK_USER,
    AN_ADDRESS,
    TO_BE_SEEN,
    TO_BE_SEEN_AND_NO_COMMA,
    say_what_is_wrong,
)
from handlers.voice.voice_file import VoiceEntry, written
from triage.match import names_asking
from triage.query_parse import BadQuery, parse_query

# Four working weeks, in minutes: who may take longer needs no target.
LONGEST_TARGET = 20 * WORKING_DAY
Text = Annotated[str, Field(min_length=1, max_length=200)]


class BadWatchlistError(Exception):
    """The file cannot be imported; the message lists what is wrong, one a line."""


class SourceEntry(BaseModel):
    """One `[[watch.source]]`."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(pattern=AN_ADDRESS, max_length=2000)]
    name: Text
    community: Text | None = None


def _a_query(typed: str) -> str:
    if typed and isinstance(read := parse_query(typed), BadQuery):
        raise ValueError(read.problem)
    return typed


class WatchEntry(BaseModel):
    """One `[[watch]]`."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    channel: Text
    names: Annotated[list[Text], Field(min_length=1)]
    excluded: list[Text] = []
    near: list[Text] = []
    query: Annotated[str, AfterValidator(_a_query)] = ""
    handles: list[Text] = []
    outcome: Outcome = Outcome.SUPPORT
    site: str = ""
    delivery: Delivery | None = None
    target_minutes: Annotated[int, Field(ge=1, le=LONGEST_TARGET)] | None = None
    noise: NoiseEntry | None = None
    source: list[SourceEntry] = []

    @model_validator(mode="after")
    def _asks_by_its_names(self) -> Self:
        asking = names_asking(Terms(names=tuple(self.names), query=self.query))
        if problem := problem_of_near(self.near, asking):
            raise ValueError(f"near: {problem}")
        return self


class HandleEntry(BaseModel):
    """One `[[teammate.handle]]`; without `feed`, the catalogue says where the person's posts can be heard."""

    model_config = ConfigDict(extra="forbid")

    community: Text
    name: Text
    feed: Annotated[str, Field(pattern=AN_ADDRESS, max_length=2000)] | None = None


class TeammateEntry(BaseModel):
    """One `[[teammate]]`; `slack` is a Slack user id."""

    model_config = ConfigDict(extra="forbid")

    slack: Annotated[str, Field(pattern=A_SLACK_USER, max_length=30)]
    name: Text
    handle: list[HandleEntry] = []


class UnlistedEntry(BaseModel):
    """One `[[unlisted]]`: somebody whom digests do not name."""

    model_config = ConfigDict(extra="forbid")

    community: Text
    # A name as its community spells it: nobody typed it here.
    name: Annotated[str, Field(min_length=1, max_length=2000)]


class ThemeEntry(BaseModel):
    """One `[[theme]]`; what was decided about it is of one workspace, and not in the file."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=TO_BE_SEEN, max_length=LONGEST_THEME)]
    phrases: Annotated[
        # A comma would part it, as it does in the form.
        list[Annotated[str, Field(pattern=TO_BE_SEEN_AND_NO_COMMA, max_length=LONGEST_PHRASE)]],
        Field(min_length=1, max_length=PHRASES_AT_MOST),
    ]

    def theme(self) -> Theme:
        """Return the theme that it asks for."""
        return Theme(name=as_theme_name(self.name), phrases=as_phrases("\n".join(self.phrases)))


class Watchlist(BaseModel):
    """A whole `watchlist.toml`."""

    model_config = ConfigDict(extra="forbid")

    watch: Annotated[list[WatchEntry], Field(min_length=1)]
    teammate: list[TeammateEntry] = []
    unlisted: list[UnlistedEntry] = []
    theme: Annotated[list[ThemeEntry], Field(max_length=THEMES_AT_MOST)] = []
    noise: NoiseEntry | None = None
    voice: VoiceEntry | None = None


def read_watchlist(path: Path) -> Watchlist:
    """Read a watchlist.toml. Raises BadWatchlistError, OSError."""
    try:
        return Watchlist.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadWatchlistError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        raise BadWatchlistError("\n".join(f"{path}: {say_what_is_wrong(each)}" for each in error.errors())) from error


def read_sources(path: Path) -> list[NewSource]:
    """Read the sources of an OPML file. Raises BadWatchlistError, OSError."""
    try:
        sources = read_opml(path.read_bytes())
    except ValueError as error:
        raise BadWatchlistError(f"{path}: {error}") from error
    if not sources:
        raise BadWatchlistError(f"{path} names no feeds")
    return sources


def write_watchlist(
    entries: Sequence[tuple[Watch, Sequence[NewSource]]],
    channels: Mapping[str, str],
    team: Sequence[Teammate] = (),
    unlisted: Iterable[Person] = (),
    guide: Guide | None = None,
    themes: Iterable[Theme] = (),
    noise: Sequence[Mute] = (),
) -> str:
    """Return watches with their sources, the team, whom digests do not name, themes, noise and the voice guide as TOML.

    `channels` names channel ids where names are known. Addresses are written without the secrets in them.
    """
    return tomli_w.dumps(
        {
            "watch": [_watch(watch, sources, channels, noise) for watch, sources in entries],
            **_unless_empty(
                teammate=[_teammate(mate) for mate in team],
                unlisted=[{"community": person.community, "name": person.author} for person in sorted(unlisted)],
                theme=[{"name": theme.name, "phrases": list(theme.phrases)} for theme in themes],
                noise=noise_written(noise),
                voice=written(guide or Guide()),
            ),
        }
    )


def _watch(
    watch: Watch, sources: Sequence[NewSource], channels: Mapping[str, str], noise: Sequence[Mute]
) -> dict[str, object]:
    return {
        "name": watch.name,
        "channel": channels.get(watch.channel, watch.channel),
        "names": list(watch.terms.names),
        "excluded": list(watch.terms.excluded),
        "near": list(watch.terms.near),
        **_unless_empty(query=watch.terms.query),
        "handles": list(watch.handles),
        "outcome": watch.outcome.value,
        "site": watch.site,
        "delivery": watch.delivery.value,
        **_unless_empty(target_minutes=watch.target_minutes, noise=noise_written(noise, watch_id=watch.id)),
        "source": [
            {"name": each.name, "community": each.community, "url": without_secrets(each.url)} for each in sources
        ],
    }


def _unless_empty(**entries: object) -> dict[str, object]:
    return {name: entry for name, entry in entries.items() if entry}


def _teammate(mate: Teammate) -> dict[str, object]:
    return {"slack": mate.slack_user, "name": mate.name, "handle": [_handle(handle) for handle in mate.handles]}


def _handle(handle: Handle) -> dict[str, str]:
    feed = {"feed": without_secrets(handle.feed.url)} if handle.feed else {}
    return {"community": handle.community, "name": handle.name, **feed}


def write_sources(entries: Sequence[tuple[Watch, Sequence[NewSource]]]) -> str:
    """Return all sources as OPML, each once."""
    unique = {source.url: source for _, sources in entries for source in sources}
    return write_opml(unique.values())


def secretive(sources: Iterable[NewSource]) -> list[str]:
    """Return the names of the sources whose addresses are exported without the secret in them."""
    return [source.name for source in sources if without_secrets(source.url) != source.url.strip()]
