"""Fixtures of the tests of observers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for, sse, stream, text_chunks
from watchers import Keeper

USAGE = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
WHOLE = stream(sse(*text_chunks("Hel", "lo", usage=USAGE)))


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def settings(server: Server) -> dict[str, Any]:
    """Those of a client of `acme` at the loopback server, which says hello."""
    server.say(WHOLE)
    return {"keys": {"acme": "acme-secret-key"}, "manifests": [manifest_for(server.url)], "retries": 0}


@pytest.fixture
def watched(settings: dict[str, Any], keeper: Keeper) -> Iterator[ai.Client]:
    with ai.Client(**settings, observe=[keeper]) as client:
        yield client
