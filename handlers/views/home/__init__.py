"""The App Home: its tabs, its rows and its settings."""
