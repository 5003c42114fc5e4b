"""Words that are one slip of the keyboard away from a word that tells."""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.guard.words import word_list

_SHORTEST, _LONGEST = 5, 16  # letters of a word that is set right
_WORDS_OF_THEIR_OWN = word_list("no_slips")


@lru_cache(maxsize=32_768)
def set_right(word: str, telling: str) -> str:
    """The word of the list ``telling`` that a word is one slip away from, or the word itself."""
    words = word_list(telling)
    if word[:-1] in words and word[-1] == word[-2]:
        return word[:-1]
    # "Ignored" and "addresses" are forms of a word, not slips of it.
    if not _SHORTEST <= len(word) <= _LONGEST or word.startswith(tuple(words)):
        return word
    if word in _WORDS_OF_THEIR_OWN:
        return word
    forms = _slipped(telling)
    return next((found for form in _slips(word) if (found := forms.get(form))), word)


@cache
def _slipped(telling: str) -> dict[str, str]:
    """Every telling word under itself and under what remains of it without one letter."""
    words = sorted(word_list(telling))
    slipped = {form: word for word in words for form in _slips(word)}
    return slipped | dict(zip(words, words, strict=True))


def _slips(word: str) -> tuple[str, ...]:
    """A word and what remains of it without one letter; two words one slip apart share a form."""
    return (word, *(word[:place] + word[place + 1 :] for place in range(1, len(word))))
