"""Fits: the constants that were learned from questions, computed again.

Unlike the rest of the evaluation, which sees only the front of the assistant, these reach into the
rooms whose constants they compute. They read the tuning half of the questions and never the other.
"""
