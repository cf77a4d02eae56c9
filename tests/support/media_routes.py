"""Every route of one capability, called over a real socket, blocking and in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest import Capability, Manifest, Route, load_manifests
from scripted_server import Answer, Sent, Server

KEY = "test-key-0123456789"


def routes(capability: Capability) -> list[Any]:
    """Row and route of each, named in the report of the tests."""
    return [
        pytest.param(row, route, id=f"{row.id}-{route.models}")
        for row in load_manifests().values()
        for route in row.routes(capability)
        if route.protocol != "worker"
    ]


def call(
    row: Manifest,
    route: Route,
    capability: Capability,
    verb: str,
    subject: object,
    options: Mapping[str, Any],
    server: Server,
    answers: Mapping[str, Answer | Callable[[Sent], Answer]],
) -> Iterator[Any]:
    """The results of a blocking and of an asynchronous call; path and key are checked."""
    model = route.models.replace("*", "x")
    taken = next(each for each in row.routes(capability) if fnmatchcase(model, each.models))
    assert taken is route, "a route that is never taken"
    server.say(answers[route.protocol])
    settings: dict[str, Any] = {"keys": {row.id: KEY}, "base_urls": {row.id: server.url}}
    with ai.Client(**settings) as client:
        yield getattr(client, verb)(f"{row.id}:{model}", subject, **options)

    async def again() -> Any:
        async with ai.AsyncClient(**settings) as client:
            return await getattr(client.model(f"{row.id}:{model}"), verb)(subject, **options)

    yield asyncio.run(again())
    assert len(server.sent) == 2
    for sent in server.sent:
        assert sent.method == "POST"
        assert sent.path == route.path.replace("{model}", model).replace("{+model}", model)
        assert [name for name, value in sent.headers.items() if KEY in value] == [row.auth.header]
        assert model.encode() in sent.body or model in sent.path
