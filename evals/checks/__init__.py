"""How well generated sentences are checked, on claims that people labelled.

This alone of the measuring looks below the service: a check is judged claim by claim, and the
service shows only the answers that come out at the end.
"""
