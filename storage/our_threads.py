"""Threads that the team opened, and who answered there without a word back from us."""

from engagement.said import Said
from engagement.week import OurThread, quietest_first
from engagement.whose_turn import replies_to_ours
from storage.bounds import Bounds
from storage.database import Tx
from storage.mentions import mentions_of
from storage.team_posts import keys_of_posts, team_posts_in
from storage.weeks import of_us

# So many threads of ours that somebody wrote in within a period are looked at, the newest first.
LOOKED_AT = 50


def our_threads(tx: Tx, bounds: Bounds, *, limit: int) -> tuple[OurThread, ...]:
    """Return threads of ours in which somebody wrote within the period and waits for a word, most of them first.

    As far as rows can say: replies that are mentions.
    """
    rows = tx.all(
        f"""SELECT DISTINCT conversation.id, conversation.thread_key {of_us(bounds)} AND EXISTS (
              SELECT 1 FROM team_post WHERE team_post.workspace_id = conversation.workspace_id
                AND team_post.thread_key = conversation.thread_key)
            ORDER BY conversation.id DESC LIMIT :looked_at""",  # noqa: S608 - constants only
        looked_at=LOOKED_AT,
        **bounds,
    )
    threads = [_thread(tx, row["id"], (str(bounds["workspace_id"]), row["thread_key"])) for row in rows]
    return tuple(quietest_first(each for each in threads if each)[:limit])


def _thread(tx: Tx, conversation_id: int, thread: tuple[str, str]) -> OurThread | None:
    ours = {post.id: post for post in team_posts_in(tx, thread)}
    theirs = [mention.stored for mention in mentions_of(tx, conversation_id) if mention.stored.id not in ours]
    keys = keys_of_posts(tx, [stored.id for stored in theirs])
    said = [
        *(Said(keys=keys[each.id], parent_key=each.post.parent_key, at=each.written_at) for each in theirs),
        *(
            Said(keys=each.keys, parent_key=each.stored.post.parent_key, at=each.stored.written_at, by=each.slack_user)
            for each in ours.values()
        ),
    ]
    counts = replies_to_ours(said, thread_key=thread[1])
    if counts is None:
        return None
    opening = min(ours.values(), key=lambda each: each.stored.written_at).stored.post
    return OurThread(title=opening.title or opening.text, url=opening.url, replies=counts[0], without_word=counts[1])
