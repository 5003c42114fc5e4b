"""``python -m evals``: asks every question and scores the answers; other words do other things."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from assistant.errors import AssistantError

# Each sub-command and where it is; a module is imported only when its word is said.
COMMANDS = {
    "run": "evals.command:run",
    "check": "evals.command:check",
    "gate": "evals.command:gate",
    "checks": "evals.checks.command:main",
    "personal": "evals.personal.command:main",
    "attacks": "evals.attacks.command:main",
    "wordings": "evals.wordings.command:main",
    "peers": "evals.peers.command:main",
    "fit": "evals.fits.command:main",
    "adapter": "evals.adapter.command:main",
    "load": "evals.load.command:main",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a sub-command, ``run`` where none is named; exit codes follow the command contract."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given.pop(0) if given and given[0] in COMMANDS else "run"
    try:
        return _command(name)(given)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _command(name: str) -> Callable[[Sequence[str]], int]:
    module, _, function = COMMANDS[name].partition(":")
    command: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
    return command


if __name__ == "__main__":
    sys.exit(main())
