"""Runs commands, each in a forked child under a fault: the libraries are imported only once.

Reads one JSON object a line: the arguments, the environment and the fault. Answers with a line that
tells exit code, output, notices and when each step of a build began. Run as a program.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import chromadb  # noqa: F401 - imported before anything is forked, as all below
from commands import _open_embedder

from assistant import service
from assistant.cli import app, asking, doctor, ready  # noqa: F401
from assistant.index import build as building
from assistant.index.embedded import Embedded

# Every step of a build, in order; "end" is the time after the swap.
STEPS: tuple[tuple[Any, str], ...] = (
    (building, "sweep"),
    (building, "corpus_hash"),
    (building, "split"),
    (building, "_usable"),
    (building, "_embed"),
    (building, "save_passages"),
    (Embedded, "save"),
    (building, "_write_words"),
    (building, "_write_maps"),
    (building, "_write_kinds"),
    (building, "_write_vectors"),
    (building, "checksums"),
    (building, "write_manifest"),
    (building, "make_current"),
)
_PATIENCE = 60.0  # seconds
_OVERRIDES = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


def main() -> None:
    """Answers line by line until nobody asks."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(_run(json.loads(line)))}\n")
        sys.stdout.flush()


def _run(task: dict[str, Any]) -> dict[str, Any]:
    if "fill" in task:
        _fill(Path(task["fill"]), task["free"])
    heard, told = os.pipe()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.close(heard)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _child(task, told)
        os.close(told)
        steps = _watch(child, heard, task.get("kill"))
        _, status = os.waitpid(child, 0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": _read(out),
            "err": _read(err),
            "steps": steps,
        }


def _fill(file: Path, free: int) -> None:
    """Lets a file take all the space of its disk but for so many bytes."""
    file.write_bytes(b"")
    disk = os.statvfs(file)
    file.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - free)))


def _read(file: Any) -> str:
    file.seek(0)
    text: str = file.read().decode("utf-8", errors="replace")
    return text


def _watch(child: int, heard: int, kill: dict[str, Any] | None) -> list[tuple[str, float]]:
    """The steps as they begin; in the middle of the one that is named, the child is killed."""
    steps = []
    with os.fdopen(heard, encoding="utf-8") as lines:
        for line in lines:
            steps.append((line.strip(), time.perf_counter()))
            if kill and line.strip() == kill["step"]:
                time.sleep(kill["after"])
                os.kill(child, signal.SIGKILL)
    return steps


def _child(task: dict[str, Any], told: int) -> None:
    """Never returns: the command's exit code is the child's, as it would be the program's."""
    code = 70
    try:
        os.environ.clear()
        os.environ.update(task["environment"])
        sys.argv = ["assistant", *task["arguments"]]
        _tell_steps(told, task.get("out_of_memory_at"))
        # A command that hangs ends with the lines it hangs at, which no test takes for an answer.
        faulthandler.dump_traceback_later(_PATIENCE, exit=True)
        _limit(task)
        with (
            mock.patch.object(service, "examples", dict),
            mock.patch.object(doctor, "examples", dict),
            mock.patch.object(service, "open_embedder", _open_embedder),
            mock.patch.object(doctor, "open_embedder", _open_embedder),
        ):
            app.main()
        code = 0
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:
        code = 1
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        os.write(told, b"end\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell_steps(told: int, out_of_memory_at: str | None) -> None:
    for owner, name in STEPS:
        setattr(owner, name, _telling(getattr(owner, name), name, told, out_of_memory_at))


def _telling(
    real: Callable[..., Any], name: str, told: int, out_of_memory_at: str | None
) -> Callable[..., Any]:
    def telling(*args: Any) -> Any:
        os.write(told, f"{name}\n".encode())
        if name == out_of_memory_at:
            raise MemoryError
        return real(*args)

    return telling


def _limit(task: dict[str, Any]) -> None:
    if "largest_file" in task:
        resource.setrlimit(resource.RLIMIT_FSIZE, (task["largest_file"],) * 2)
    if "memory" in task:
        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = held * resource.getpagesize() + task["memory"]
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if task.get("plain_user"):
        _obey_permissions()


def _obey_permissions() -> None:
    """Lets even root be refused what a file's permissions refuse."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    sets[0] &= ~_OVERRIDES
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


if __name__ == "__main__":
    main()
