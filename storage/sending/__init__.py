"""What leaves the bot, and what stands where in Slack."""
