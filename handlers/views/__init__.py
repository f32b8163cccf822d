"""What people see in Slack: engagement data in, messages and modals out. Nothing is fetched, no clock is read."""
