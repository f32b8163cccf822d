"""What a channel is told when somebody deleted the card of something that is still open."""

from engagement.conversations.conversation import Card
from engagement.conversations.standing import waits_for_us
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import heading, heading_link
from handlers.views.mrkdwn import inline


def draw_deleted(card: Card, *, is_deleted: bool) -> Message:
    """Return the word on a card that `is_deleted`, or that it was posted again."""
    post, conversation = card.opening.stored.post, card.conversation
    title = f"*{heading_link(post)}*"
    if not is_deleted:
        return Message(text="A card stands here again", blocks=[blocks.context(f"{title} stands here again.")])
    waits = waits_for_us(conversation, ours_to_answer=card.opening.reading.ours_to_answer)
    open_still = "Somebody still waits for our answer there." if waits else "Nobody has decided on it yet."
    again = blocks.button("Post it again", "card.again", f"{conversation.id}:{conversation.version}")
    return Message(
        text=inline(f"A card was deleted: {heading(post)}", 200),
        blocks=[blocks.section(f"The card of {title} was deleted by hand. {open_still}", again)],
    )
