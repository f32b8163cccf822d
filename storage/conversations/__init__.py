"""Conversations, their mentions, and every decision about them."""
