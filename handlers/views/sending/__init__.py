"""What is said of channels and receivers that are lost."""
