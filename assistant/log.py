"""Logging that can hold counts, ids and times, and never a question, an answer or a passage."""

from __future__ import annotations

import logging

_ROOT = "assistant"


def logger(name: str) -> logging.Logger:
    """A logger below ``assistant``; give it only numbers, ids and names of steps."""
    return logging.getLogger(f"{_ROOT}.{name}")


def hush(*names: str) -> None:
    """Lets these libraries log nothing below a warning, whatever level is set for all."""
    for name in names:
        logging.getLogger(name).setLevel(logging.WARNING)
