"""Whether questions can be answered, told without a word about this machine."""

from pathlib import Path
from typing import Any

import pytest
from ui_fakes import FakeAssistant

from assistant.config import Settings
from assistant.errors import ModelError, SearchIndexError
from assistant.service import Assistant
from assistant.ui.health import Health


class Broken(FakeAssistant):
    error: Exception = RuntimeError("/secret/place")
    looks = 0

    def search(self, *args: Any, **named: Any) -> Any:
        self.looks += 1
        raise self.error


def test_an_assistant_with_documents_index_and_model_is_ready(shared_assistant: Assistant) -> None:
    assert Health(shared_assistant).trouble() is None


def test_an_index_that_is_gone_is_told(small_settings: Settings) -> None:
    assert Health(Assistant(small_settings)).trouble() == "the index cannot be opened"


def test_documents_that_are_gone_are_told(tmp_path: Path) -> None:
    gone = FakeAssistant(Settings(corpus=tmp_path / "gone"))
    assert Health(gone).trouble() == "the documents cannot be read"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (SearchIndexError("/home/someone/.index is damaged"), "the index cannot be opened"),
        (ModelError("/home/someone/model"), "the embedding model cannot be loaded"),
        (RuntimeError("a question"), "searching failed"),
    ],
)
def test_what_is_wrong_is_told_without_a_path_or_a_word(error: Exception, says: str) -> None:
    broken = Broken()
    broken.error = error
    assert Health(broken).trouble() == says


def test_asking_often_looks_only_now_and_then() -> None:
    now = [0.0]
    broken = Broken()
    health = Health(broken, lambda: now[0])
    for seconds in (0.0, 0.5, 1.9, 2.5, 3.0):
        now[0] = seconds
        health.trouble()
    assert broken.looks == 2
