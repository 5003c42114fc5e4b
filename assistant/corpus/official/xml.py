"""Reading XML of unknown origin a piece at a time: no DTD, no entity, no depth and size beyond use.

Title 26 alone is 55 MB, so a file is never held whole: what is read is let go of again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.corpus.official.facts import UnreadableFile

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

LARGEST = 250 << 20  # bytes; the largest title of the Code has less than half
DEEPEST = 100  # levels; a section within its title has some twenty, a table in it ten more


@dataclass(frozen=True, slots=True)
class Step:
    """An element that begins or ends; ``unit`` tells a whole one that was asked for."""

    element: Element
    begins: bool
    unit: bool = False


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; empty when it has none."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def all_text(element: Element) -> str:
    """All text within an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def root_of(file: Path) -> Element:
    """The first element of a file, with its attributes only.

    Raises:
        UnreadableFile: The file is no XML that may be read.
    """
    for step in walk(file, lambda element: False):
        return step.element
    raise UnreadableFile("the XML holds nothing", "Download the file again")


def walk(file: Path, is_unit: Callable[[Element], bool]) -> Iterator[Step]:
    """Each element as it begins and ends; a unit once, whole, without what lies inside it.

    An element is emptied once it was handed out: take from it what is needed at once.

    Raises:
        UnreadableFile: The file is too large or too deep, is not well-formed, or declares a DTD.
    """
    unit: Element | None = None
    depth = 0
    for begins, element in _events(file):
        depth += 1 if begins else -1
        if depth > DEEPEST:
            what = f"the XML is nested more than {DEEPEST} levels deep, as no official file is"
            raise UnreadableFile(what, "Download the file again from the official service")
        if begins and unit is None:
            unit = element if is_unit(element) else None
            if unit is None:
                yield Step(element, begins=True)
        elif not begins and (unit is None or element is unit):
            yield Step(element, begins=False, unit=unit is not None)
            element.clear()
            unit = None


def _events(file: Path) -> Iterator[tuple[bool, Element]]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    if file.stat().st_size > LARGEST:
        what = f"the file has more than {LARGEST >> 20} MB, more than any official file of its kind"
        raise UnreadableFile(what, "Check what it is, or import a part of it")
    try:
        with file.open("rb") as stream:
            for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
                yield event == "start", element
    except DefusedXmlException as error:
        what = "the XML declares a DTD or entities; official files have none, and they can do harm"
        raise UnreadableFile(what, "Download the file again from the official service") from error
    except ParseError as error:
        raise _not_well_formed(error) from error
    except (LookupError, ValueError) as error:
        what = f"the XML cannot be decoded ({error})"
        raise UnreadableFile(what, "Save it in UTF-8, or download it again") from error
    except OSError as error:
        raise UnreadableFile(f"it cannot be read: {error.strerror}", "Try again") from error


def _not_well_formed(error: Any) -> UnreadableFile:
    line, column = error.position
    reason = str(error).partition(":")[0]
    what = f"the XML breaks off or is damaged ({reason}, column {column})"
    return UnreadableFile(what, "Download the file again", where=str(line))
