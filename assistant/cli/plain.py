"""What is said when the machine itself is wanting: memory, or a library that cannot be loaded."""

from __future__ import annotations

import mmap

# Without memory a library ends in any of these: "failed to map segment from shared object" is an
# ImportError, and Python itself may raise a SystemError.
WANTING = (MemoryError, ImportError, SystemError)
# Address space for the libraries, their threads and the small index: less lets some of them wait
# for memory for ever (OpenBLAS, a thread that begins), so it is looked for before they are loaded.
ROOM = 1 << 30


def check_room() -> None:
    """Makes sure that there is room to begin; nothing of it is used.

    Raises:
        MemoryError: This process may not have that much.
    """
    try:
        mmap.mmap(-1, ROOM).close()
    except OSError as error:
        raise MemoryError(f"no room for {ROOM >> 20} MB") from error


def wanting(error: BaseException) -> str:
    """What happened and what to do, in one message."""
    why = f"{type(error).__name__}: {error}".removesuffix(": ")
    return (
        f"There is too little memory, or a library is damaged ({why}). Close other programs or "
        "allow this one more memory, and try again. If that does not help, install the project "
        "again: make run"
    )
