"""Limits of real calls: nobody is refused by the provider who could have waited, and everybody's place comes back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import fluent_ai as ai
import pytest
from fluent_ai.http.rate_headers import Left, quota, span
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]


def words(*texts: str, **headers: str) -> Answer:
    answer = stream(list(sse(*text_chunks(*texts, usage={"prompt_tokens": 60, "completion_tokens": 40}))))
    if headers:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()).encode()
        head = answer.pieces[0]
        assert isinstance(head, bytes)
        answer.pieces[0] = head[:-2] + lines + b"\r\n"
    return answer


def limiter(shell: Shell) -> object:
    (found,) = shell.client._core.terms.gates._limiters.values()
    return found


def test_never_more_than_so_many_at_once() -> None:
    server, lock, now, most = Server(), threading.Lock(), [0], [0]

    def answer(sent: Sent) -> Answer:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        answer = words("Hello")

        class Leaving(list):  # type: ignore[type-arg]
            def __iter__(self):  # type: ignore[no-untyped-def]
                yield 0.02
                with lock:
                    now[0] -= 1
                yield from super().__iter__()

        answer.pieces = Leaving(answer.pieces)
        return answer

    server.say(answer, answer)

    async def fifty() -> list[ai.Reply]:
        manifests, keys = [manifest_for(server.url)], {"acme": "k"}
        async with ai.AsyncClient(manifests=manifests, keys=keys, limits=ai.Limits(at_once=4)) as client:
            return await asyncio.gather(*(client.complete("acme:m", "hi") for _ in range(50)))

    assert {each.text for each in asyncio.run(fifty())} == {"Hello"}
    assert most[0] <= 4
    assert server.connections <= 5
    server.close()


def test_places_come_back_whatever_becomes_of_a_call(open_shell: Callable[..., Shell], servers: Servers) -> None:
    shell = open_shell(limits=ai.Limits(at_once=1), breaker=False, timeout=ai.Timeouts(pool=5.0, first_byte=0.2))
    for answer in (
        reply(500, {}), reply(429, {}), reply(400, {}), Answer([None]), Answer([30.0]),
        stream(list(sse(*text_chunks("Hel", finish=None), done=False)), end=False), words("Hello"),
    ):  # fmt: skip
        servers["one"].say(answer)
        shell.events("one:m")
    unread = shell.client.stream("one:m", "hi")
    del unread
    assert shell.complete("one:m").text == "Hello"


def test_a_refusal_says_what_the_limits_are(servers: Servers) -> None:
    servers["one"].say(words("Hello"))
    manifests = [manifest_for(servers["one"].url, id="one")]
    client = ai.Client(
        manifests=manifests, keys={"one": "k"}, limits=ai.Limits(at_once=1), timeout=ai.Timeouts(pool=0.05), retries=0
    )
    with client.stream("one:m", "hi"), pytest.raises(ai.ConcurrencyLimited) as caught:
        client.complete("one:m", "hi")
    assert (caught.value.current, caught.value.limit, caught.value.queued) == (1, 1, 1)
    assert client.complete("one:m", "hi").text == "Hello"
    client.close()


def test_closing_ends_the_wait_for_a_place(servers: Servers) -> None:
    servers["one"].say(words("Hello"))
    client = ai.Client(
        manifests=[manifest_for(servers["one"].url, id="one")], keys={"one": "k"}, limits=ai.Limits(at_once=1)
    )
    with client.stream("one:m", "hi"):
        second = client.stream("one:m", "hi")

        def close_once_it_waits() -> None:
            while not next(iter(client._core.terms.gates._limiters.values())).queue:  # type: ignore[union-attr]
                pass
            second.close()

        thread = threading.Thread(target=close_once_it_waits)
        thread.start()
        with pytest.raises(ai.Cancelled):
            second.collect()
        thread.join(30)
    assert client.complete("one:m", "hi").text == "Hello"
    client.close()


def test_tokens_are_reserved_and_settled_as_the_provider_counts(
    open_shell: Callable[..., Shell], servers: Servers
) -> None:
    servers["one"].say(words("Hello"))
    shell = open_shell(limits=ai.Limits(tokens_per_minute=1000), timeout=ai.Timeouts(pool=0.05))
    for _ in range(5):
        assert shell.complete("one:m").text == "Hello"
    found = limiter(shell)
    assert found._tokens._sum == 500  # type: ignore[attr-defined]
    _, error = shell.events("one:m", "word " * 1600)
    assert isinstance(error, ai.ConcurrencyLimited)


def test_tokens_of_other_verbs_are_settled_too(open_shell: Callable[..., Shell], servers: Servers) -> None:
    row = {"index": 0, "embedding": [1.0, 2.0]}
    servers["one"].say(reply(200, {"model": "e", "data": [row], "usage": {"prompt_tokens": 40, "total_tokens": 40}}))
    shell = open_shell(limits=ai.Limits(tokens_per_minute=10_000))
    leg = ai.Leg("openai:text-embedding-3-small", key="k", base_url=servers["one"].url)
    for _ in range(3):
        shell.do(shell.client.embed(ai.Route(leg), "word " * 400))
    ((limiter,),) = [gates._limiters.values() for gates in [shell.client._core.terms_of(leg).gates]]
    assert limiter._tokens._sum == 120


def test_a_wait_for_a_turn_is_not_the_provider_s(servers: Servers) -> None:
    """It takes nothing from the time to the first event, and says nothing of the provider's health."""
    servers["one"].say(words("Hello"))
    client = ai.Client(
        manifests=[manifest_for(servers["one"].url, id="one")], keys={"one": "k"}, retries=0,
        limits=ai.Limits(at_once=1), breaker=ai.Breaker(consecutive=1), timeout=ai.Timeouts(first_event=2.5, pool=60.0),
    )  # fmt: skip
    found: list[str] = []
    with client.stream("one:m", "hi", timeout=ai.Timeouts()):
        waiting = threading.Thread(target=lambda: found.append(client.complete("one:m", "hi").text))
        waiting.start()
        waiting.join(2.8)
        assert waiting.is_alive()
    waiting.join(60)
    assert found == ["Hello"]
    (gate,) = client._core.terms.gates._gates.values()  # type: ignore[union-attr]
    assert gate.circuit.state == "closed"
    client.close()


def test_what_a_provider_says_is_left_is_obeyed_before_it_refuses(
    open_shell: Callable[..., Shell], servers: Servers
) -> None:
    servers["one"].say(
        words("Hello", x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="20s"), words("Hello")
    )
    shell = open_shell(limits=ai.Limits(), timeout=ai.Timeouts(pool=0.05))
    assert shell.complete("one:m").text == "Hello"
    _, error = shell.events("one:m")
    assert isinstance(error, ai.ConcurrencyLimited)
    assert len(servers["one"].sent) == 1
    assert shell.complete("one:another").text == "Hello"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1.0), ("6m0s", 360.0), ("20ms", 0.02), ("1m30.5s", 90.5), ("7", 7.0), ("0.5", 0.5), ("2h", 7200.0),
        ("1700000060", 60.0), ("2023-11-14T22:14:20Z", 60.0), ("2023-11-14T22:12:00Z", 0.0), ("-3", 0.0),
        ("", None), ("soon", None), ("nan", None), ("inf", None), ("3d", None), ("1s1s", None),
    ],
)  # fmt: skip
def test_spans(text: str, seconds: float | None) -> None:
    found = span(text, now=1_700_000_000.0)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_headers_of_several_vendors() -> None:
    openai = {"x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "1s"}
    anthropic = {
        "anthropic-ratelimit-tokens-remaining": "100",
        "anthropic-ratelimit-tokens-reset": "2023-11-14T22:14:20Z",
    }
    assert quota(openai).requests == Left(3.0, 1.0)
    assert quota(anthropic, now=1_700_000_000.0).tokens == Left(100.0, 60.0)
    assert quota({"x-ratelimit-remaining-requests": "many"}) == (None, None)


def test_limits_that_are_none(open_shell: Callable[..., Shell]) -> None:
    with pytest.raises(ai.ConfigError, match="limits is of type int"):
        open_shell(limits=5)
