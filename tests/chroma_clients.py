"""Chroma's clients hold their connections for as long as they live: here they end with the test."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import chromadb
import pytest
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient


@contextmanager
def ended_connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ends every connection to a server that was opened meanwhile."""
    clients: list[ClientAPI] = []
    open_client = chromadb.HttpClient

    def remembered(*args: Any, **named: Any) -> ClientAPI:
        clients.append(open_client(*args, **named))
        return clients[-1]

    monkeypatch.setattr(chromadb, "HttpClient", remembered)
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        while clients:
            clients.pop().close()
        systems = SharedSystemClient._identifier_to_system
        for name in [name for name, each in systems.items() if not each.settings.is_persistent]:
            del systems[name]
        gc.collect()
