"""``python -m evals adapter``: teaches the bundled model this subject.

Three things are learned at once: which questions are of one kind, which sentences answer a
question, and which sentences of the two languages say the same. No question that an evaluation asks
is among them.
"""
