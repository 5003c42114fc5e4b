"""A Chroma server that dies and comes back: a plain message, then the right answer again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chroma_clients import ended_connections
from commands import here
from faults import NEW, OLD, QUESTION, answer, chroma_server, edit, free_port, plain, reader, told

from assistant.config import Settings
from assistant.errors import SearchIndexError

pytestmark = [pytest.mark.network, pytest.mark.usefixtures("no_plans", "connections_end_here")]


@pytest.fixture
def connections_end_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with ended_connections(monkeypatch):
        yield


def test_a_server_that_dies_and_returns_is_asked_again_without_a_restart(
    small_settings: Settings, tmp_path: Path
) -> None:
    port, folder = free_port(), tmp_path / "server"
    url = f"http://127.0.0.1:{port}"
    settings = small_settings.model_copy(update={"chroma_url": url})
    with chroma_server(folder, port):
        reader(settings).refresh(lambda step: None)
        asked = reader(settings)
        right = told(answer(asked))
    for _ in range(2):
        with pytest.raises(SearchIndexError, match=f"{url} cannot be read.*Start that server"):
            answer(asked)
    for command in (("ask", QUESTION), ("doctor",), ("index",)):
        ran = here(*command, settings=settings, ASSISTANT_CHROMA_URL=url)
        plain(ran, 3, f"No Chroma server answers at {url}", "ASSISTANT_CHROMA_URL")
    with chroma_server(folder, port):
        assert told(answer(asked)) == right
        plain(here("doctor", settings=settings, ASSISTANT_CHROMA_URL=url), 0)
    # It comes back without what it held, so a document changed meanwhile is indexed anew.
    shutil.rmtree(folder)
    with chroma_server(folder, port):
        with pytest.raises(SearchIndexError, match="assistant index --rebuild"):
            answer(asked)
        doctor = here("doctor", settings=settings, ASSISTANT_CHROMA_URL=url)
        plain(doctor, 3, "MEND  index:", "assistant index --rebuild")
        asked_anew = here("ask", QUESTION, settings=settings, ASSISTANT_CHROMA_URL=url)
        plain(asked_anew, 0, OLD)
        assert told(answer(asked)) == right


def test_a_server_that_dies_while_an_index_is_built_leaves_the_old_one_in_use(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.index.vectors import VectorIndex

    port, folder = free_port(), tmp_path / "server"
    settings = small_settings.model_copy(update={"chroma_url": f"http://127.0.0.1:{port}"})
    with chroma_server(folder, port) as server:
        reader(settings).refresh(lambda step: None)
        asked = reader(settings)
        edit(settings)
        before = told(answer(asked))
        write = VectorIndex._write

        def dying(self: VectorIndex, *args: object) -> None:
            server.kill()
            server.wait()
            write(self, *args)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(VectorIndex, "_write", dying)
            with pytest.raises(SearchIndexError, match="cannot be written.*Start that server"):
                reader(settings).refresh(lambda step: None)
    with chroma_server(folder, port):
        assert told(answer(asked)) == before
        reader(settings).refresh(lambda step: None)
        assert NEW in answer(asked).text
