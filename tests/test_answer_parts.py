"""Where a message falls into parts that may each ask something."""

import pytest

from assistant.answer.parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Did the IRS give my address to ICE?", ()),
        ("Hi. Did the IRS give my address to ICE?", ()),
        (
            "I file with an ITIN since 2011. Did they give my address?",
            ("I file with an ITIN since 2011.", "Did they give my address?"),
        ),
        (
            "tengo itin desde 2011 y me llegó la orden ¿ya le dieron mi dirección?",
            ("tengo itin desde 2011 y me llegó la orden", "¿ya le dieron mi dirección?"),
        ),
        (
            "i moved in march, do i have to tell the irs",
            ("i moved in march", "do i have to tell the irs"),
        ),
        (
            "I make minimum wage, no money for attorneys. Who helps for free",
            ("I make minimum wage, no money for attorneys.", "Who helps for free"),
        ),
        (
            "What did it decide\nand whom does it bind",
            ("What did it decide", "and whom does it bind"),
        ),
        ("Section 6103(i)(2): what must ICE say?", ()),
    ],
)
def test_parts_end_at_stops_lines_and_words_of_asking(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts


def test_no_word_is_lost_or_changed() -> None:
    text = "He left. Who helps us now; can they see it all? ¿Y a quién le pregunto yo?"
    assert (
        " ".join(parts_of(text))
        == "Who helps us now; can they see it all? ¿Y a quién le pregunto yo?"
    )
