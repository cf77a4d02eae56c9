"""Pulls from Ollama over a real socket, in its own lines; those of the engine are tested with it."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.protocols.pull.ollama_pull import OllamaPullParser
from fluent_ai.providers.endpoints import Endpoint
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Server, reply

STEPS = [
    {"status": "pulling manifest"},
    {"status": "pulling 6e4c38e1172f", "digest": "sha256:6e4c", "total": 1000},
    {"status": "pulling 6e4c38e1172f", "digest": "sha256:6e4c", "total": 1000, "completed": 400},
    {"status": "verifying sha256 digest"},
    {"status": "success"},
]


def lines(*steps: object) -> Answer:
    body = "".join(json.dumps(step) + "\n" for step in steps).encode()
    return reply(200, body, headers={"content-type": "application/x-ndjson"})


def test_every_step_is_told(server: Server) -> None:
    server.answers = [lines(*STEPS)]
    with ai.Client(base_urls={"ollama": server.url}) as client, client.stream_pull("ollama:llama3.2:1b") as steps:
        items = list(steps)
        pulled = steps.collect()
    assert (pulled.path, pulled.model, pulled.provider) == (None, "llama3.2:1b", "ollama")
    assert pulled.timing is not None
    assert items[1:4] == [
        ai.Progress("pulling manifest", 0),
        ai.Progress("pulling 6e4c38e1172f", 0, 1000),
        ai.Progress("pulling 6e4c38e1172f", 400, 1000),
    ]
    (sent,) = server.sent
    assert (sent.method, sent.path, sent.json()) == ("POST", "/api/pull", {"model": "llama3.2:1b", "stream": True})


def test_async_and_bound(server: Server) -> None:
    server.answers = [lines(*STEPS)]

    async def pull() -> ai.Pulled:
        async with ai.AsyncClient(base_urls={"ollama": server.url}) as client:
            return await client.model("ollama:m").pull()

    assert asyncio.run(pull()).model == "m"


@pytest.mark.parametrize(
    ("steps", "kind", "message"),
    [
        ([STEPS[0], {"error": "pull model manifest: file does not exist"}], ai.ApiError, "file does not exist"),
        (STEPS[:3], ai.StreamTruncated, "ended before it was complete"),
        (["no object"], ai.ApiError, "no object"),
        ([3], ai.ProtocolError, "step of a pull"),
    ],
)
def test_a_pull_that_fails(server: Server, steps: list[object], kind: type[ai.FluentError], message: str) -> None:
    server.answers = [lines(*steps)]
    with ai.Client(base_urls={"ollama": server.url}, retries=0) as client, pytest.raises(kind, match=message) as caught:
        client.pull("ollama:m")
    assert (caught.value.provider, caught.value.model) == ("ollama", "m")


def test_who_cannot_pull_says_who_can() -> None:
    with (
        ai.Client(keys={"openai": "k"}) as client,
        pytest.raises(ai.ConfigError, match="no pull; .*local, ollama"),
    ):
        client.pull("openai:gpt-5.1")


def parse(pieces: list[bytes]) -> object:
    row: Manifest = load_manifests()["ollama"]
    parser = OllamaPullParser(Endpoint(row, "http://x", {}, route=Route(protocol="ollama_pull")), "m")
    found = []
    try:
        for piece in pieces:
            found += parser.feed(piece)
        found += parser.finish()
    except ai.FluentError as error:
        return found, type(error), error.message
    return found


fields = st.sampled_from(["status", "total", "completed", "error", "x"])
step = st.dictionaries(fields, st.none() | st.integers() | st.text())


@given(st.lists(step | st.text()), st.lists(st.integers(0, 400)), st.binary(max_size=5))
def test_however_it_is_cut_and_whatever_it_holds(steps: list[object], cuts: list[int], noise: bytes) -> None:
    body = b"".join(json.dumps(each).encode() + b"\n" for each in steps) + noise
    edges = [0, *sorted(cut for cut in cuts if cut < len(body)), len(body)]
    assert parse([body[start:end] for start, end in pairwise(edges)]) == parse([body])
