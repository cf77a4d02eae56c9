"""A route asks the quickest leg, the cheapest, or one by weight, over real sockets and through both clients."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.resilience.load import Load
from fluent_ai.testing import fake_provider
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]
LEGS = ("one:m", "two:m", "three:m")


def words(*texts: str, before: float = 0.0) -> Answer:
    return stream([*([before] if before else []), *sse(*text_chunks(*texts))])


def asked(servers: Servers) -> list[int]:
    return [len(server.sent) for server in servers.values()]


@pytest.fixture
def blocking(servers: Servers) -> Iterator[Shell]:
    manifests = [manifest_for(server.url, id=name) for name, server in servers.items()]
    shell = Shell("Client", manifests=manifests, keys=dict.fromkeys(servers, "k"), retries=0)
    yield shell
    shell.close()


def loads(shell: Shell) -> dict[str, Load]:
    return {key[1]: load for key, load in shell.client._core.routes._loads.items()}


def test_the_quickest_leg_is_asked(shell: Shell, servers: Servers) -> None:
    for name, server in servers.items():
        server.say(words("Hello", before=0.2 if name == "one" else 0.0))
    route = ai.Route(*LEGS[:2], pick="fastest")
    for _ in range(10):
        assert shell.complete(route).text == "Hello"
    assert asked(servers) == [1, 9, 0]
    assert [load.under_way for load in loads(shell).values()] == [0, 0]


def test_calls_at_once_go_to_several_legs(blocking: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(words("Hello"))
    route = ai.Route(*LEGS[:2], pick="fastest")
    held = []
    for _ in range(6):
        held.append(blocking.client.stream(route, "hi"))
        held[-1].__enter__()
    assert asked(servers) == [3, 3, 0]
    assert [load.under_way for load in loads(blocking).values()] == [3, 3]
    held[0].close()
    held[1].collect()
    assert sum(load.under_way for load in loads(blocking).values()) == 4
    held.clear()
    gc.collect()
    assert [load.under_way for load in loads(blocking).values()] == [0, 0]


def test_a_leg_that_fails_is_last_for_a_while(shell: Shell, servers: Servers) -> None:
    servers["one"].say(reply(500, {}))
    for name in ("two", "three"):
        servers[name].say(words("Hello"))
    for pick in ("fastest", {"one:m": 1e9, "two:m": 1, "three:m": 1}):
        for server in servers.values():
            server.sent.clear()
        route = ai.Route(*LEGS, pick=pick)
        for _ in range(5):
            assert shell.complete(route).text == "Hello"
        assert asked(servers)[0] <= 1


@pytest.mark.parametrize("ending", ["whole", "refused", "broken", "left", "unread"])
def test_no_call_stays_under_way(shell: Shell, servers: Servers, ending: str) -> None:
    for name in LEGS:
        servers[name[:-2]].say(
            {
                "refused": reply(429, {}, headers={"retry-after": "1"}),
                "broken": stream(list(sse(*text_chunks("Hel", finish=None), done=False)), end=False),
            }.get(ending, words("Hello"))
        )
    for resume in ("never", "restart", "continue"):
        stream_ = shell.client.stream(ai.Route(*LEGS, pick="fastest", resume=resume), "hi")
        if ending == "left":
            shell.do(stream_.__anext__() if isinstance(shell.client, ai.AsyncClient) else next(stream_))
            shell.do(stream_.close())
        elif ending != "unread":
            shell.items(stream_)
    del stream_
    gc.collect()
    assert {load.under_way for load in loads(shell).values()} <= {0}


def test_weights_share_the_calls(shell: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(words("Hello"))
    route = ai.Route(*LEGS, pick={"one:m": 0, "two:m": 5})
    for _ in range(4):
        assert shell.complete(route).text == "Hello"
    assert asked(servers) == [0, 4, 0]
    servers["two"].say(reply(503, {}))
    assert shell.complete(route).text == "Hello"
    assert asked(servers) == [1, 5, 0]


def priced() -> ai.models.Registry:
    models = ai.models.Registry(overlays=())
    for name, read, written in (("one:m", 1.0, 10.0), ("two:m", 3.0, 3.0), ("two:dear", 50.0, 50.0)):
        models.define(name, prices={"input": read, "output": written})
    return models


def test_the_cheapest_leg_is_asked_for_what_the_request_may_use(
    open_shell: Callable[..., Shell], servers: Servers
) -> None:
    for server in servers.values():
        server.say(words("Hello"))
    shell = open_shell(registry=priced())
    route = ai.Route("three:m", "two:dear", "two:m", "one:m", pick="cheapest")
    found = shell.complete(route, "hi", max_tokens=1000)
    assert found.attempts[0].leg == "two:m"
    assert [note for note in found.warnings if "price" in note] == [
        "no price of three:m is known for this request, so it is asked last"
    ]
    found = shell.complete(route, "word " * 4000, max_tokens=10)
    assert found.attempts[0].leg == "one:m"
    for name in ("one", "two"):
        servers[name].say(reply(503, {}))
    found = shell.complete(route, "hi", max_tokens=1000)
    assert [each.leg for each in found.attempts] == ["two:m", "one:m", "two:dear", "three:m"]


def test_a_model_in_this_process_costs_nothing(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(words("from there"))
    shell = open_shell(registry=priced())
    with fake_provider("from here"):
        assert shell.complete(ai.Route("one:m", "fake:m", pick="cheapest")).text == "from here"


@pytest.mark.parametrize(
    ("method", "subject", "prices", "cheap"),
    [
        ("embed", "a text " * 100, ({"input": 2.0}, {"input": 1.0}), 1),
        ("image", "a bird", ({"per_image": 0.01}, {"per_image": 0.2}), 0),
        ("speak", "a text", ({"per_million_characters": 30.0}, {"per_million_characters": 15.0}), 1),
    ],
)
def test_other_verbs_have_prices_too(method: str, subject: str, prices: tuple[Any, ...], cheap: int) -> None:
    models = ai.models.Registry(overlays=())
    names = {
        "embed": ("openai:text-embedding-3-small", "mistral:mistral-embed"),
        "image": ("openai:gpt-image-1", "together:black-forest-labs/FLUX.1-schnell"),
        "speak": ("openai:tts-1", "groq:canopylabs/orpheus-v1-english"),
    }[method]
    for name, price in zip(names, prices, strict=True):
        models.define(name, prices=price)
    client = ai.Client(keys=dict.fromkeys(("openai", "mistral", "together", "groq"), "k"), registry=models)
    options = {"voice": "alloy"} if method == "speak" else {}
    opened = getattr(client, f"stream_{method}")(ai.Route(*names, pick="cheapest"), subject, validate=False, **options)
    assert opened._source._now.leg.name == names[cheap]


def test_keys_addresses_and_models_are_legs(open_shell: Callable[..., Shell], servers: Servers) -> None:
    for server in servers.values():
        server.say(words("Hello"))
    shell = open_shell()
    keys = [ai.Leg("one:m", name=f"key {number}", key=f"key-{number}") for number in range(2)]
    address = ai.Leg("one:m", name="another address", base_url=servers["two"].url)
    route = ai.Route(*keys, address, "one:another", pick="fastest")
    legs = set()
    for _ in range(25):
        legs.add(shell.complete(route).attempts[0].leg)
    assert legs == {"key 0", "key 1", "another address", "one:another"}
    assert {sent.headers["authorization"] for sent in servers["one"].sent} == {
        "Bearer key-0", "Bearer key-1", "Bearer a-key-for-tests",
    }  # fmt: skip
    assert len(servers["two"].sent) > 0


def test_threads_share_what_is_known(blocking: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(words("Hello"))
    route, found = ai.Route(*LEGS, pick="fastest"), []

    def call() -> None:
        for _ in range(5):
            found.append(blocking.client.complete(route, "hi").text)  # noqa: PERF401

    threads = [threading.Thread(target=call) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert found == ["Hello"] * 40
    assert [load.under_way for load in loads(blocking).values()] == [0, 0, 0]


def test_all_legs_down_is_one_error(shell: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(reply(503, {}))
    for pick in ("fastest", {"one:m": 1, "three:m": 2}):
        _, error = shell.events(ai.Route(*LEGS, pick=pick))
        assert isinstance(error, ai.RouteFailed)
        assert [type(each) for each in error.errors] == [ai.Overloaded] * 3


def test_a_provider_that_flaps_costs_no_call(open_shell: Callable[..., Shell], servers: Servers) -> None:
    turns = iter(range(1000))

    def flap(sent: Sent) -> Answer:
        return reply(500, {}) if next(turns) % 2 else words("Hello")

    servers["one"].say(flap)
    servers["two"].say(words("Hello"))
    shell = open_shell()
    for _ in range(10):
        assert shell.complete(ai.Route("one:m", "two:m", pick="fastest")).text == "Hello"
