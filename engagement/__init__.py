"""DECIDE: pure rules of data and `now`. No clock, no await, no input or output."""
