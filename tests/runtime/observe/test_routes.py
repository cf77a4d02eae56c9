"""Each model that a route asks is a call, and one that an open circuit refuses is counted."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from watchers import Keeper

from .conftest import WHOLE


@pytest.fixture
def settings(server: Server) -> dict[str, Any]:
    manifests = [manifest_for(server.url, id=name) for name in ("one", "two")]
    return {"keys": {"one": "k", "two": "k"}, "manifests": manifests, "retries": 0}


def test_each_leg_is_a_call(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    server.say(reply(503, {}), WHOLE)
    with ai.Client(**settings, observe=[keeper]) as client:
        assert client.complete(ai.Route("one:m", "two:m"), "hi").text == "Hello"
    keeper.check_once()
    assert [(call.provider, call.ended, type(call.error)) for call in keeper.all()] == [
        ("one", "failed", ai.Overloaded),
        ("two", "complete", type(None)),
    ]


def test_a_route_that_is_left_ends_the_call_that_answers(
    settings: dict[str, Any], server: Server, keeper: Keeper
) -> None:
    server.say(reply(503, {}), stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    with ai.Client(**settings, observe=[keeper]) as client:
        left = client.stream(ai.Route("one:m", "two:m"), "hi")
        next(iter(left.text()))
        del left
    keeper.check_once()
    assert [call.ended for call in keeper.all()] == ["failed", "dropped"]


def test_what_an_open_circuit_refuses_is_counted(settings: dict[str, Any], server: Server) -> None:
    server.say(reply(503, {}))
    with ai.Client(**settings, observe=[ai.Metrics()]) as client:
        while not client.metrics().total.refused:
            with pytest.raises((ai.Overloaded, ai.CircuitOpen)):
                client.complete("one:m", "hi")
            assert client.metrics().total.total < 50
        total = client.metrics().total
    assert (total.refused, total.failed) == (1, total.total)
