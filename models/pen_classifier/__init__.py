"""Training of the pen classifier."""
