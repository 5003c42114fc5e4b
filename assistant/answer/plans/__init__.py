"""Kinds of question: what opens their answer, and the standing facts that people who ask need."""
