"""Photos of invented people's cards, their truth, and the generator that makes them."""
