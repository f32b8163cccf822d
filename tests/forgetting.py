"""Somebody is forgotten, all steps of it at once."""

from storage.records.forgetting import begin_to_forget, forget_on


def forget_whole(tx, workspace_id, person, *, by, at):
    """Forget somebody in one transaction; return the number that stands for them, None where there was nothing."""
    number = begin_to_forget(tx, workspace_id, person, by=by, at=at)
    while forget_on(tx):
        pass
    return number
