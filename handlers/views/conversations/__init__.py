"""The card, its thread, and the forms of its menu."""
