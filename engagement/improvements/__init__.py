"""What is changed because of what people said, and the themes that lead there."""
