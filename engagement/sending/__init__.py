"""What leaves the bot: messages to Slack, events to other programs."""
