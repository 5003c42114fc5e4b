"""A folder of a build is taken over only if it was made of the very same in the very same way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.index import making
from assistant.index.making import Making


@dataclass
class Maker:
    """Makes folders that hold one text, and counts them."""

    text: str
    made: int = 0

    def __call__(self) -> Maker:
        self.made += 1
        return self

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "text").write_text(self.text, encoding="utf-8")


def place(build: Path) -> Path:
    return build / "words" / "en"


def made(tmp_path: Path, *of: object) -> Path:
    """A build with one folder that was made of these."""
    build = tmp_path / "first"
    Making(build, None).folder(place, of, Maker("old"))
    return build


def again(tmp_path: Path, previous: Path | None, *of: object) -> str:
    """What the folder of a build that follows holds: the old text, or the new."""
    build = tmp_path / "second"
    maker = Maker("new")
    Making(build, previous).folder(place, of, maker)
    text = (place(build) / "text").read_text(encoding="utf-8")
    assert maker.made == (text == "new")
    return text


@pytest.mark.parametrize("of", [(), ("a",), (["a", "b"], b"c"), (("a", 1), ["ñ"]), ([],)], ids=repr)
def test_what_was_made_of_the_same_is_copied(of: tuple[object, ...], tmp_path: Path) -> None:
    assert again(tmp_path, made(tmp_path, *of), *of) == "old"


@pytest.mark.parametrize(
    ("of", "now"),
    [
        (("a",), ("b",)),
        (("a",), ()),
        ((["ab", "c"],), (["a", "bc"],)),
        ((["a"], ["b"]), (["a", "b"], [])),
        ((["a", "b"],), (["b", "a"],)),
        (("1",), (1,)),
        ((b"a",), (b"b",)),
    ],
    ids=repr,
)
def test_what_was_made_of_something_else_is_made_anew(
    of: tuple[object, ...], now: tuple[object, ...], tmp_path: Path
) -> None:
    assert again(tmp_path, made(tmp_path, *of), *now) == "new"


def test_without_a_build_before_it_is_made(tmp_path: Path) -> None:
    made(tmp_path, "a")
    assert again(tmp_path, None, "a") == "new"


def test_a_folder_that_does_not_say_of_what_it_was_made_is_made_anew(tmp_path: Path) -> None:
    previous = made(tmp_path, "a")
    (place(previous) / "made-of.txt").unlink()
    assert again(tmp_path, previous, "a") == "new"


def test_a_copy_can_be_taken_over_again(tmp_path: Path) -> None:
    assert again(tmp_path, made(tmp_path, "a"), "a") == "old"
    third = tmp_path / "third"
    Making(third, tmp_path / "second").folder(place, ("a",), Maker("newest"))
    assert (place(third) / "text").read_text(encoding="utf-8") == "old"


def test_with_other_code_or_word_lists_everything_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    previous = made(tmp_path, "a")
    monkeypatch.setattr(making, "_way", lambda: b"another way")
    assert again(tmp_path, previous, "a") == "new"


def test_the_way_is_told_by_code_and_word_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = set()
    for code, stop_words in (("x = 1", "the"), ("x = 2", "the"), ("x = 2", "the of")):
        (tmp_path / "words.py").write_text(code, encoding="utf-8")
        (tmp_path / "stopwords.yaml").write_text(stop_words, encoding="utf-8")
        monkeypatch.setattr(making, "__file__", str(tmp_path / "making.py"))
        ways.add(making._way.__wrapped__())
    assert len(ways) == 3
