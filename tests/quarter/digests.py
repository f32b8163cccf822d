"""What a digest says beside the truth."""

from collections import Counter, defaultdict
from itertools import pairwise

from builders import TEAM

from engagement.listing import DIGEST_ROWS
from storage.conversations.waiting import waiting_for_us
from storage.digest.bounds import bounds_of
from storage.digest.digests import compute_digest
from storage.digest.figures import figures_of
from storage.digest.voices import turned_of
from storage.stamps import read_stamp
from storage.workspaces import find_workspace


def differences_of(tx, world, starts_at, ends_at):
    """Return in words where the digest of [starts_at, ends_at) is not the truth."""
    digest = compute_digest(tx, find_workspace(tx, TEAM), starts_at=starts_at, ends_at=ends_at, now=ends_at)
    rows = waiting_for_us(tx, TEAM, limit=10_000)
    wrong = []
    if list(digest.waiting) != rows[:DIGEST_ROWS] or digest.more_waiting != max(0, len(rows) - DIGEST_ROWS):
        wrong.append("the digest does not list the most pressing")
    found = {row["thread_key"]: row for row in tx.all("SELECT * FROM conversation")}
    listed = {row.conversation_id: row for row in rows}
    for key, branch in world.branches.items():
        if branch.mentions:
            row = found[key]
            wrong += [f"{ends_at:%m-%d} {key}: {each}" for each in _of_branch(branch, row, listed.get(row["id"]))]
    bounds = bounds_of(TEAM, starts_at, ends_at)
    wrong += _of_figures(world, figures_of(tx, bounds), starts_at, ends_at)
    return (
        wrong
        + _of_people(world, turned_of(tx, bounds), starts_at, ends_at)
        + _of_week(world, digest, starts_at, ends_at)
    )


def _of_figures(world, figures, starts_at, ends_at):
    """Compare how far the conversations came, and how fast, with what happened in the branches."""
    opened = [each for each in world.branches.values() if each.mentions and not each.dismissed]
    needed = [each for each in opened if starts_at <= each.mentions[each.first] < ends_at and each.stands()]
    waits = sorted(each.first_reply_seconds() for each in needed if each.replies)
    truth = {
        "tagged": sum(bool(each.tag) for each in needed),
        "answered": sum(each.stands() == "answered" for each in needed),
        "first replies": len(waits),
        "half within": waits[(len(waits) + 1) // 2 - 1] if waits else None,
    }
    told = {
        "tagged": figures.tagged,
        "answered": figures.answered,
        "first replies": figures.first_reply.count,
        "half within": figures.first_reply.half_within_seconds,
    }
    return [
        f"{ends_at:%m-%d} figures: {name} {told[name]}, not {number}"
        for name, number in truth.items()
        if told[name] != number
    ]


def _of_people(world, turned, starts_at, ends_at):
    """Compare who is said to have turned with who complained and praised us the next time."""
    said = defaultdict(list)
    for branch in world.branches.values():
        for each, heard_at in branch.mentions.items():
            if (
                each.kind in ("praise", "complaint")
                and not each.mate
                and not branch.dismissed
                and each not in world.gone
            ):
                said[each.community.name, each.author].append((each.at, each.kind, each.url, heard_at))
    truth = {
        (earlier[2], later[2])
        for one in said.values()
        for earlier, later in pairwise(sorted(one))
        if (earlier[1], later[1]) == ("complaint", "praise") and starts_at <= later[3] < ends_at
    }
    world.turned += len(truth)
    told = {(each.complaint.url, each.praise.url) for each in turned}
    return [] if told == truth else [f"{ends_at:%m-%d} turned: {told}, not {truth}"]


def _of_week(world, digest, starts_at, ends_at):
    """Compare the counts of the week with what the branches say."""
    branches = [branch for branch in world.branches.values() if branch.mentions]
    ours = [branch for branch in branches if not branch.dismissed]

    def new_in(branch):
        return [each for each, at in branch.mentions.items() if starts_at <= at < ends_at]

    def people(kind):
        said = [each for branch in ours for each in new_in(branch) if each.kind == kind and not each.mate]
        return {(each.community, each.author) for each in said if each not in world.gone}

    opened = [branch.stands() for branch in ours if starts_at <= branch.mentions[branch.first] < ends_at]
    tags = Counter(dict.fromkeys(("listen", "interact", ""), 0))
    for branch in ours:
        tags[branch.tag] += len(new_in(branch))
    truth = {
        "mentions": sum(len(new_in(branch)) for branch in ours),
        "not_us": sum(len(new_in(branch)) for branch in branches if branch.dismissed),
        "listen": tags["listen"],
        "interact": tags["interact"],
        "untagged": tags[""],
        "needed_us": len(opened) - opened.count(""),
        "answered": opened.count("answered"),
        "answered_by_others": opened.count("others"),
        "cannot_tell": opened.count("unseen"),
        "waiting": opened.count("waiting"),
        "for_us": len(people("praise")),
        "against_us": len(people("complaint")),
        "posts_read": sum(
            starts_at <= at < ends_at and spoken in world.heard_in_places for spoken, at in world.first_heard.items()
        ),
    }
    return [
        f"{ends_at:%m-%d} counts: {name} {getattr(digest.week, name)}, not {number}"
        for name, number in truth.items()
        if getattr(digest.week, name) != number
    ]


def _of_branch(branch, row, line):
    waiting = branch.waiting()
    if waiting and line is None:
        return [f"forgotten: {waiting} {row['reply_state']} {row['tag']}"]
    if line is not None and not waiting:
        return [f"waits, it says, since {line.since} {line.url}, but was answered: {branch.answer()}"]
    if waiting:
        first = waiting[0]
        # Whoever goes on without naming us is listed by what they asked us before.
        address = first.url if first.names_us else line.url
        if (line.since, line.url) != (first.at, address):
            return [f"waits since {line.since:%m-%d %H:%M:%S} {line.url}, not {first}"]
        return []
    answer = branch.answer()
    if answer and not branch.dismissed and not branch.snoozed_until:
        said = (row["answered_by"], row["answered_at"] and read_stamp(row["answered_at"]), row["answer_url"])
        state = "answered" if answer[0] else "answered by others"
        if row["reply_state"] != state or said != answer:
            return [f"answered {row['reply_state']} {said}, not {answer}"]
    return []
