"""Attacks on the assistant, cries for help, and worried questions that only sound like attacks.

The ideas are those of published lists (OWASP's risks for language models, garak, promptfoo,
JailbreakBench); the words are our own, in English and Spanish.
"""
