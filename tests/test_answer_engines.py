"""The switch that turns generated answers off while the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import TODAY
from fakes import FakeEmbedder

from assistant.answer.generated.prompt import Prompt
from assistant.config import Settings
from assistant.models import Answer, Language, Request
from assistant.service import Assistant
from assistant.texts import say

ASKED = {
    Language.EN: "How many addresses did the IRS give to ICE?",
    Language.ES: "¿Cuántas direcciones le dio el IRS a ICE?",
}


@dataclass
class Repeating:
    """A model that repeats the first sentence of each passage it is given."""

    name: str = "scripted:repeating"
    asked: int = 0

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The sentences, each with its mark."""
        self.asked += 1
        for key, passage in prompt.passages.items():
            yield f"{passage.sentences[0].text} [{key}]\n"


@pytest.mark.parametrize("language", list(Language), ids=str)
@pytest.mark.usefixtures("no_plans")
def test_a_file_turns_the_model_off_and_its_going_on_again_without_a_restart(
    shared_assistant: Assistant, tmp_path: Path, language: Language
) -> None:
    off = tmp_path / "model.off"
    settings = shared_assistant.settings.model_copy(update={"model_off": off})
    model = Repeating()
    assistant = Assistant(settings, FakeEmbedder(), lambda: TODAY, models=lambda name: model)

    def ask() -> Answer:
        return assistant.ask(Request(ASKED[language], engine=model.name))

    notice = say(language, "model.switched_off")
    assert ask().engine == model.name
    off.touch()
    quoted = ask()
    assert quoted.engine == "quotes"
    assert all(sentence.quoted for sentence in quoted.sentences)
    assert notice in quoted.notices
    assert model.asked == 1
    # Who asks for quotations anyway need not be told.
    assert notice not in assistant.ask(Request(ASKED[language], engine="quotes")).notices
    off.unlink()
    assert ask().engine == model.name
    assert model.asked == 2


def test_the_setting_is_a_path_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL_OFF", "/run/ask6103/model.switched_off")
    assert Settings().model_off == Path("/run/ask6103/model.switched_off")
