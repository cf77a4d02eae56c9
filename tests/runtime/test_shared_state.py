"""What threads share is replaced as a whole, or changed under a lock: each of these had its race."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import fluent_ai as ai
import httpx2
import pytest
from fluent_ai.auth.aws import CredentialChain
from fluent_ai.auth.tokens import Token, TokenCache
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.transports.aiohttp import AiohttpTransport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport, Httpx2Transport
from fluent_ai.manifest.schema import Auth, Manifest, Route, Variable
from fluent_ai.providers.table import Credentials, ProviderTable, in_process
from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from together import together
from transports import KINDS, Caller

WORKER = Manifest(id="made", name="Made", docs="", auth=Auth(scheme="none"), chat=(Route(protocol="worker"),))


def said(server: Server) -> Server:
    server.say(stream(sse(*text_chunks("hello"))))
    return server


def test_a_client_may_be_closed_while_others_call(server: Server) -> None:
    seen: Counter[str] = Counter()
    client = ai.Client(keys={"acme": "k"}, manifests=[manifest_for(said(server).url)], retries=0)

    def call() -> None:
        try:
            seen[client.complete("acme:m", "hi").text] += 1
        except ai.FluentError as error:
            seen[type(error).__name__] += 1

    def close() -> None:
        time.sleep(0.2)  # for a closed client ends all calls, and some shall be answered
        client.close()

    together(*[call] * 6, close, close, seconds=3.0)
    assert client.complete("acme:m", "hi").text == "hello"
    assert seen["hello"]
    assert set(seen) <= {"hello", "Cancelled", "ConnectionFailed", "StreamInterrupted"}
    client.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_transport_that_was_closed_opens_new_connections(server: Server, kind: str) -> None:
    caller = Caller(kind)
    for _ in range(2):
        server.say(reply(200, b"here"))
        assert caller.get(server.url) == (200, b"here")
        caller.do(caller.transport.close())
    caller.close()


def test_a_given_client_that_its_owner_has_closed_is_named(server: Server) -> None:
    request = HttpRequest("POST", said(server).url, {}, b"{}")
    client = httpx2.Client()
    client.close()
    with pytest.raises(ai.ConfigError, match="the httpx2 client that the transport was given is closed"):
        Httpx2Transport(client).send(request, ai.Timeouts())

    async def send() -> None:
        others = httpx2.AsyncClient()
        await others.aclose()
        with pytest.raises(ai.ConfigError, match="the httpx2 client that the transport was given is closed"):
            await AsyncHttpx2Transport(others).send(request, ai.Timeouts())
        session = aiohttp.ClientSession()
        await session.close()
        with pytest.raises(ai.ConfigError, match="the aiohttp session that the transport was given is closed"):
            await AiohttpTransport(session).send(request, ai.Timeouts())

    asyncio.run(send())


@pytest.mark.parametrize("kind", ["httpx2", "aiohttp"])
def test_an_async_client_may_be_closed_while_others_call(
    server: Server, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "httpx2":
        monkeypatch.setattr("fluent_ai.http.transports.find_spec", lambda name: None)

    async def call(client: ai.AsyncClient) -> str:
        try:
            return (await client.complete("acme:m", "hi")).text
        except ai.FluentError as error:
            return type(error).__name__

    async def many() -> set[str]:
        client = ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(said(server).url)], retries=0)
        answers: set[str] = set()
        for _ in range(20):
            calls = [asyncio.ensure_future(call(client)) for _ in range(5)]
            await asyncio.sleep(0)
            closing = [asyncio.ensure_future(client.close()) for _ in range(2)]
            answers.update(await asyncio.gather(*calls))
            await asyncio.gather(*closing)
        assert (await client.complete("acme:m", "hi")).text == "hello"
        await client.close()
        return answers

    assert asyncio.run(many()) <= {"hello", "Cancelled"}


def test_threads_may_close_the_same_abandoned_answers(server: Server) -> None:
    server.say(reply(200, b"x" * 100_000))
    transport = Httpx2Transport()
    request = HttpRequest("POST", server.url, {}, b"{}")

    def abandon() -> None:
        transport.send(request, ai.Timeouts())

    together(*[abandon] * 8, seconds=2.0)
    transport.close()


def test_a_provider_that_is_found_can_be_made() -> None:
    table = ProviderTable()
    numbers = itertools.count()
    latest = ["none"]

    def register() -> None:
        name = f"made{next(numbers)}"
        latest[0] = name
        ai.register_provider(Manifest(id=name, name="", docs="", chat=WORKER.chat, auth=WORKER.auth), object)
        ai.unregister_provider(latest[0])

    def look() -> None:
        for row in table.all().values():
            if row.id.startswith("made"):
                try:
                    in_process(row)
                except ai.ConfigError:
                    assert row.id not in table.all()  # it is gone by now, as a whole

    together(register, *[look] * 5, seconds=2.0)


def test_no_instance_outlives_the_replacement_of_its_factory() -> None:
    generation = [0]

    def replace() -> None:
        number = generation[0] + 1
        ai.register_provider(WORKER, lambda: number)
        generation[0] = number

    def ask() -> None:
        known = generation[0]
        made = in_process(WORKER)
        assert isinstance(made, int)
        assert made >= known

    replace()
    try:
        together(replace, *[ask] * 5, seconds=2.0)
    finally:
        ai.unregister_provider(WORKER.id)


@pytest.fixture
def flickering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Sets the variables of `acme`, and takes them away."""
    names = ("ACME_API_KEY", "ACME_BASE_URL", "ACME_ORG", "ACME_PLACE")
    for name in names:
        monkeypatch.setenv(name, "x")

    def flicker() -> None:
        for name in names:
            os.environ[name] = "https://acme.invalid/v1" if name == "ACME_BASE_URL" else "here"
        for name in names:
            del os.environ[name]

    yield flicker
    for name in names:
        os.environ[name] = "x"


def test_the_environment_may_change_while_others_call(flickering: Callable[[], None]) -> None:
    row = manifest_for(
        "https://{place}.acme.invalid/v1",
        base_url_env=("ACME_BASE_URL",),
        header_env={"x-org": ("ACME_ORG",)},
        variables={"place": Variable(env=("ACME_PLACE",))},
    )
    credentials = Credentials()

    def call() -> None:
        with suppress(ai.ConfigError):
            credentials.endpoint(row, row.chat[0])
        credentials.status(row)

    together(flickering, *[call] * 5, seconds=2.0)


def test_a_missing_key_is_explained_whatever_others_set() -> None:
    row = manifest_for("https://acme.invalid")
    credentials = Credentials()
    messages: set[str] = set()

    def turn() -> None:
        credentials.set_key(row, "k")
        credentials.set_key(row, None)

    def call() -> None:
        try:
            credentials.endpoint(row, row.chat[0])
        except ai.ConfigError as error:
            messages.add(error.message)

    together(turn, *[call] * 5, seconds=2.0)
    (message,) = messages
    assert "no key. Set ACME_API_KEY, or pass" in message


def test_late_news_of_refused_keys_leaves_the_newer_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("botocore")
    file = tmp_path / "credentials"
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    def write(name: str) -> None:
        file.write_text(f"[work]\naws_access_key_id = {name}\naws_secret_access_key = s\n")

    chain = CredentialChain("work")
    write("OLD")
    old = chain.get()
    assert chain.current() == old
    write("NEW")
    chain.drop(old)
    assert chain.current() is None
    new = chain.get()
    assert new.access_key_id == "NEW"
    write("OTHER")
    chain.drop(old)
    assert chain.current() == chain.get() == new
    chain.drop(new)
    assert chain.get().access_key_id == "OTHER"
    chain.drop(chain.get())
    assert chain.get() == chain.current()  # the same again, for want of others


def test_only_the_refused_token_is_dropped() -> None:
    numbers = itertools.count()
    refused: set[str] = set()
    held = [Token("")]
    lost: list[str] = []

    def fetch() -> Token:
        if held[0].text and held[0].text not in refused:
            lost.append(held[0].text)
        held[0] = Token(f"t{next(numbers)}")
        return held[0]

    cache = TokenCache(fetch)

    def use() -> None:
        token = cache.get()
        refused.add(token.text)
        cache.drop(token)

    together(*[use] * 8, seconds=2.0)
    assert len(refused) > 1
    assert lost == []


def test_lists_of_several_addresses_are_kept_at_once() -> None:
    lists = LiveLists(None)
    numbers = itertools.count()

    def put() -> None:
        address = f"https://{next(numbers) % 1000}.acme.invalid"
        fresh = LiveList(provider="acme", address=address, fetched=datetime.now(UTC), parts=[])
        lists.put(fresh)
        kept = lists.last("acme", address)
        assert kept is not None
        assert kept.fetched >= fresh.fetched - timedelta(seconds=60)
        assert lists.providers() == {"acme"}

    together(*[put] * 6, seconds=2.0)


def test_a_registry_may_be_changed_while_others_look(server: Server, tmp_path: Path) -> None:
    server.say(reply(200, {"data": [{"id": "listed"}]}))
    registry = ai.models.Registry(live=tmp_path / "live")
    client = ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)])
    overlay = tmp_path / "acme.toml"
    overlay.write_text('[[model]]\nid = "laid"\n[model.facts]\ncontext_window = 9\n')
    registry.overlay(overlay)
    numbers = itertools.count()

    def define() -> None:
        number = next(numbers) % 50
        assert registry.define(f"acme:m{number}", context_window=number + 1).context_window == number + 1
        registry.define("groq:openai/gpt-oss-20b", name="renamed")

    def lay() -> None:
        registry.overlay(overlay)
        assert registry.get("acme:laid").context_window == 9

    def look() -> None:
        assert registry.get("acme:laid").context_window == 9
        assert registry.get("groq:openai/gpt-oss-20b").context_window
        windows = {info.id: info.context_window for info in registry.find(provider="acme")}
        assert windows.pop("laid") == 9
        windows.pop("listed", None)
        assert all(window == int(name[1:]) + 1 for name, window in windows.items())

    def refresh() -> None:
        list(registry.refresh("acme", client=client, max_age=0.0))
        assert registry.lookup("acme", "listed", server.url) is not None

    together(define, define, lay, refresh, look, look, look, seconds=3.0)
    client.close()
