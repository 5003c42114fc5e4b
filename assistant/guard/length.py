"""How much is read of a question and of what came before it."""

from __future__ import annotations

from assistant.errors import UsageError
from assistant.models import Request

LONGEST_QUESTION = 4000  # characters; longer texts are not questions
LONGEST_CONVERSATION = 200_000  # characters of all earlier turns


def check_length(request: Request) -> None:
    """Refuses what is too long before anything reads it.

    Raises:
        UsageError: The question or the turns before it have too many characters.
    """
    if len(request.question) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(request.question):,} characters; at most "
            f"{LONGEST_QUESTION:,} are read. Shorten it and ask again."
        )
    if sum(len(turn.text) for turn in request.turns) > LONGEST_CONVERSATION:
        raise UsageError(
            f"The earlier turns have more than {LONGEST_CONVERSATION:,} characters together. "
            "Leave the oldest out and ask again."
        )
