"""Questions that are not ours: examples for an index to learn from."""
