"""The voice guide, drafts, and what was said in public."""
