"""Optional sign-in: it guards every door, keeps no password, and lets nobody guess."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from asgi_calls import Call, Inner
from commands import here
from ui_fakes import FakeAssistant

from assistant.config import Settings
from assistant.errors import SettingsError
from assistant.ui import sign_in
from assistant.ui.gate import Gate
from assistant.ui.health import Health
from assistant.ui.metrics import Metrics
from assistant.ui.sign_in import line_for, read_people

PASSWORD = "correct horse ñandú"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time; the true cost is looked at by a test of its own."""
    monkeypatch.setattr(sign_in, "_COST", 2**4)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people"
    lines = ("# who may come in", "", line_for("ana", PASSWORD), line_for("bo", "another long one"))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def gate_with(people: Path, inner: Any = None) -> Gate:
    assistant = FakeAssistant(Settings(sign_in=people, public=True))
    return Gate(inner or Inner(), assistant.settings, Metrics(), Health(assistant))


def basic(name: str, password: str) -> list[tuple[str, str]]:
    coded = base64.b64encode(f"{name}:{password}".encode()).decode()
    return [("authorization", f"Basic {coded}")]


@pytest.mark.parametrize(
    "path",
    ["/", "/library", "/config", "/assets/a.js", "/page/frame.js", "/gradio_api/queue/data", "/x"],
)
def test_every_door_asks_for_a_name(people: Path, path: str) -> None:
    inner = Inner()
    came = Call(path).now(gate_with(people, inner))
    assert came.status == 401
    assert came.headers["www-authenticate"].startswith('Basic realm="Ask 6103"')
    assert inner.bodies == []
    assert Call(path, headers=basic("ana", PASSWORD)).now(gate_with(people)).body == "inside"


def test_whether_it_is_well_is_told_without_a_name(people: Path) -> None:
    assert Call("/healthz").now(gate_with(people)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        basic("ana", "another long one"),
        basic("ana", ""),
        basic("nobody", PASSWORD),
        basic("", ""),
        [("authorization", "Basic !!!")],
        [("authorization", "Basic " + base64.b64encode(b"\xff\xfe").decode())],
        [("authorization", "Basic " + base64.b64encode(b"no colon").decode())],
        [("authorization", "Bearer " + "x" * 5000)],
    ],
)
def test_nothing_else_lets_anyone_in(people: Path, headers: Any) -> None:
    assert Call("/", headers=headers).now(gate_with(people)).status == 401


def test_guessing_is_slowed_down_and_no_name_is_counted(people: Path) -> None:
    gate = gate_with(people)
    tried = [Call("/", headers=basic("ana", f"guess {n}")).now(gate).status for n in range(25)]
    assert tried[:20] == [401] * 20
    assert set(tried[20:]) == {429}
    assert "ana" not in Call("/metrics").now(gate).body


def test_a_page_of_many_files_tries_the_password_once(
    people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gate_with(people)
    assert Call("/", headers=basic("ana", PASSWORD)).now(gate).status == 200
    monkeypatch.setattr(sign_in, "_digest", lambda password, salt: pytest.fail("tried again"))
    for _ in range(50):
        assert Call("/", headers=basic("ana", PASSWORD)).now(gate).status == 200


def test_a_name_that_is_not_there_costs_as_much_as_a_wrong_password(
    people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, tried = sign_in._digest, []

    def counting(password: str, salt: bytes) -> bytes:
        tried.append(password)
        return digest(password, salt)

    monkeypatch.setattr(sign_in, "_digest", counting)
    gate = gate_with(people)
    for name in ("ana", "nobody"):
        Call("/", headers=basic(name, "wrong")).now(gate)
    assert tried == ["wrong", "wrong"]


def test_neither_password_nor_hash_is_told_by_the_line_or_reused() -> None:
    first, second = line_for("ana", PASSWORD), line_for("ana", PASSWORD)
    assert first != second
    assert "horse" not in first


def test_the_true_cost_is_owasps_and_within_the_memory_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert (sign_in._COST, sign_in._BLOCK, sign_in._LANES) == (2**15, 8, 3)
    file = tmp_path / "people"
    file.write_text(line_for("ana", PASSWORD), encoding="utf-8")
    assert read_people(file)["ana"].fits(PASSWORD)


@pytest.mark.parametrize(
    "text",
    ["", "# nobody", "ana", "ana:plain", "ana:scrypt$x$y", "ana:scrypt$!!$??", ":scrypt$a$b"],
)
def test_a_file_that_cannot_be_used_is_told_with_its_mend(tmp_path: Path, text: str) -> None:
    file = tmp_path / "people"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="assistant sign-in"):
        read_people(file)
    ran = here("serve", ASSISTANT_SIGN_IN=str(file))
    assert (ran.code, ran.out) == (2, "")


def test_a_name_twice_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_SIGN_IN"):
        read_people(tmp_path / "gone")
    twice = tmp_path / "people"
    twice.write_text(f"{line_for('a', PASSWORD)}\n{line_for('a', PASSWORD)}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="Line 2"):
        read_people(twice)


def test_the_command_makes_a_line_that_signs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def prompt(text: str, **how: Any) -> str:
        asked.append(how)
        return PASSWORD

    monkeypatch.setattr(typer, "prompt", prompt)
    ran = here("sign-in", "ana")
    assert ran.code == 0
    assert re.fullmatch(r"ana:scrypt\$[\w+/=]+\$[\w+/=]+\n", ran.out)
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]
    file = tmp_path / "people"
    file.write_text(ran.out, encoding="utf-8")
    assert read_people(file)["ana"].fits(PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"), [("a:b", PASSWORD), ("#a", PASSWORD), ("a", "short")]
)
def test_a_name_or_password_that_will_not_do_is_refused(
    name: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typer, "prompt", lambda text, **how: password)
    ran = here("sign-in", name)
    assert (ran.code, ran.out) == (2, "")
    assert "short" not in ran.notice.replace("too short", "")
