"""The App Home: what each person sees of the queue, and where the team's settings are changed."""
