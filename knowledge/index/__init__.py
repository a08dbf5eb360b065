"""Search: vectors, two engines, generations."""
