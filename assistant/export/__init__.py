"""An answer as others use it: the JSON record, and text with its sources."""
