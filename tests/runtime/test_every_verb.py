"""Every verb of every provider over a real socket: a route that a manifest adds is covered by being there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from fnmatch import fnmatchcase
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlsplit

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import CAPABILITIES, Capability, Manifest, Route
from fluent_ai.protocols.table import codecs
from fluent_ai.providers.addresses import fill_path, own_url
from fluent_ai.verbs.chat_options import ChatOptions
from fluent_ai.verbs.embed import EmbedOptions
from fluent_ai.verbs.image import ImageOptions
from fluent_ai.verbs.moderate import ModerateOptions
from fluent_ai.verbs.rerank import RerankOptions
from fluent_ai.verbs.speak import SpeakOptions
from fluent_ai.verbs.transcribe import TranscribeOptions
from scripted_server import Sent, Server
from verb_answers import embeddings, images, moderation, rerank, speech, token_counting, transcription

KEY = "test-key-0123456789"
VERBS: Mapping[Capability, ModuleType] = {
    "embeddings": embeddings,
    "images": images,
    "moderation": moderation,
    "rerank": rerank,
    "speech": speech,
    "token_counting": token_counting,
    "transcription": transcription,
}
VERB_OPTIONS: Mapping[Capability, Any] = {
    "embeddings": EmbedOptions,
    "images": ImageOptions,
    "moderation": ModerateOptions,
    "rerank": RerankOptions,
    "speech": SpeakOptions,
    "token_counting": ChatOptions,
    "transcription": TranscribeOptions,
}
ROUTES = [
    (row, capability, route)
    for row in load_manifests().values()
    for capability in VERBS
    for route in row.routes(capability)
    if route.protocol not in ("worker", "estimate")
]


def name(value: object) -> str:
    return value.id if isinstance(value, Manifest) else getattr(value, "protocol", str(value))


def model_of(row: Manifest, capability: Capability, route: Route) -> str:
    """A model that takes this route and no other."""
    model = route.models.replace("*", "x")
    taken = next(each for each in row.routes(capability) if fnmatchcase(model, each.models))
    assert taken is route, "a route that is never taken"
    return model


def needed(verb: ModuleType, route: Route) -> dict[str, Any]:
    """The options that calls by this route must have."""
    return {option: verb.NEEDED[option] for option in route.requires}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but what addresses need."""
    for row in load_manifests().values():
        for variable in row.base_url_env:
            monkeypatch.delenv(variable, raising=False)
        for part in row.variables.values():
            for variable in part.env:
                monkeypatch.delenv(variable, raising=False)
            if part.env and not part.choices and not part.default:
                monkeypatch.setenv(part.env[0], next(iter(part.known), "my-account"))


def arguments(row: Manifest, route: Route, server: Server) -> dict[str, Any]:
    """The provider's own path, at the loopback server."""
    path = urlsplit(own_url(row, {}, route.base_url or row.base_url)).path
    return {"keys": {row.id: KEY}, "base_urls": {row.id: server.url + path}}


def check_address(row: Manifest, route: Route, model: str, sent: Sent) -> None:
    path = urlsplit(own_url(row, {}, route.base_url or row.base_url)).path
    path += fill_path(row, {}, route.path)
    expected = path.replace("{model}", quote(model, safe=":@")).replace("{+model}", model)
    assert (sent.method, sent.path) == ("POST", expected)
    assert sent.headers[row.auth.header].removeprefix("Bearer ") == KEY
    assert KEY not in sent.path
    assert KEY.encode() not in sent.body


@pytest.mark.parametrize(("row", "capability", "route"), ROUTES, ids=name)
def test_it_answers(row: Manifest, capability: Capability, route: Route, server: Server) -> None:
    verb = VERBS[capability]
    model = model_of(row, capability, route)
    server.say(verb.ANSWERS[route.protocol])
    with ai.Client(**arguments(row, route, server)) as client:
        call = getattr(client, verb.VERB)
        verb.check_result(route, call(f"{row.id}:{model}", *verb.ARGUMENTS, **needed(verb, route)))
    first = list(server.sent)
    verb.check_sent(route, model, first)

    async def again() -> Any:
        async with ai.AsyncClient(**arguments(row, route, server)) as client:
            return await getattr(client.model(f"{row.id}:{model}"), verb.VERB)(*verb.ARGUMENTS, **needed(verb, route))

    verb.check_result(route, asyncio.run(again()))
    assert [sent.body for sent in server.sent[len(first) :]] == [sent.body for sent in first]
    for sent in server.sent:
        check_address(row, route, model, sent)


@pytest.mark.parametrize(("row", "capability", "route"), ROUTES, ids=name)
def test_an_option_is_sent_or_refused(row: Manifest, capability: Capability, route: Route, server: Server) -> None:
    verb = VERBS[capability]
    model = f"{row.id}:{model_of(row, capability, route)}"
    server.say(verb.ANSWERS[route.protocol])
    with ai.Client(**arguments(row, route, server)) as client:
        call = getattr(client, verb.VERB)
        call(model, *verb.ARGUMENTS, **needed(verb, route))
        plain = {sent.body for sent in server.sent}
        for option, value in verb.OPTIONS.items():
            server.sent.clear()
            refusal = ""
            try:
                verb.check_result(route, call(model, *verb.ARGUMENTS, **needed(verb, route) | {option: value}))
            except ai.ConfigError as error:
                refusal = str(error)
            bodies = {sent.body for sent in server.sent}
            assert f"{option} is not supported by {row.id}" in refusal if refusal else bodies.isdisjoint(plain)
            assert bool(bodies) is not bool(refusal)


def test_routes_speak_of_options_that_there_are() -> None:
    for row, capability, route in ROUTES:
        named = {*route.fields, *route.without, *route.requires}
        assert named <= VERB_OPTIONS[capability].__optional_keys__, f"{row.id}: {capability}"
        assert set(route.fields).isdisjoint(route.without), f"{row.id}: {capability}"


@pytest.mark.parametrize("flag", Route.__struct_fields__)
def test_no_flag_of_routes_is_without_use(flag: str) -> None:
    plain = getattr(Route(protocol=""), flag)
    routes = [route for row in load_manifests().values() for name in CAPABILITIES for route in row.routes(name)]
    assert any(getattr(route, flag) != plain for route in routes)


def test_every_protocol_has_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    for capability, verb in VERBS.items():
        assert set(verb.ANSWERS) == set(codecs(capability))
    with capsys.disabled():
        print(f"\n{len({row.id for row, *_ in ROUTES})} providers answer {len(ROUTES)} routes of {len(VERBS)} verbs")
