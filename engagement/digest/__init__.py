"""The week in numbers and in names."""
