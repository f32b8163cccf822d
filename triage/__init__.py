"""UNDERSTAND: a post in, a reading out. Rules with their reasons; no network, no files, no clock."""
