"""What every question and turn goes through before anything else reads it."""

from __future__ import annotations

from assistant.guard.personal import Redacted, remove_personal
from assistant.guard.readable import readable


def cleaned(text: str) -> Redacted:
    """The text that a reader sees, without personal details."""
    return remove_personal(readable(text))
