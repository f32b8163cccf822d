"""Where to listen: the catalogue, what somebody pastes, and trying it."""
