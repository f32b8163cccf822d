"""TALK: the only place that knows Slack, and the clock that joins the rooms."""
