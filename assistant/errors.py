"""What an operator must mend. Each message says what happened, where, and what to do.

Exit codes are part of the command contract: 2 usage, 3 corpus or index, 4 model or service.
"""

from __future__ import annotations


class AssistantError(Exception):
    """The parent of every error that the project raises on purpose."""

    exit_code = 4


class UsageError(AssistantError):
    """The call itself is wrong: an option, a file of questions, a date."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting or environment variable has a value that cannot be used."""


class CorpusError(AssistantError):
    """A document or the corpus folder cannot be read as documents."""

    exit_code = 3


class SearchIndexError(AssistantError):
    """The index is missing, foreign, damaged or locked, and could not be mended."""

    exit_code = 3


class ModelError(AssistantError):
    """A model is missing, altered, or did not answer."""

    exit_code = 4


class ServiceError(AssistantError):
    """An official service could not be reached, refused, or answered with something else."""

    exit_code = 4
