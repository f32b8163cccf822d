"""Where the shipped weights come from: run by hand, seldom, never by the bot."""
