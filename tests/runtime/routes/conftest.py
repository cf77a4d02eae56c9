"""Fixtures of routes: three providers at loopback servers, and both clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from scripted_server import Server, manifest_for
from shells import SHELLS, Shell

PROVIDERS = ("one", "two", "three")


@pytest.fixture
def servers() -> Iterator[dict[str, Server]]:
    made = {provider: Server() for provider in PROVIDERS}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture(params=SHELLS)
def open_shell(request: pytest.FixtureRequest, servers: dict[str, Server]) -> Iterator[Callable[..., Shell]]:
    """Makes clients, of either kind, of the providers `one`, `two` and `three`; without retries by default."""
    opened: list[Shell] = []

    def make(**settings: Any) -> Shell:
        manifests = [manifest_for(server.url, id=provider) for provider, server in servers.items()]
        keys = dict.fromkeys(servers, "a-key-for-tests")
        opened.append(Shell(request.param, **{"manifests": manifests, "keys": keys, "retries": 0} | settings))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def shell(open_shell: Callable[..., Shell]) -> Shell:
    return open_shell()
