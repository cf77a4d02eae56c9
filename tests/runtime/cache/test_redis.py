"""Answers in a real Redis server, which the tests start and end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for, sse, stream, text_chunks
from shells import SHELLS, Shell

redis = pytest.importorskip("redis", reason="the extra `redis` is not installed")
BINARY = shutil.which("redis-server") or shutil.which("valkey-server")
pytestmark = pytest.mark.skipif(BINARY is None, reason="there is no redis-server or valkey-server on this machine")
HELLO = stream(sse(*text_chunks("Hel", "lo")))


class Redis:
    """A server at a socket in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.path = folder / "redis.sock"
        assert BINARY is not None
        self._process = subprocess.Popen(
            [BINARY, "--port", "0", "--unixsocket", str(self.path), "--save", "", "--dir", str(folder), *options],
            stdout=subprocess.DEVNULL,
        )
        due = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None
            assert time.monotonic() < due
            time.sleep(0.01)

    @property
    def url(self) -> str:
        return f"unix://{self.path}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.fspath(self.path))
            except OSError:
                return False
        return True

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(60)


@pytest.fixture
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    server = Redis(tmp_path_factory.mktemp("r"))
    yield server
    server.stop()


def settings(server: Server, cache: Any) -> dict[str, Any]:
    manifests = [manifest_for(server.url)]
    return {"keys": {"acme": "acme-canary-key"}, "manifests": manifests, "retries": 0, "cache": cache}


@pytest.mark.parametrize("kind", SHELLS)
def test_answers_are_shared_through_the_server(kind: str, server: Server, started: Redis) -> None:
    server.say(HELLO)
    first, second = (Shell(kind, **settings(server, ai.RedisCache(started.url))) for _ in range(2))
    assert not first.complete("acme:m").from_cache
    assert second.complete("acme:m").from_cache
    assert len(server.sent) == 1
    with redis.Redis.from_url(started.url) as client:
        (key,) = client.keys()
        assert key.startswith(b"fluent-ai:")
        assert 86_000_000 < client.pttl(key) <= 86_400_000
        assert b"acme-canary-key" not in key + client.get(key)
    first.close()
    second.close()


def test_a_client_of_the_callers_own_and_no_end(server: Server, started: Redis) -> None:
    server.say(HELLO)
    with redis.Redis.from_url(started.url) as own:
        cache = ai.RedisCache(own, ttl=None, prefix="mine:")
        with ai.Client(**settings(server, cache)) as client:
            client.complete("acme:m", "hi")
            assert client.complete("acme:m", "hi").from_cache
        (key,) = own.keys()
        assert (key[:5], own.pttl(key)) == (b"mine:", -1)


def test_a_server_that_is_gone_or_full_ends_no_call(
    server: Server, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    started = Redis(tmp_path_factory.mktemp("r"), "--maxmemory", "1", "--maxmemory-policy", "noeviction")
    server.say(HELLO)
    cache = ai.RedisCache(started.url)
    with ai.Client(**settings(server, cache)) as client:
        assert client.complete("acme:m", "hi").text == "Hello"
        said = [record.getMessage() for record in caplog.records if record.name == "fluent_ai.cache"]
        assert said == [
            "an answer could not be kept: RedisCache raised OutOfMemoryError; calls go on without the cache"
        ]
        started.stop()
        assert [client.complete("acme:m", "hi").text for _ in range(2)] == ["Hello"] * 2
    said = [record.getMessage() for record in caplog.records if record.name == "fluent_ai.cache"]
    assert [text.split(" raised")[0] for text in said] == [
        "an answer could not be kept: RedisCache",
        "an answer could not be read: RedisCache",
    ]


def test_a_value_of_another_kind_counts_as_none(server: Server, started: Redis) -> None:
    server.say(HELLO)
    cache = ai.RedisCache(started.url)
    with ai.Client(**settings(server, cache)) as client, redis.Redis.from_url(started.url) as own:
        client.complete("acme:m", "hi")
        (key,) = own.keys()
        own.delete(key)
        own.rpush(key, b"a list")
        assert client.complete("acme:m", "hi").text == "Hello"
        assert client.complete("acme:m", "hi").from_cache


@pytest.mark.parametrize(
    ("server", "options", "said"),
    [
        ("localhost", {}, "server is neither a URL nor a client"),
        (3, {}, "server is neither a URL nor a client"),
        ("redis://:hunter2@localhost:port/0", {}, "server is a malformed URL"),
        ("redis://localhost", {"ttl": 0}, "ttl is 0"),
        ("redis://localhost", {"prefix": 3}, "prefix is of type int"),
    ],
)
def test_what_makes_no_sense_is_refused(server: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said) as caught:
        ai.RedisCache(server, **options)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(ai.RedisCache("redis://:hunter2@localhost"))
