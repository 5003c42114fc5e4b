"""What every test lives under: no network, no warning left unread, no setting of this machine."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import faults
import local_model
import pytest
from fakes import FakeEmbedder
from filelock import FileLock
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from assistant import service
from assistant.cli import doctor
from assistant.config import Settings
from assistant.corpus.read import read_corpus
from assistant.index.build import build_index
from assistant.index.kinds import KindMap
from assistant.index.split import split
from assistant.models import Document, Origin, Passage
from assistant.service import Assistant

TESTS = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
WHOLE_TODAY = date(2026, 12, 1)  # every document of the real corpus is there
# The whole corpus's index is the project's own, which commands under test use too: built once, it
# is kept between runs and shared by all who test at once; the builder refreshes what changed.
KEPT_INDEX = Path(os.environ.get("ASSISTANT_TEST_INDEX") or TESTS.parent / ".index")

# Every warning fails its test, but for what libraries do and we cannot mend.
WARNINGS = (
    "error",
    # Gradio leaves the event loops of its worker threads, and their pipes, to the collector.
    "ignore:unclosed event loop:ResourceWarning",
    "ignore:unclosed <socket.socket fd=[0-9]+, family=1,:ResourceWarning",
)

# A test file that drives a browser or a server of its own may use this machine's own addresses.
_MAY_CONNECT = ("browser", "network", "local_model")

# Examples are the same in every run, and a busy machine is no failure.
hypothesis_settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")


class Blocked(AssertionError):
    """A test tried to reach the network."""


class _Gate:
    """Lets nothing out; opens for this machine's own addresses where a test may use them."""

    def __init__(self) -> None:
        self.own_machine = False
        self.refused: list[object] = []

    def check(self, family: int, address: Any) -> None:
        """Refuses an address that this test may not reach."""
        if family == getattr(socket, "AF_UNIX", None):
            return
        host = address[0] if isinstance(address, tuple) else address
        if not (self.own_machine and _is_own(host)):
            self.refuse(host, "reach")

    def look_up(self, host: object, *args: Any, **named: Any) -> Any:
        """Finds the addresses of this machine's own names; others would ask a server."""
        if host is not None and not _is_own(host):
            self.refuse(host, "look up")
        return _lookup(host, *args, **named)  # type: ignore[arg-type]

    def refuse(self, host: object, what: str) -> None:
        """Keeps the attempt as well, in case someone catches the exception."""
        self.refused.append(host)
        raise Blocked(f"a test tried to {what} {host!r}")


def _is_own(host: object) -> bool:
    if host in ("localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


_gate = _Gate()
_lookup = socket.getaddrinfo


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        # The address comes last in each of connect, connect_ex and sendto.
        _gate.check(self.family, args[-1])
        return method(self, *args)

    return guarded


def pytest_configure(config: pytest.Config) -> None:
    """Turns warnings into failures and closes the gate before anything is collected."""
    config.addinivalue_line("markers", "network: talks to a server on this machine")
    for line in WARNINGS:
        config.addinivalue_line("filterwarnings", line)
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    socket.getaddrinfo = _gate.look_up


def _asks_local_model() -> bool:
    return local_model.installed() and os.environ.get("ASSISTANT_TEST_LOCAL_MODEL") == "1"


def pytest_report_header() -> list[str]:
    """Says whether a real language model is asked, which takes minutes, and how a disk fills up."""
    disk = "a small one fills up" if faults.can_mount() else "each file's size is limited"
    return [
        f"local model: {'asked' if _asks_local_model() else 'not asked (make test-model)'}",
        f"full disk: {disk}",
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the local model unless it is wanted, and puts browser tests last.

    Playwright leaves its event loop running in this thread. Of those, the ones with the whole app
    come first, so that of two who test at once only one starts it.
    """
    if not _asks_local_model():
        left_out = [item for item in items if item.get_closest_marker("local_model")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser") is None:
        return 0
    return 1 if item.get_closest_marker("corpus") else 2


@pytest.fixture(autouse=True)
def refused(request: pytest.FixtureRequest) -> Iterator[list[object]]:
    """The addresses that were refused; a test that leaves any fails, whoever caught the error."""
    _gate.own_machine = any(request.node.get_closest_marker(name) for name in _MAY_CONNECT)
    _gate.refused.clear()
    yield _gate.refused
    _gate.own_machine = False
    assert _gate.refused == []


@pytest.fixture(autouse=True, scope="session")
def no_settings_of_this_machine() -> Iterator[None]:
    """Settings come from the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True, scope="session")
def kinds_learned_once() -> Iterator[None]:
    """What was learned of the very same examples is not learned again: it takes seconds."""
    learn, known = KindMap.learn, {}

    def remembered(kinds: Sequence[str], texts: Sequence[Sequence[str]], vectors: Any) -> KindMap:
        told = repr((list(kinds), [list(text) for text in texts])).encode()
        key = hashlib.sha256(told + vectors.tobytes()).digest()
        if key not in known:
            known[key] = learn(kinds, texts, vectors)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KindMap, "learn", remembered)
        yield


@pytest.fixture(scope="session")
def run() -> Iterator[faults.Runner]:
    """Runs commands under a fault."""
    with faults.runner() as running:
        yield running


@pytest.fixture(scope="session")
def index_without_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small corpus that learned no kinds of question; only copies are altered."""
    folder = tmp_path_factory.mktemp("without-plans") / "index"
    settings = Settings(corpus=TESTS / "small_corpus", index=folder, embedder=FakeEmbedder().name)
    build_index(settings, FakeEmbedder(), lambda step: None)
    return folder


@pytest.fixture(scope="session")
def index_with_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small corpus with all that it learns, which takes seconds.

    One for all who test at once; only copies are opened.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "with-plans"
    settings = Settings(corpus=TESTS / "small_corpus", index=folder, embedder=FakeEmbedder().name)
    assistant = Assistant(settings, FakeEmbedder(), lambda: TODAY)
    with FileLock(f"{folder}.lock"):
        if assistant.stale():
            assistant.refresh(lambda step: None)
    return folder


@pytest.fixture
def ready(index_without_plans: Path, small_settings: Settings, no_plans: None) -> Assistant:
    """An assistant with a sound index of its own, quickly copied, that a test may break."""
    shutil.copytree(index_without_plans, small_settings.index)
    return Assistant(small_settings, FakeEmbedder(), lambda: TODAY)


@pytest.fixture(scope="session")
def small(index_with_plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small corpus and an index of it, for all commands that alter neither."""
    folder = Path(shutil.copytree(index_with_plans, tmp_path_factory.mktemp("small") / "index"))
    return Settings(corpus=TESTS / "small_corpus", index=folder, embedder=FakeEmbedder().name)


@pytest.fixture
def no_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that learns no kinds of question: of thousands of examples that takes seconds."""
    monkeypatch.setattr(service, "examples", dict)
    monkeypatch.setattr(doctor, "examples", dict)


@pytest.fixture(scope="module")
def no_kinds_learned() -> Iterator[None]:
    """The same for all of a module in which nothing is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "examples", dict)
        yield


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Three documents in each language, sound twins, in a folder that a test may alter."""
    return Path(shutil.copytree(TESTS / "small_corpus", tmp_path / "corpus"))


@pytest.fixture
def small_settings(small_corpus: Path, tmp_path: Path) -> Settings:
    """The small corpus, an index folder that is not there yet, and the fake embedder's name."""
    return Settings(corpus=small_corpus, index=tmp_path / "index", embedder=FakeEmbedder().name)


@pytest.fixture
def small_assistant(index_with_plans: Path, small_settings: Settings) -> Assistant:
    """An assistant on an index of its own of the small corpus, with a fixed day and no model."""
    shutil.copytree(index_with_plans, small_settings.index)
    return Assistant(small_settings, FakeEmbedder(), lambda: TODAY)


@pytest.fixture(scope="session")
def shared_assistant(index_with_plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The same for all tests that alter nothing."""
    folder = Path(shutil.copytree(index_with_plans, tmp_path_factory.mktemp("shared") / "index"))
    settings = Settings(corpus=TESTS / "small_corpus", index=folder, embedder=FakeEmbedder().name)
    return Assistant(settings, FakeEmbedder(), lambda: TODAY)


@pytest.fixture(scope="session")
def whole_documents() -> tuple[Document, ...]:
    """Every document of the real corpus that is ours: texts imported here belong to no test."""
    every = read_corpus(TESTS.parent / "corpus")
    return tuple(each for each in every if each.source.origin is Origin.DIGEST)


@pytest.fixture(scope="session")
def whole_passages(whole_documents: tuple[Document, ...]) -> tuple[Passage, ...]:
    """Every passage of the real corpus."""
    return split(whole_documents)


@pytest.fixture(scope="session")
def whole_settings() -> Settings:
    """The real corpus, and where its index is kept."""
    return Settings(corpus=TESTS.parent / "corpus", index=KEPT_INDEX.absolute())


@pytest.fixture(scope="session")
def whole_index(whole_settings: Settings) -> Settings:
    """The same settings once the index of the real corpus is built, with the real model."""
    assistant = Assistant(whole_settings)
    if assistant.stale():
        assistant.refresh(lambda step: None)
    return whole_settings


@pytest.fixture(scope="session")
def whole_assistant(whole_index: Settings) -> Assistant:
    """An assistant on the real corpus with the real model, on a fixed day."""
    return Assistant(whole_index, today=lambda: WHOLE_TODAY)
