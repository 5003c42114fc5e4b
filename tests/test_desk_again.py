"""Our own wordings in the other language; what is not ours is never said again."""

from __future__ import annotations

import pytest

from assistant.desk.again import notes_again, said_again
from assistant.models import Language
from assistant.texts import catalogue, say

EN, ES = Language.EN, Language.ES


def test_every_label_of_a_dispute_and_every_reason_is_known_in_both_directions() -> None:
    for key, text in catalogue(EN).items():
        if key.startswith(("disputes.", "guard.reason_")):
            assert said_again(text, EN, ES) == say(ES, key)
            twin = said_again(say(ES, key), ES, EN)
            # Names that are the same in Spanish may stand under several keys.
            assert twin is not None


@pytest.mark.parametrize("text", ["", "Something else.", "How many disclosures were faulty!"])
def test_a_text_that_is_not_ours_is_not_said_again(text: str) -> None:
    assert said_again(text, EN, ES) is None
    assert said_again(text, EN, EN) == text


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("answers.notice_not_held", {"provision": "26 U.S.C. § 6103(z)"}),
        ("answers.notice_near_miss", {"meant": "6103"}),
        ("answers.notice_changed", {}),
    ],
)
def test_notices_about_the_question_are_filled_alike(key: str, values: dict[str, str]) -> None:
    for spoken, wanted in ((EN, ES), (ES, EN), (EN, EN)):
        assert notes_again([say(spoken, key, **values)], spoken, wanted) == (
            say(wanted, key, **values),
        )


@pytest.mark.parametrize(
    "key", ["answers.notice_partial", "answers.disclaimer", "guard.urgent_detained"]
)
def test_other_notices_are_left_to_the_list_itself(key: str) -> None:
    assert notes_again([say(EN, key), "Something else."], EN, ES) == ()
