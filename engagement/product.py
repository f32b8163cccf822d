"""The product's own name and words, each in one constant."""

PRODUCT = "Two Ears"
DEFAULT_COMMAND = "/ears"
