"""One file out of a zip archive of unknown origin: the one that was asked for, and no bigger."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path

from assistant.corpus.fetch.room import no_room
from assistant.corpus.official.xml import LARGEST
from assistant.errors import ServiceError

_MOST_MEMBERS = 200
_LARGEST_DIRECTORY = 1 << 20  # bytes of the list of members, which is read as a whole
_STEEPEST = 200  # times; XML of the Code is packed to a tenth
_PIECE = 1 << 18
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH = 22
_FLAG_SECRET = 0x1
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def unpack(archive: Path, member: str, into: Path) -> None:
    """Writes the one member to a file; nothing else of the archive is unpacked.

    Raises:
        ServiceError: It is no zip, has no such member, is damaged, or is made to do harm.
        CorpusError: The disk has no room.
    """
    _check_list(archive)
    try:
        with zipfile.ZipFile(archive) as opened:
            found = _member(opened, member)
            with opened.open(found) as packed, into.open("wb") as stream:
                size = 0
                while piece := packed.read(_PIECE):
                    size += len(piece)
                    if size > _most(found):
                        raise _bomb(size)
                    stream.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused("the zip archive is damaged, or of a kind that is not read") from error
    except OSError as error:
        raise no_room(into, error) from error


def _check_list(archive: Path) -> None:
    """Makes sure that the list of members is short before it is read whole."""
    size = archive.stat().st_size
    with archive.open("rb") as stream:
        head = stream.read(4)
        stream.seek(max(0, size - _END_LENGTH - 0xFFFF))
        tail = stream.read()
    at = tail.rfind(_END)
    if not head.startswith(b"PK") or at < 0 or len(tail) - at < _END_LENGTH:
        raise _refused("what was sent is no zip archive, or breaks off")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if _END_64 in tail or length > _LARGEST_DIRECTORY:
        raise _refused("the zip archive lists far more than one title's files")


def _member(opened: zipfile.ZipFile, member: str) -> zipfile.ZipInfo:
    infos = opened.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise _refused(f"the zip archive lists {len(infos)} files, far more than one title's")
    for info in infos:
        if _leads_away(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
            raise _refused("the zip archive holds a name that leads out of its folder")
    found = [info for info in infos if info.filename == member]
    if len(found) != 1:
        raise _refused(f"the zip archive holds {len(found) or 'no'} '{member}'")
    (info,) = found
    if info.flag_bits & _FLAG_SECRET or info.compress_type not in _PACKED:
        raise _refused("the zip archive is encrypted, or packed in a way that is not read")
    if info.file_size > _most(info):
        raise _bomb(info.file_size)
    return info


def _leads_away(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name


def _most(info: zipfile.ZipInfo) -> int:
    """The most bytes that may come out of a member, by what it takes in the archive."""
    return min(LARGEST, max(info.compress_size, _PIECE) * _STEEPEST)


def _bomb(size: int) -> ServiceError:
    return _refused(f"the zip archive unpacks to {size >> 20} MB or more, as no title does")


def _refused(what: str) -> ServiceError:
    mend = "Try again later, or download it from https://uscode.house.gov/download/ by hand"
    return ServiceError(f"{what[0].upper()}{what[1:]}. {mend}.")
