"""What is said to whoever cannot be let in now, kindly and in the reader's language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from assistant.texts import say
from assistant.ui.asgi import Headers, Send, send_text
from assistant.ui.incoming import Incoming


class Reason(StrEnum):
    """Why a request is refused; each has its words in ``limits``."""

    TOO_MANY = "too_many"
    FULL = "full"
    LEAVING = "leaving"
    TOO_BIG = "too_big"
    TOO_SLOW = "too_slow"
    ELSEWHERE = "elsewhere"
    OTHER_SITE = "other_site"
    SIGN_IN = "sign_in"
    TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal; ``seconds`` tells when coming back is worth while."""

    status: int
    reason: Reason
    seconds: int = 0
    headers: Headers = ()

    async def send(self, came: Incoming, send: Send) -> None:
        """Say it, as JSON to a script and as a text to a person."""
        words = say(came.language, f"limits.{self.reason.value}", seconds=self.seconds)
        again: Headers = (("retry-after", str(self.seconds)),) if self.seconds else ()
        # What was sent may not have been read to its end.
        headers = (*self.headers, *again, ("connection", "close"))
        if came.from_a_script:
            told = json.dumps({"detail": words}, ensure_ascii=False)
            await send_text(send, self.status, told, "application/json", headers)
        else:
            await send_text(send, self.status, words + "\n", headers=headers)
