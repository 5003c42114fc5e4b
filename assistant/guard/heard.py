"""A question with the turns that it follows, of which an attack is never one."""

from __future__ import annotations

from assistant.dialogue.follow import Understood, understood
from assistant.guard.screen import Reason, screen
from assistant.models import Language, Outcome, Turn


def heard_after(
    asked: str, turns: tuple[Turn, ...], language: Language, follows: bool = False
) -> Understood:
    """A question with what it follows; an attack among the earlier turns is never followed.

    ``follows`` says that it surely follows, however it is worded.
    """
    followed = _without_attacks(turns, language)
    heard = understood(asked, followed, language, vague=follows)
    if followed and heard.text == asked:
        screening = screen(asked, language)
        vague = screening is not None and screening.reason is Reason.VAGUE
        heard = understood(asked, followed, language, vague)
    return heard


def _without_attacks(turns: tuple[Turn, ...], language: Language) -> tuple[Turn, ...]:
    """The earlier turns but those that were blocked, with what was said to them."""
    kept: list[Turn] = []
    blocked = False
    for turn in turns:
        if turn.role == "user":
            screening = screen(turn.text, language)
            blocked = screening is not None and screening.outcome is Outcome.BLOCKED
        if not blocked:
            kept.append(turn)
    return tuple(kept)
