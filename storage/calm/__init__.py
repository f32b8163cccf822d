"""What holds cards back or rings: brakes, roll-ups, mutes, alerts."""
