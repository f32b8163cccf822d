"""The last one out: ends the programs when whoever started them no longer can (`kill -9`, a closed laptop lid).

Reads `+PID` and `-PID` lines, the process groups that began and ended. The end of the input means that nobody
else is left to end them: whatever is still noted then is ended. Works wherever there are process groups, so it needs
nothing of Linux.
"""

import os
import signal
import sys
import time

GRACE_SECONDS = 1.0


def main() -> None:
    """Note process groups until the input ends, then end them: politely first, for sure after a second."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        note, group = line[0], int(line[1:])
        (groups.add if note == "+" else groups.discard)(group)
    for number in (signal.SIGTERM, signal.SIGKILL):
        groups = {group for group in groups if _signalled(group, number)}
        if groups and number == signal.SIGTERM:
            time.sleep(GRACE_SECONDS)


def _signalled(group: int, number: signal.Signals) -> bool:
    """Whether there was anybody left to hear the signal."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says "not permitted" of a group of zombies
        return False
    return True


if __name__ == "__main__":
    main()
