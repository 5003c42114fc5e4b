"""Run the ``assistant`` command as users do, watched: logs at debug level, each door written down.

    python watched.py FOLDER '[["ask", "…"], ["serve", "--port", "0"]]'

Every log line goes to stderr. ``FOLDER/opened.txt`` gets a line for each file opened to be written
and ``FOLDER/reached.txt`` one for each host that is looked up, connected or sent to; both come from
Python's own audit events, so nothing that is written in Python gets around them.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REACHES = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def watch(folder: Path) -> None:
    """Writes down from now on what this process opens to write and whom it reaches."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    opened, reached = (os.open(folder / name, flags) for name in ("opened.txt", "reached.txt"))

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
            os.write(opened, f"{arguments[0]}\n".encode())
        elif event in _REACHES:
            os.write(reached, f"{arguments[1]}\n".encode())
        elif event in _LOOKS_UP:
            os.write(reached, f"{arguments[0]}\n".encode())

    sys.addaudithook(heard)


def main() -> None:
    """Runs each command in turn, and says on both outputs how it ended."""
    watch(Path(sys.argv[1]))
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    from assistant.cli.app import main as command

    for arguments in json.loads(sys.argv[2]):
        sys.argv = ["assistant", *arguments]
        try:
            command()
            code: object = 0
        except SystemExit as leaving:
            code = leaving.code or 0
        # Libraries set their own levels while they are imported.
        logging.getLogger().setLevel(logging.DEBUG)
        print(f"ended: {code}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
