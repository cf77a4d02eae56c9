"""Every provider of the manifests answers over a real socket: method, path, key, headers and body as its row says.

A new row is covered by being there. Each route is used once blocking and once in an event loop.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.protocols.table import codecs
from fluent_ai.providers.addresses import fill_path, own_url
from fluent_ai.providers.table import Credentials
from scripted_server import Sent, Server
from wire_answers import HELLO, model_list

KEY = "test-key-0123456789"
MANIFESTS = [row for row in load_manifests().values() if any(route.protocol != "worker" for route in row.chat)]
ROUTES = [(row, route) for row in MANIFESTS for route in row.chat if route.protocol in codecs("chat")]
LISTS = [row for row in MANIFESTS if row.model_list is not None]


def model_of(row: Manifest, route: Route) -> str:
    """A model that takes this route, if need be because of the tools that the provider runs there."""
    model = route.models.replace("*", "x")
    first = next(each for each in row.chat if fnmatchcase(model, each.models))
    assert first is route or set(route.hosted_tools) - set(first.hosted_tools), "a route that is never taken"
    return model


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but what addresses need."""
    for row in MANIFESTS:
        for name in (*row.auth.env, *row.base_url_env, *(env for names in row.header_env.values() for env in names)):
            monkeypatch.delenv(name, raising=False)
        for variable in row.variables.values():
            for name in variable.env:
                monkeypatch.delenv(name, raising=False)
            if not variable.choices and not variable.default and not variable.of:
                monkeypatch.setenv(variable.env[0], next(iter(variable.known), "my-account"))


def settings(row: Manifest, server: Server) -> dict[str, Any]:
    """The provider's own path, at the loopback server."""
    return {"keys": {row.id: KEY}, "base_urls": {row.id: server.url + urlsplit(own_url(row, {})).path}}


def expected_path(row: Manifest, path: str, model: str) -> str:
    return urlsplit(own_url(row, {})).path + fill_path(row, {}, path).replace("{model}", model)


def check_key(row: Manifest, sent: Sent) -> None:
    secret = {"header": KEY}.get(row.auth.scheme, f"Bearer {KEY}")
    assert sent.headers[row.auth.header] == secret
    carriers = [name for name, value in sent.headers.items() if KEY in value]
    assert carriers == [row.auth.header]
    assert KEY not in sent.path
    for name, value in row.headers.items():
        assert sent.headers[name.lower()] == value


def check_chat(row: Manifest, route: Route, model: str, sent: Sent) -> None:
    assert sent.method == "POST"
    assert sent.path == expected_path(row, route.path, model)
    check_key(row, sent)
    assert sent.headers["content-type"] == "application/json"
    body = sent.json()
    assert body.get("model") == model or f"/{model}" in sent.path
    assert '"hi"' in json.dumps(body)
    assert KEY.encode() not in sent.body
    assert 7 in limits(body)
    if route.protocol == "openai_chat":
        check_quirks(row, body)


def limits(body: object) -> list[object]:
    """Every number at any depth whose field speaks of a limit of tokens."""
    found: list[object] = []
    if isinstance(body, Mapping):
        for name, value in body.items():
            if re.search(r"max_?.*tokens|num_predict", str(name), re.IGNORECASE):
                found.append(value)
            found += limits(value)
    return found


def check_quirks(row: Manifest, body: Mapping[str, Any]) -> None:
    quirks = row.quirks
    expected: dict[str, Any] = {"stream": True, quirks.max_tokens_field: 7, "temperature": 0.5}
    if quirks.stream_usage:
        expected["stream_options"] = {"include_usage": True}
    expected |= {name: body[name] for name in ("model",) if name in body}
    expected |= {"messages": [{"role": "user", "content": "hi"}]}
    assert body == expected


def options(row: Manifest, route: Route) -> dict[str, Any]:
    asked: dict[str, Any] = {"max_tokens": 7}
    if route.protocol == "openai_chat":
        asked["temperature"] = 0.5
    if route.models == "*" and next(each for each in row.chat if each.models == "*") is not route:
        asked["tools"] = [ai.tools.hosted.web_search()]
    return asked


def route_name(value: object) -> str:
    return value.id if isinstance(value, Manifest) else getattr(value, "protocol", str(value))


@pytest.mark.parametrize(("row", "route"), ROUTES, ids=route_name)
def test_chat_streams(row: Manifest, route: Route, server: Server) -> None:
    model = model_of(row, route)
    server.say(HELLO[route.protocol])
    with ai.Client(**settings(row, server)) as client:
        with client.stream(f"{row.id}:{model}", "hi", **options(row, route)) as stream:
            events = list(stream)
        ai.laws.validate(events)
        assert ai.fold(events).text == "Hello"
        assert client.complete(f"{row.id}:{model}", "hi", **options(row, route)).finish_reason == "stop"

    async def again() -> ai.Reply:
        async with (
            ai.AsyncClient(**settings(row, server)) as client,
            client.stream(f"{row.id}:{model}", "hi", **options(row, route)) as stream,
        ):
            return await stream.collect()

    assert asyncio.run(again()).text == "Hello"
    assert len(server.sent) == 3
    for sent in server.sent:
        check_chat(row, route, model, sent)


@pytest.mark.parametrize("row", LISTS, ids=route_name)
def test_models_are_listed(row: Manifest, server: Server) -> None:
    assert row.model_list is not None
    server.say(model_list(row.model_list))
    with ai.Client(**settings(row, server)) as client:
        assert [info.id for info in client.models(row.id)] == ["one", "two"]
    for sent in server.sent:
        assert sent.method == "GET"
        allowed = [expected_path(row, call.path, "") for call in row.model_list.calls]
        assert sent.path.partition("?")[0] in allowed
        check_key(row, sent)


PUBLIC = [row for row in LISTS if row.model_list and not row.model_list.key_required]


@pytest.mark.parametrize("row", PUBLIC, ids=route_name)
def test_a_public_list_needs_no_key(row: Manifest, server: Server) -> None:
    assert row.model_list is not None
    server.say(model_list(row.model_list))
    with ai.Client(base_urls=settings(row, server)["base_urls"]) as client:
        assert len(client.models(row.id)) == 2
    assert row.auth.header not in server.sent[0].headers


@pytest.mark.parametrize("row", MANIFESTS, ids=route_name)
def test_without_a_key_nothing_is_sent(row: Manifest, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("botocore", "google.auth", "azure.identity"):
        monkeypatch.setitem(sys.modules, library, None)
    server.say(HELLO["openai_chat"])
    addresses = settings(row, server)["base_urls"]
    status = Credentials(base_urls=addresses).status(row)
    assert status.ready is not row.auth.required
    if not row.auth.required:
        return
    assert all(name in status.reason for name in row.auth.env)
    capability = row.capabilities[0]
    route = row.routes(capability)[-1]
    with pytest.raises(ai.ConfigError, match=f"{row.id}: no key. Set {row.auth.env[0]}" if row.auth.env else row.id):
        Credentials(base_urls=addresses).endpoint(row, route)
    assert server.sent == []


@pytest.mark.parametrize("row", [row for row in MANIFESTS if row.variables], ids=route_name)
def test_every_region_is_a_host_of_its_own(row: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, variable in row.variables.items():
        if variable.of or f"{{{name}}}" not in row.base_url:
            continue
        urls = {own_url(row, {name: choice}) for choice in variable.choices or variable.known[:2] or ("one", "two")}
        assert len(urls) == len(variable.choices or "12")
        monkeypatch.setenv(variable.env[-1], next(iter((*variable.choices, *variable.known)), "my-account"))
        assert Credentials().base_url(row).startswith("https://")


def test_all_providers_are_covered(capsys: pytest.CaptureFixture[str]) -> None:
    covered = {row.id for row, _ in ROUTES}
    waiting = {row.id for row in MANIFESTS} - covered
    with capsys.disabled():
        print(f"\n{len(covered)} providers stream over {len(ROUTES)} routes; {len(LISTS)} list their models")
    assert not waiting, f"no codec for the protocol of {sorted(waiting)}"
    assert len(covered) >= 24
    assert set(load_manifests()) - covered == {"local", "voyageai"}, "the local engine, and one that does not chat"
