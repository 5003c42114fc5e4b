"""Optional sign-in: names and passwords from a file, asked for by the browser itself."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

# One of OWASP's settings for scrypt: 32 MB and some tenths of a second for each try.
_COST, _BLOCK, _LANES = 2**15, 8, 3
_MOST_MEMORY = 64 * 1024 * 1024
_LENGTH = 32
_AT_ONCE = 2  # passwords tried side by side, for the memory's sake
_MOST_KNOWN = 1000  # sign-ins remembered, so that a page's fifty files cost one try
SHORTEST = 12  # characters of a password


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept of a password: enough to tell it, and not enough to know it."""

    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        """Whether this is the password; wrong ones take as long as the right one."""
        return hmac.compare_digest(_digest(password, self.salt), self.digest)


_NOBODY = Secret(secrets.token_bytes(16), secrets.token_bytes(_LENGTH))


class SignIn:
    """Tells whether a request carries a name and password of the file."""

    def __init__(self, file: Path) -> None:
        self._people = read_people(file)
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._trying = asyncio.Semaphore(_AT_ONCE)

    def knows(self, header: bytes) -> bool:
        """Whether these very credentials were found right before."""
        return self._mark(header) in self._known

    async def accepts(self, header: bytes) -> bool:
        """Whether an ``Authorization`` header holds a name and its password."""
        if self.knows(header):
            return True
        given = _read(header)
        if given is None:
            return False
        name, password = given
        # A name that is not there takes as long as one that is.
        secret = self._people.get(name, _NOBODY)
        async with self._trying:
            fits = await asyncio.to_thread(secret.fits, password)
        if fits:
            self._known[self._mark(header)] = None
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return fits

    def _mark(self, header: bytes) -> bytes:
        return hashlib.blake2b(header, key=self._key).digest()


def read_people(file: Path) -> Mapping[str, Secret]:
    """The names of a file with what is kept of their passwords.

    Raises:
        SettingsError: It cannot be read, or a line of it is no line of `line_for`.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The sign-in file {file} cannot be read. Correct ASSISTANT_SIGN_IN, or make a line "
            f"for it: assistant sign-in NAME >> {file}"
        ) from error
    people: dict[str, Secret] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().partition(":")
        secret = _kept(kept)
        if not name or secret is None or name in people:
            raise SettingsError(
                f"Line {number} of the sign-in file {file} is no NAME:HASH, or its name stands "
                "there twice. Make it anew: assistant sign-in NAME"
            )
        people[name] = secret
    if not people:
        raise SettingsError(
            f"The sign-in file {file} has no line. Make one: assistant sign-in NAME >> {file}"
        )
    return people


def line_for(name: str, password: str) -> str:
    """A line of the sign-in file for this name and password."""
    salt = secrets.token_bytes(16)
    kept = (base64.b64encode(each).decode() for each in (salt, _digest(password, salt)))
    return f"{name}:scrypt${'$'.join(kept)}"


def _kept(text: str) -> Secret | None:
    kind, *parts = text.split("$")
    if kind != "scrypt" or len(parts) != 2:
        return None
    try:
        salt, digest = (base64.b64decode(each, validate=True) for each in parts)
    except (binascii.Error, ValueError):
        return None
    return Secret(salt, digest) if len(salt) >= 16 and len(digest) == _LENGTH else None


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode(),
        salt=salt,
        n=_COST,
        r=_BLOCK,
        p=_LANES,
        maxmem=_MOST_MEMORY,
        dklen=_LENGTH,
    )


def _read(header: bytes) -> tuple[str, str] | None:
    """The name and password in a ``Basic`` header."""
    kind, _, coded = header.partition(b" ")
    if kind.lower() != b"basic" or len(coded) > 1000:
        return None
    try:
        name, colon, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
