"""What keeps a channel calm: brake, roll-up, mutes, quiet hours, and what is urgent all the same."""
