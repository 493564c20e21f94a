"""Training of the judge of pen and print."""
