"""Listening at work, for the running bot and for one poll from the command line. Knows no Slack."""
