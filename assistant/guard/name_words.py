"""Common names of persons, as word lists."""

from __future__ import annotations

from assistant.guard.words import word_list

GIVEN_WORDS = word_list("given_names_that_are_words")
FAMILY_WORDS = word_list("family_names_that_are_words")
GIVEN = word_list("given_names") | GIVEN_WORDS
FAMILY = word_list("family_names") | FAMILY_WORDS
COMMON = GIVEN | FAMILY
