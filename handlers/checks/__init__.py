"""`bot.py check`: everything the bot needs, one after the other."""
