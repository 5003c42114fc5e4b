"""Whether the assistant can answer, for whoever watches over the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from assistant.errors import CorpusError, ModelError, SearchIndexError
from assistant.log import logger
from assistant.ui.frame import Assistant

_KEPT = 2.0  # seconds that a finding holds, so that asking often costs nothing
_PROBE = "6103"
# Errors name folders of this machine, which are nobody else's business.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (SearchIndexError, "the index cannot be opened"),
    (ModelError, "the embedding model cannot be loaded"),
    (CorpusError, "the documents cannot be read"),
)

_log = logger("health")


class Health:
    """Looks whether documents, index and embedder are there, by a search that holds no question."""

    def __init__(self, assistant: Assistant, clock: Callable[[], float] = time.monotonic) -> None:
        self._assistant, self._clock = assistant, clock
        self._lock = Lock()
        self._found: tuple[float, str | None] | None = None

    def trouble(self) -> str | None:
        """Why no question can be answered, in a few words; None where all is well."""
        with self._lock:
            now = self._clock()
            if self._found is None or now - self._found[0] > _KEPT:
                self._found = (now, self._look())
            return self._found[1]

    def _look(self) -> str | None:
        if not self._assistant.settings.corpus.is_dir():
            return "the documents cannot be read"
        try:
            hits = self._assistant.search(_PROBE, k=1)
        except Exception as error:
            _log.error("not ready: %s", type(error).__name__)
            known = (reason for kind, reason in _REASONS if isinstance(error, kind))
            return next(known, "searching failed")
        return None if hits else "the index is empty"
