"""A chat with a served page, as its script talks: a place in the queue, then a stream."""

from __future__ import annotations

import json
import secrets
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Chat:
    """One tab's conversation over HTTP."""

    address: str
    name: str = field(default_factory=lambda: secrets.token_hex(6))

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=30, trust_env=False)
        events = self.client.get("/config").json()["dependencies"]
        self.events = {event["targets"][0][1]: event for event in events if event["targets"]}

    def join(self, question: str) -> httpx.Response:
        """Take a place in the queue."""
        return self.client.post("/gradio_api/queue/join", json=self._sent("ask", question))

    def messages(self) -> Generator[dict[str, Any], None, None]:
        """What comes for this chat until its questions are answered."""
        with self.client.stream("GET", "/gradio_api/queue/data", params=self._me) as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))

    def ask(self, question: str) -> str:
        """Everything that came for one question."""
        assert self.join(question).status_code == 200
        return json.dumps(list(self.messages()), ensure_ascii=False)

    def press(self, event: str, question: str = "") -> httpx.Response:
        """An event that goes round the queue."""
        return self.client.post("/gradio_api/run/predict", json=self._sent(event, question))

    @property
    def _me(self) -> dict[str, str]:
        return {"session_hash": self.name}

    def _sent(self, event: str, question: str) -> dict[str, Any]:
        found = self.events[event]
        wish = {"question": question, "language": "en"}
        return {
            "data": [None] * len(found["inputs"]),
            "event_data": wish,
            "fn_index": found["id"],
            "trigger_id": found["targets"][0][0],
            **self._me,
        }
