"""Roll-ups, alerts, the brake, and what is muted."""
