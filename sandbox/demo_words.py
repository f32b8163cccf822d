"""What the demo says on the terminal: colours where somebody sees them, plain lines elsewhere."""

import os
import sys
from dataclasses import dataclass
from typing import TextIO

GREEN, RED, BOLD, DIM = "32", "31", "1", "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Writes the demo's few lines to `out`; `colour` adds ANSI codes."""

    out: TextIO
    colour: bool

    @classmethod
    def for_terminal(cls) -> "Words":
        """Write to standard output, in colour if that is a terminal and NO_COLOR is not set (https://no-color.org)."""
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
        return cls(out=sys.stdout, colour=not plain)

    def title(self, app: str, *, live: bool) -> None:
        """Say what is being started, and whether it asks anybody outside."""
        outside = "Feeds are fetched from the real web." if live else "Nothing leaves this machine."
        self._line(f"{self._in(BOLD, app)}, the demo. No Slack account needed. {outside}")

    def ready(self, what: str, detail: str) -> None:
        """Say that one program answers."""
        self._line(f"  {self._in(GREEN, '✓' if self._can('✓') else 'ok')} {what:<22} {self._in(DIM, detail)}")

    def invitation(self, page: str, app: str, command: str) -> None:
        """Say where the page is, and three things to try."""
        self._line("")
        self._line(f"  Open  {self._in(BOLD, page)}")
        self._line("")
        self._line(
            "  1. In #mentions, press Interact on a card, then I'll reply. Switch to somebody else and press again."
        )
        self._line(f"  2. Type {self._in(BOLD, command + ' status')}, then {self._in(BOLD, command + ' digest')}.")
        self._line(
            f"  3. In #general, type {self._in(BOLD, '/invite @' + app)} and start listening for a name of your own."
        )
        self._line("")
        self._line(f"  {self._in(DIM, 'Ctrl-C stops everything.')}")

    def problem(self, line: str) -> None:
        """Pass on a line of the bot's log that somebody should see."""
        self._line(f"  {self._in(RED, 'bot:')} {line}")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._line("\nStopping ...")

    def stopped(self) -> None:
        """Say that nothing is left."""
        self._line("Stopped.")

    def kept(self, folder: str) -> None:
        """Say where the database and the logs are."""
        self._line(f"The database and the logs are in {folder}")

    def failure(self, reason: str) -> None:
        """Say why the demo cannot go on."""
        self._line(f"{self._in(RED, 'The demo stopped:')} {reason}")

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def _can(self, text: str) -> bool:
        try:
            text.encode(self.out.encoding or "ascii")
        except UnicodeEncodeError:
            return False
        return True

    def _line(self, text: str) -> None:
        # A log line may hold what this terminal cannot show, and nobody may be reading any more.
        encoding = self.out.encoding or "ascii"
        try:
            self.out.write(text.encode(encoding, "replace").decode(encoding) + "\n")
            self.out.flush()
        except (BrokenPipeError, OSError):
            return
