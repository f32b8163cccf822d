"""The settings in the App Home: of each topic how it stands, and the buttons that change it."""
