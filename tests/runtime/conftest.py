"""Fixtures of the runtime's tests."""

from __future__ import annotations

from collections.abc import Iterator

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for


@pytest.fixture
def server() -> Iterator[Server]:
    loopback = Server()
    yield loopback
    loopback.close()


@pytest.fixture
def client(server: Server) -> Iterator[ai.Client]:
    """A client of `acme` at the loopback server."""
    with ai.Client(keys={"acme": "acme-secret-key"}, manifests=[manifest_for(server.url)]) as made:
        yield made
