"""The form that asks whether somebody is really to be forgotten."""

import json
from typing import Final

from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import inline

# Slack takes 3,000 characters of private_metadata; nobody's name is as long.
NAME_AT_MOST: Final = 1_000


def forget_button(conversation_id: int) -> Block:
    """Return the button that asks whether whoever opened a conversation is to be forgotten."""
    return blocks.button("Forget this person…", "forget.ask", str(conversation_id))


def forget_modal(conversation_id: int, *, community: str, author: str, posts: int) -> View:
    """Return the form; `private_metadata` is JSON: `{"conversation", "community", "author"}`, as it was drawn."""
    who, many = f"*{inline(author)}* on {inline(community)}", times(posts, "post")
    return blocks.form(
        "Forget a person",
        [
            blocks.section(f"Forget {who}, of whom I have {many}? This cannot be taken back."),
            blocks.section(
                "• Their name, words and links leave everything I keep, our drafts to them too, and what I posted here "
                "is drawn again without them.\n"
                "• The numbers stay: they are counted as one person without a name.\n"
                "• The same posts do not come back. What they write from now on is heard as anybody's.\n"
                "• What I cannot reach: files you exported, backups, and what people wrote in Slack."
            ),
        ],
        submit="Forget",
        callback_id="forget.person",
        private_metadata=json.dumps(
            {
                "conversation": str(conversation_id),
                "community": community[:NAME_AT_MOST],
                "author": author[:NAME_AT_MOST],
            },
            ensure_ascii=False,
        ),
    )
