"""The figures and lists of a period."""
