"""Texts, blocks and forms in Slack's shape: name only what matters to the test, the rest is plausible."""


def plain(words="words"):
    return {"type": "plain_text", "text": words}


def marked(words="words"):
    return {"type": "mrkdwn", "text": words}


def a_section(words="words", **fields):
    return {"type": "section", "text": marked(words), **fields}


def a_button(words="Listen", action_id="listen", **fields):
    return {"type": "button", "text": plain(words), "action_id": action_id, **fields}


def an_option(words="One"):
    return {"text": plain(words), "value": words.lower()}


def an_input(**fields):
    element = {"type": "plain_text_input", "action_id": "names"}
    return {"type": "input", "block_id": "names", "label": plain("Names"), "element": element, **fields}


def a_modal(*blocks, **fields):
    """A form; without `blocks` one that asks for nothing."""
    form = {"type": "modal", "callback_id": "m", "title": plain("A form"), "submit": plain("Send")}
    return {**form, "blocks": list(blocks), **fields}
