"""A small Slack on loopback, to try a bot and to test it. It says no wherever Slack says no.

It knows nothing of the bot that talks to it: any Bolt app will do.
"""
