"""Feeds in XML: what each entry says, read the fast way or by feedparser."""
