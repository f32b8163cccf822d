"""Settings: all mistakes at once, no secret in any message, and `.env` beside the environment."""

import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from builders import ROOT

from engagement.calendar import Schedule
from settings import BadSettingsError, Settings

SECRET = "do-not-print-me"
WRONG = {
    "POLL_EVERY_SECONDS": "0",
    "POLL_WORKERS": "many",
    "DIGEST_DAY": "Someday",
    "DIGEST_HOUR": "24",
    "TIME_ZONE": "Mars/Base",
    "SLACK_COMMAND": "ears",
    "SLACK_API_URL": "not an address",
    "DIGEST_CHANNEL": "#general",
    "PLACES_FILE": "nowhere.toml",
    "CARDS_PER_HOUR": "0",
    "UNTOUCHED_CARDS": "-1",
    "ALLOW_PRIVATE_HOSTS": "perhaps",
    "LOG_LEVEL": "loud",
    "FEED_PROXY": "socks5://proxy.example",
    "GITHUB_TOKEN": "two words",
    "STACKEXCHANGE_KEY": "line\nend",
}


@pytest.fixture
def run_bot(tmp_path):
    """Run bot.py in an empty folder, with these settings and no others."""

    def run(*arguments, **settings):
        return subprocess.run(
            [sys.executable, ROOT / "bot.py", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONUTF8": "1", **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Read settings from a `.env` of these lines alone, whatever the environment of the tests says."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def read(*lines, with_slack=False):
        (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
        return Settings.load(with_slack=with_slack, _env_file=tmp_path / ".env")

    return read


def test_without_any_settings_both_tokens_are_asked_for_at_once(run_bot):
    ended = run_bot()

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "SLACK_BOT_TOKEN is missing" in ended.stderr
    assert "SLACK_APP_TOKEN is missing" in ended.stderr
    assert ".env.example" in ended.stderr


def test_everything_that_is_wrong_or_missing_is_one_error(run_bot):
    ended = run_bot("run", **WRONG)

    assert ended.returncode == 2
    for name in [*WRONG, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]:
        assert len([line for line in ended.stderr.splitlines() if line.startswith(name)]) == 1, ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [["import", "watchlist.toml"], ["run"]], ids=lambda command: command[0])
def test_what_needs_slack_ends_with_2_before_anything_is_made(run_bot, tmp_path, command):
    (tmp_path / "watchlist.toml").write_text("")
    ended = run_bot(*command)

    assert ended.returncode == 2
    assert not list(tmp_path.glob("*.db"))


@pytest.mark.parametrize("command", [["poll"], ["digest", "--dry-run"], ["export"]], ids=lambda command: command[0])
def test_what_needs_no_slack_asks_for_no_token(run_bot, command):
    ended = run_bot(*command)

    assert "TOKEN" not in ended.stderr
    assert ended.returncode != 2


def test_a_wrong_setting_ends_what_needs_no_slack_as_well(run_bot):
    ended = run_bot("poll", TIME_ZONE="Mars/Base")

    assert ended.returncode == 2
    assert "TIME_ZONE" in ended.stderr


@pytest.mark.parametrize(
    "settings",
    [
        {"SLACK_BOT_TOKEN": SECRET, "SLACK_APP_TOKEN": SECRET},
        {"SLACK_BOT_TOKEN": f"xapp-{SECRET}", "SLACK_APP_TOKEN": f"xoxb-{SECRET}"},
        {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_APP_TOKEN": "", "POLL_WORKERS": SECRET},
        {"DATABASE_URL": f"postgresql://bot:{SECRET}@127.0.0.1:9/x", "SLACK_API_URL": f"http//{SECRET}"},
        {"FEED_PROXY": f"ftp://pat:{SECRET}@proxy.example", "GITHUB_TOKEN": f"{SECRET} x"},
        {"REDDIT_CLIENT_SECRET": SECRET},
        {"REDDIT_FEED_TOKEN": SECRET, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
        {"CONTACT": SECRET * 20, "LOG_LEVEL": SECRET, "SLACK_COMMAND": SECRET},
    ],
    ids=[
        "no tokens at all",
        "swapped tokens",
        "beside another mistake",
        "in addresses",
        "of others",
        "half a login",
        "half a feed",
        "in the wrong place",
    ],
)
def test_no_message_repeats_what_may_be_a_secret(run_bot, settings):
    ended = run_bot(**settings)

    assert ended.returncode == 2
    assert SECRET not in ended.stdout + ended.stderr


def test_a_database_that_does_not_answer_keeps_its_password(run_bot):
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    ended = run_bot("poll", DATABASE_URL=f"postgresql://bot:{SECRET}@127.0.0.1:9/x?connect_timeout=2")

    assert ended.returncode == 1
    assert "DATABASE_URL" in ended.stderr
    assert SECRET not in ended.stdout + ended.stderr


def test_the_settings_never_show_their_secrets(load):
    settings = load(f"SLACK_BOT_TOKEN=xoxb-{SECRET}", f"DATABASE_URL=postgresql://bot:{SECRET}@db/x")

    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


@pytest.mark.parametrize(
    "names",
    [("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"), ("REDDIT_FEED_USER", "REDDIT_FEED_TOKEN")],
    ids=["app", "feed"],
)
def test_of_a_pair_both_halves_are_needed(load, names):
    for given, missing in (names, names[::-1]):
        with pytest.raises(BadSettingsError) as error:
            load(f"{given}=x")
        assert str(error.value) == f"{given} needs {missing} beside it; give both or none."

    assert load(*(f"{name}=x" for name in names)) != load()


@pytest.mark.parametrize("proxy", ["http://proxy.example:3128", "https://pat:pw@10.0.0.1:8080/", "http://[::1]:3128"])
def test_a_proxy_is_an_http_address(load, proxy):
    assert load(f"FEED_PROXY={proxy}").feed_proxy.get_secret_value() == proxy


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "socks5://proxy.example", "http://", "http://p.example:x"])
def test_anything_else_is_no_proxy(load, proxy):
    with pytest.raises(BadSettingsError, match="FEED_PROXY: must be the address of an HTTP proxy"):
        load(f"FEED_PROXY={proxy}")


def test_env_is_read_from_the_working_directory_and_the_environment_wins(run_bot, tmp_path):
    (tmp_path / ".env").write_text("TIME_ZONE=Mars/Base\nDIGEST_HOUR=24\n")
    ended = run_bot("poll", TIME_ZONE="Europe/Berlin")

    assert ended.returncode == 2
    assert "DIGEST_HOUR" in ended.stderr
    assert "TIME_ZONE" not in ended.stderr


def test_the_options_of_poll_win_over_everything(run_bot, tmp_path):
    (tmp_path / "urls.txt").write_text("")
    ended = run_bot("poll", "--feeds", "urls.txt", "--db", "other.db", "--workers", "3", POLL_WORKERS="5")

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "two-ears.db").exists()


def test_an_empty_value_means_the_default(load):
    settings = load("TIME_ZONE=", "DIGEST_HOUR=", "SLACK_BOT_TOKEN=")

    assert settings == load()
    assert settings.digest_hour == 9


def test_other_programs_variables_do_no_harm(load):
    assert load("EDITOR=vi", "SLACK_SIGNING_SECRET=x") == load()


@pytest.mark.parametrize(
    ("day", "hour", "zone", "weekday"),
    [("Monday", "9", "UTC", 0), ("friday", "0", "Asia/Kolkata", 4), ("SUNDAY", "23", "America/New_York", 6)],
)
def test_day_hour_and_zone_make_the_schedule(load, day, hour, zone, weekday):
    settings = load(f"DIGEST_DAY={day}", f"DIGEST_HOUR={hour}", f"TIME_ZONE={zone}")

    assert settings.schedule == Schedule(weekday=weekday, hour=int(hour), zone=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ["Europe", "../etc/passwd", "Europe/Atlantis", "GMT+25"])
def test_a_zone_that_is_none_is_refused_in_words(load, zone):
    with pytest.raises(BadSettingsError, match="There is no time zone called"):
        load(f"TIME_ZONE={zone}")


@pytest.mark.parametrize("level", ["debug", "Info", "WARNING"])
def test_the_log_level_may_be_written_in_any_case(load, level):
    assert load(f"LOG_LEVEL={level}").log_level == level
