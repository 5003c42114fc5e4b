"""Importing files: each is told by its content, read, and written; one bad file stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.corpus.official import cfr, courtlistener, federal_register, uslm
from assistant.corpus.official.facts import Draft, Reading, UnreadableFile, Wanted
from assistant.corpus.official.json_text import read_json
from assistant.corpus.official.pdf import read_pdf
from assistant.corpus.official.sniff import READ, Format, format_of
from assistant.corpus.official.text import listed
from assistant.corpus.official.write import Written, write_draft
from assistant.corpus.official.xml import local, namespace, root_of
from assistant.errors import CorpusError, UsageError


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; ``problem`` is empty when all of it was imported."""

    file: Path
    written: tuple[Written, ...] = ()
    notices: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all files; ``missing`` are the sections asked for that none of them holds."""

    files: tuple[FileOutcome, ...]
    missing: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for could not be done."""
        return bool(self.missing) or any(each.problem for each in self.files)


@dataclass(slots=True)
class _Read:
    """A file as it was read, before opinions are joined with their clusters."""

    file: Path
    reading: Reading | None = None
    objects: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""


def import_files(files: Sequence[Path], corpus: Path, wanted: Wanted) -> Outcome:
    """Imports every file that can be; what cannot is said, with the way to mend it.

    Raises:
        CorpusError: There is no such corpus folder.
    """
    check_folder(corpus)
    read = [_read(file, wanted) for file in files]
    clusters = _clusters(read)
    taken: set[str] = set()
    outcomes = tuple(_written(each, clusters, corpus, taken) for each in read)
    named = {name for each in read if each.reading for name in each.reading.named}
    return Outcome(outcomes, tuple(sorted(wanted.sections - named)))


def check_folder(corpus: Path) -> None:
    """Makes sure that there is a corpus to import into.

    Raises:
        CorpusError: There is no such folder.
    """
    if not corpus.is_dir():
        raise CorpusError(
            f"{corpus}: there is no such folder of documents. "
            "Give the right one with --corpus or ASSISTANT_CORPUS."
        )


def _read(file: Path, wanted: Wanted) -> _Read:
    try:
        return _by_format(file, wanted)
    except UnreadableFile as error:
        where = f":{error.where}" if error.where else ""
        return _Read(file, problem=f"{file}{where}: {error}")
    except OSError as error:
        what = f"it cannot be read: {error.strerror or error}"
        return _Read(file, problem=f"{file}: {what}. Check the file and try again.")
    except (RecursionError, MemoryError):
        what = "it is nested too deep or too large to be read"
        return _Read(file, problem=f"{file}: {what}. Check what it is.")


def _by_format(file: Path, wanted: Wanted) -> _Read:
    form = format_of(file)
    if form is Format.PDF:
        return _Read(file, read_pdf(file, wanted))
    if form is Format.XML:
        return _Read(file, _read_xml(file, wanted))
    return _of_json(file, read_json(file))


def _read_xml(file: Path, wanted: Wanted) -> Reading:
    root = root_of(file)
    name = local(root)
    if namespace(root) in uslm.NAMESPACES:
        uslm.refuse_other(root)
        return uslm.read_code(file, wanted)
    if cfr.is_division(name) or name == "DLPSTEXTCLASS":
        return cfr.read_regulations(file, wanted)
    known = {
        "FEDREG": (
            "a whole issue of the Federal Register",
            "Get the document as JSON: "
            "https://www.federalregister.gov/api/v1/documents/NUMBER.json",
        ),
        "mods": ("a MODS record, which describes a document and does not hold its text", READ),
        "bill": ("a bill in the older XML of Congress", READ),
        "resolution": ("a resolution in the older XML of Congress", READ),
    }
    what, mend = known.get(name, (f"XML of a kind that is not read (root '{name[:60]}')", READ))
    raise UnreadableFile(f"it is {what}", mend)


def _of_json(file: Path, told: Any) -> _Read:
    every = told if isinstance(told, list) else [told]
    if isinstance(told, dict) and isinstance(told.get("results"), list):
        every = told["results"]
    objects = [each for each in every if isinstance(each, dict)]
    registers = [each for each in objects if federal_register.is_register(each)]
    if registers:
        return _Read(file, federal_register.read_register(registers))
    held = [each for each in objects if _is_of_court(each)]
    if not held:
        raise UnreadableFile(f"it is JSON of a kind that is not read ({_shape(told)})", READ)
    return _Read(file, objects=held)


def _is_of_court(told: dict[str, Any]) -> bool:
    return courtlistener.is_cluster(told) or any(True for _ in courtlistener.opinions_in(told))


def _shape(told: Any) -> str:
    """What a JSON text holds, in a few words."""
    if isinstance(told, dict) and {"caseName", "opinions"} <= told.keys():
        return "a search result of CourtListener, which holds no whole text"
    one = told[0] if isinstance(told, list) and told else told
    if isinstance(one, dict):
        if {"model", "fields"} <= one.keys():
            return "a dump of a database"
        many = "a list of objects" if isinstance(told, list) else "an object"
        return f"{many} with {listed(sorted(str(key)[:30] for key in one), 5) or 'nothing in it'}"
    return f"a {type(told).__name__}"


def _clusters(read: Sequence[_Read]) -> dict[str, dict[str, Any]]:
    """Every cluster that any of the files holds, by number."""
    found = {}
    for each in read:
        for told in each.objects:
            if courtlistener.is_cluster(told):
                found[courtlistener.id_of(told, "")] = told
    return found


def _written(
    read: _Read, clusters: dict[str, dict[str, Any]], corpus: Path, taken: set[str]
) -> FileOutcome:
    if read.problem:
        return FileOutcome(read.file, problem=read.problem)
    written: list[Written] = []
    notices = list(read.reading.notices) if read.reading else []
    problems: list[str] = []
    for draft in _drafts(read, clusters, notices, problems):
        again = draft.id in taken
        taken.add(draft.id)
        if again:
            notices.append(f"'{draft.id}' was imported from an earlier file of this run already")
        try:
            written.append(write_draft(draft, corpus))
        except (UsageError, CorpusError) as error:
            problems.append(str(error))
    problem = " ".join(f"{read.file}: {each}" for each in problems)
    return FileOutcome(read.file, tuple(written), tuple(notices), problem)


def _drafts(
    read: _Read, clusters: dict[str, dict[str, Any]], notices: list[str], problems: list[str]
) -> Iterator[Draft]:
    if read.reading:
        yield from read.reading.drafts
    for told in read.objects:
        found = False
        for opinion, its_own in courtlistener.opinions_in(told):
            found = True
            cluster = its_own or clusters.get(courtlistener.id_of(opinion, "cluster"))
            try:
                draft, said = _opinion(opinion, cluster)
            except UnreadableFile as error:
                problems.append(str(error))
                continue
            notices += said
            yield draft
        if not found:
            notices.append("a cluster: it gives name and day to the opinions imported with it")


def _opinion(opinion: dict[str, Any], cluster: dict[str, Any] | None) -> tuple[Draft, list[str]]:
    if cluster is None:
        number = courtlistener.id_of(opinion, "cluster") or "of its 'cluster' field"
        what = "an opinion does not tell the name of its case and the day it was decided"
        mend = (
            f"Download its cluster too ({courtlistener.SITE}/api/rest/v4/clusters/{number}/), and "
            "give both files in one command"
        )
        raise UnreadableFile(what, mend)
    return courtlistener.draft_of(opinion, cluster)
