"""Nothing is shown that does not stand in its source."""
