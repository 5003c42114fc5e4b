"""Our own search, asked through the same lines as everyone else's."""

from __future__ import annotations

from assistant.config import load_settings
from assistant.models import Language
from assistant.service import Assistant
from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = ("ask6103",)


def build(task: Task) -> Built:
    """A fresh index in the working folder; the language of the question is known, as in use."""
    assistant = Assistant(load_settings(corpus=task.corpus, index=task.work / "index"))
    manifest = assistant.refresh(lambda step: None)

    def search(text: str, language: str) -> list[tuple[str, str]]:
        hits = assistant.search(text, Language(language), DEPTH)
        return [(hit.passage.source.path, hit.passage.text) for hit in hits]

    return Built(manifest.passages, search)
