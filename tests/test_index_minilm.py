"""The model written out in NumPy gives what sentence-transformers gives."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index import embed
from assistant.index.embed import BundledMiniLM

Array = NDArray[np.float32]

TEXTS = {
    "a question": "Did the IRS give my address to ICE?",
    "a Spanish question": "¿Puede ICE ver mis impuestos?",
    "Spanish with every accent": "La declaración del año pasado, según él, averigüé que aún está.",
    "a reference": "26 U.S.C. § 6103(i)(2)(B)(iv); 26 C.F.R. § 301.6103(n)-1",
    "figures": "Of 1.28 million names the IRS matched 47,289 (less than 5 percent).",
    "one letter": "a",
    "nothing": "",
    "only space": " \n\t ",
    "emoji": "🧾🔒 are my taxes safe? 😟",
    "another script": "税务 конфиденциальность ضريبة",
    "a word no vocabulary holds": "x" * 300,
    "more than 256 pieces": "The IRS shared an address and a judge stopped it. " * 60,
}


@pytest.fixture(scope="module")
def few() -> Array:
    return BundledMiniLM().encode(list(TEXTS.values()))


@pytest.fixture(scope="module")
def many() -> Array:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embed, "_FEW", 0)
        return BundledMiniLM().encode(list(TEXTS.values()))


@pytest.mark.parametrize("row", range(len(TEXTS)), ids=list(TEXTS))
def test_both_ways_give_the_same_vector(row: int, few: Array, many: Array) -> None:
    assert float(np.abs(few[row] - many[row]).max()) < 1e-5


def test_vectors_have_384_numbers_and_length_one(few: Array) -> None:
    assert few.shape == (len(TEXTS), 384)
    assert few.dtype == np.float32
    assert np.linalg.norm(few, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_what_lies_beyond_256_pieces_is_not_read(few: Array) -> None:
    more = TEXTS["more than 256 pieces"] + "Something else. " * 50
    assert BundledMiniLM().encode([more])[0] == pytest.approx(few[-1], abs=1e-6)


def test_a_text_has_the_same_vector_whatever_stands_beside_it(few: Array) -> None:
    for row, text in enumerate(TEXTS.values()):
        assert BundledMiniLM().encode([text])[0] == pytest.approx(few[row], abs=1e-6)


def test_a_text_is_nearer_to_what_says_the_same_than_to_another_subject(few: Array) -> None:
    near, far = BundledMiniLM().encode(["The tax agency gave ICE addresses.", "Bake a cake."])
    assert few[0] @ near > few[0] @ far + 0.3
