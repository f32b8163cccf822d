"""Whose turn it is to answer, until when, and where that is looked up."""
