"""Replies from the cache of a client: the same values, from real servers, and nothing that should not be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from clocks import Clock
from fluent_ai.cache import entries
from fluent_ai.content.events import Event
from fluent_ai.manifest.schema import Route
from fluent_ai.resilience.load import Load
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from shells import SHELLS, Shell
from verb_answers import embeddings, images, moderation, rerank, speech, token_counting, transcription
from watchers import Keeper

USAGE = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
HELLO = stream(sse(*text_chunks("Hel", "lo", usage=USAGE)))
BYE = stream(sse(*text_chunks("Bye")))
SECRET = "acme-canary-key-0123456789"
VERBS = {
    "embeddings": (embeddings, "openai_embeddings"),
    "rerank": (rerank, "cohere_rerank"),
    "moderation": (moderation, "openai_moderation"),
    "transcription": (transcription, "openai_transcription"),
    "speech": (speech, "openai_speech"),
    "images": (images, "openai_images"),
    "token_counting": (token_counting, "openai_input_tokens"),
}


class Kept(dict[str, bytes]):
    """A store of the caller's own."""

    def set(self, key: str, value: bytes) -> None:
        self[key] = value


@pytest.fixture(params=SHELLS)
def open_shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Callable[..., Shell]]:
    opened: list[Shell] = []

    def make(cache: Any, **settings: Any) -> Shell:
        given = {"keys": {"acme": SECRET}, "manifests": [manifest_for(server.url)], "retries": 0} | settings
        opened.append(Shell(request.param, **given, cache=cache))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.mark.parametrize("kind", ["memory", "sqlite", "own"])
def test_the_same_request_is_sent_once(
    open_shell: Callable[..., Shell], server: Server, kind: str, tmp_path: Path
) -> None:
    stores: dict[str, Any] = {"memory": ai.MemoryCache(), "sqlite": ai.SQLiteCache(tmp_path / "r.db"), "own": Kept()}
    shell = open_shell(stores[kind])
    server.say(HELLO, BYE)
    events, error = shell.events("acme:m")
    again, no_error = shell.events("acme:m")
    assert (error, no_error) == (None, None)
    assert again == events
    whole = shell.complete("acme:m")
    assert (whole.text, whole.from_cache) == ("Hello", True)
    assert whole.usage == ai.Usage(7, 2, raw=USAGE)
    assert len(server.sent) == 1
    assert shell.complete("acme:m", temperature=0.5).text == "Bye"
    assert shell.complete("acme:m", "ho").text == "Bye"
    assert shell.complete("acme:other").text == "Bye"
    assert not shell.complete("acme:m", cache=False).from_cache
    assert len(server.sent) == 5
    assert shell.complete("acme:m").text == "Hello", "what was asked past the cache is not kept"


def test_off_by_default(open_shell: Callable[..., Shell], server: Server) -> None:
    server.say(HELLO)
    shell = open_shell(None)
    assert not shell.complete("acme:m").from_cache
    assert not shell.complete("acme:m").from_cache
    assert len(server.sent) == 2


def test_it_costs_nothing_and_is_booked_as_that(server: Server, tmp_path: Path) -> None:
    keeper, metrics, ledger = Keeper(), ai.Metrics(), ai.Ledger(tmp_path / "usage.db")
    server.say(stream(sse(*text_chunks("a", usage={**USAGE, "cost": 0.25}))))  # type: ignore[dict-item]
    observers = [keeper, metrics, ledger]
    urls = {"openrouter": server.url}
    with ai.Client(keys={"openrouter": "k"}, base_urls=urls, observe=observers, cache=ai.MemoryCache()) as client:
        client.complete("openrouter:openai/gpt-4o", "hi")
        kept = client.complete("openrouter:openai/gpt-4o", "hi")
        report = client.metrics()
    sent, cached = keeper.all()
    assert (sent.from_cache, sent.cost, sent.attempts) == (False, 0.25, 1)
    assert (cached.from_cache, cached.cost, cached.attempts, cached.ended) == (True, 0.0, 0, "complete")
    assert cached.usage == ai.Usage(input_tokens=0, output_tokens=0, cost=0.0)
    assert cached.to_dict()["from_cache"]
    assert kept.usage is not None
    assert (kept.usage.cost, ai.models.cost(kept).total) == (0.25, 0.0)
    assert (report.total.input_tokens, report.total.succeeded) == (7, 2)
    (spent,) = ledger.spent()
    assert (spent.calls, spent.cost, spent.input_tokens, spent.unpriced) == (2, 0.25, 7, 0)
    assert [row["how"] for row in ledger.rows()] == ["reported", "cached"]
    assert keeper.steps[cached.id] == ["started", "first item", "finished"]


def test_spans_and_the_log_say_so(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    trace = pytest.importorskip("opentelemetry.sdk.trace", reason="the SDK of OpenTelemetry is not installed")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    spans, tracers = InMemorySpanExporter(), trace.TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    telemetry = ai.otel(tracer_provider=tracers)
    server.say(HELLO)
    settings: dict[str, Any] = {"keys": {"acme": SECRET}, "manifests": [manifest_for(server.url)]}
    with caplog.at_level(logging.INFO), ai.Client(**settings, observe=[telemetry], cache=Kept()) as client:
        client.complete("acme:m", "hi")
        client.complete("acme:m", "hi")
    facts = [dict(span.attributes or {}) for span in spans.get_finished_spans()]
    assert [each.get("fluent_ai.from_cache") for each in facts] == [None, True]
    assert [each["gen_ai.usage.output_tokens"] for each in facts] == [2, 0]
    assert [vars(each)["from_cache"] for each in caplog.records if each.name == "fluent_ai.calls"] == [False, True]


@pytest.mark.parametrize(
    "answer",
    [
        reply(503, {"error": {"message": "no"}}),
        stream(sse(*text_chunks("Hel"), done=False)[:1], end=False),
        stream([b"data: {oops\n\n"]),
        stream(sse(*text_chunks("x", finish="error"))),
    ],
    ids=["refused", "cut", "malformed", "error at the end"],
)
def test_what_failed_is_not_kept(open_shell: Callable[..., Shell], server: Server, answer: Any) -> None:
    store = Kept()
    shell = open_shell(store, breaker=False)
    server.say(answer, answer, HELLO)
    shell.events("acme:m")
    shell.events("acme:m")
    assert (store, len(server.sent)) == ({}, 2)
    assert shell.complete("acme:m").text == "Hello"
    assert len(store) == 1


def test_what_was_left_is_not_kept(server: Server) -> None:
    store = Kept()
    server.say(HELLO)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=store) as client:
        with client.stream("acme:m", "hi") as left:
            next(left)
        dropped = client.stream("acme:m", "hi")
        next(dropped)
        del dropped
        assert store == {}
        client.complete("acme:m", "hi")
        assert len(store) == 1


def test_try_next_gives_what_is_kept(server: Server) -> None:
    server.say(HELLO)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=Kept()) as client:
        first = list(client.stream("acme:m", "hi"))
        with client.stream("acme:m", "hi") as again:
            found = []
            while not again.ended or found[-1] is not ai.EMPTY:
                found.append(again.try_next())
    assert found[:-1] == first


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb(verb: str, open_shell: Callable[..., Shell], server: Server) -> None:
    module, protocol = VERBS[verb]
    row = manifest_for(server.url, **{verb: (Route(protocol=protocol, path="/x"),)})
    server.say(module.ANSWERS[protocol])
    shell = open_shell(Kept(), manifests=[row])
    first, error = shell.items(getattr(shell.client, f"stream_{module.VERB}")("acme:m", *module.ARGUMENTS))
    again, _ = shell.items(getattr(shell.client, f"stream_{module.VERB}")("acme:m", *module.ARGUMENTS))
    assert (error, len(server.sent)) == (None, 1)
    assert again == [item for item in first if not isinstance(item, ai.Ping | ai.Progress)]
    result = shell.do(getattr(shell.client, module.VERB)("acme:m", *module.ARGUMENTS))
    assert result.from_cache
    assert len(server.sent) == 1


def test_batches_are_one_answer(server: Server) -> None:
    def answer(sent: Any) -> Any:
        import json

        texts = json.loads(sent.body)["input"]
        vectors = [{"index": number, "embedding": [0.1, float(len(text))]} for number, text in enumerate(texts)]
        return reply(200, {"data": vectors, "model": "m", "usage": {"prompt_tokens": len(texts)}})

    row = manifest_for(server.url, embeddings=(Route(protocol="openai_embeddings", path="/x", batch=2),))
    server.say(answer)
    with ai.Client(keys={"acme": SECRET}, manifests=[row], cache=ai.MemoryCache()) as client:
        first = client.embed("acme:m", ["a", "bb", "ccc"])
        sent = len(server.sent)
        again = client.embed("acme:m", ["a", "bb", "ccc"])
        assert (sent, len(server.sent)) == (2, 2)
        assert [list(vector) for vector in again.vectors] == [list(vector) for vector in first.vectors]
        assert not client.embed("acme:m", ["a", "bb", "dd"]).from_cache


def test_a_route_takes_what_is_kept_of_its_legs(open_shell: Callable[..., Shell], server: Server) -> None:
    shell = open_shell(Kept(), breaker=False)
    route = ai.Route("acme:one", "acme:two")
    server.say(reply(503, {}), HELLO, reply(503, {}))
    first = shell.complete(route)
    assert (first.text, first.from_cache, len(server.sent)) == ("Hello", False, 2)
    again = shell.complete(route)
    assert (again.text, again.from_cache) == ("Hello", True)
    assert [attempt.leg for attempt in again.attempts] == ["acme:one", "acme:two"]
    assert len(server.sent) == 3, "the first leg is asked again, because its failure was not kept"


def test_a_kept_answer_says_nothing_of_a_leg() -> None:
    load = Load()
    load.take_rest(60.0)
    asked = load.begin()
    asked.not_asked()
    asked.end()
    assert (load.load, load.under_way) == (0.0, 0), "a leg that nobody has asked yet"
    assert load.rest > 0, "and that still rests"


def test_a_kept_answer_makes_no_leg_quick(
    open_shell: Callable[..., Shell], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    observed: list[float] = []
    monkeypatch.setattr(Load, "observe", lambda self, seconds: observed.append(seconds))
    store = Kept()
    server.say(HELLO)
    route = ai.Route("acme:one", "acme:two", pick="fastest")
    assert not open_shell(store).complete(route).from_cache
    assert len(observed) == 1
    assert open_shell(store).complete(route).from_cache
    assert len(observed) == 1


def test_entries_hold_neither_keys_nor_prompts(open_shell: Callable[..., Shell], server: Server) -> None:
    store = Kept()
    server.say(HELLO)
    open_shell(store).complete("acme:m", "a prompt that is a secret")
    ((key, value),) = store.items()
    assert len(key) == 64
    assert SECRET.encode() not in value
    assert b"secret" not in value


def test_another_key_gets_the_same_answer(open_shell: Callable[..., Shell], server: Server) -> None:
    store = Kept()
    server.say(HELLO)
    assert not open_shell(store).complete("acme:m").from_cache
    assert open_shell(store, keys={"acme": "another-key-987"}).complete("acme:m").from_cache
    assert not open_shell(store, headers={"x-tenant": "b"}).complete("acme:m").from_cache


def test_the_order_of_options_does_not_count_and_that_of_a_schema_does(server: Server) -> None:
    server.say(HELLO)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=Kept()) as client:

        def cached(**options: Any) -> bool:
            return client.complete("acme:m", "hi", **options).from_cache

        assert not cached(extra_body={"a": 1, "b": 2})
        assert cached(extra_body={"b": 2, "a": 1})
        assert not cached(extra_body={"a": {"x": 1, "y": 2}})
        assert not cached(extra_body={"a": {"y": 2, "x": 1}})


class Broken:
    """A store that raises."""

    def __init__(self) -> None:
        self.gets = self.sets = 0

    def get(self, key: str) -> bytes | None:
        self.gets += 1
        raise RuntimeError("a message that quotes the acme-canary-key")

    def set(self, key: str, value: bytes) -> None:
        self.sets += 1
        raise OSError(28, "No space left on device")


def test_a_store_that_fails_ends_no_call_and_is_warned_of_once(
    open_shell: Callable[..., Shell], server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.say(HELLO)
    broken = Broken()
    shell = open_shell(broken)
    assert [shell.complete("acme:m").text for _ in range(3)] == ["Hello"] * 3
    assert (broken.gets, broken.sets) == (3, 3)
    said = [record.getMessage() for record in caplog.records if record.name == "fluent_ai.cache"]
    assert said == [
        "an answer could not be read: Broken raised RuntimeError; calls go on without the cache",
        "an answer could not be kept: Broken raised OSError; calls go on without the cache",
    ]


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "no bytes", "other format"])
def test_an_entry_that_is_damaged_counts_as_none(server: Server, caplog: pytest.LogCaptureFixture, harm: str) -> None:
    store: Any = Kept()
    server.say(HELLO, BYE)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=store) as client:
        client.complete("acme:m", "hi")
        ((key, value),) = store.items()
        store[key] = {
            "flipped": value[:-9] + bytes([value[-9] ^ 1]) + value[-8:],
            "cut": value[:-1],
            "empty": b"",
            "no bytes": "text",
            "other format": value.replace(b"answer 1", b"answer 2"),
        }[harm]
        assert client.complete("acme:m", "hi").text == "Bye"
        assert client.complete("acme:m", "hi").from_cache
    assert len([record for record in caplog.records if record.name == "fluent_ai.cache"]) == 1


def test_a_version_with_other_types_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from fluent_ai.http.messages import HttpRequest

    class Later(ai.TextDelta, frozen=True, tag="later"):
        new: int = 0

    request = [HttpRequest("POST", "http://x", {}, b"{}")]
    now = entries.answer_key("p", "c", "chat", "m", request, ())
    assert entries.answer_key("p", "c", "chat", "m", request, (Later,)) != now
    assert entries.answer_key("p", "c", "chat", "m", request, ()) == now
    entry = entries.written([ai.TextDelta(0, "x")])
    assert entries.read(entry, ()) == [ai.TextDelta(0, "x")]
    with pytest.raises(entries.DamagedEntry):
        entries.read(entries.written([Later(0, "x")]), ())


def test_every_event_survives_an_entry() -> None:
    from typing import get_args

    made: list[Any] = [
        ai.StreamStart("i", "m", "p"), ai.ToolCallEnd(0, ai.ToolCall("1", "f", {"a": [1, None]})),
        ai.MediaDelta(1, b"\x00\xff"), ai.UsageUpdate(ai.Usage(1, 2, raw={"x": {"y": 1.5}})),
        ai.Seam("restart", "a", "b", 3), ai.Finish("stop", None, ai.Usage(1)), ai.TextDelta(0, "é\u0000\U0001f600"),
    ]  # fmt: skip
    assert {type(each) for each in made} <= set(get_args(Event))
    assert entries.read(entries.written(made), ()) == made


def test_what_is_no_store_is_refused() -> None:
    with pytest.raises(ai.ConfigError, match="cache is of type int; allowed: an object with get and set"):
        ai.Client(cache=3)  # type: ignore[arg-type]
    with pytest.raises(ai.ConfigError, match="cache is of type str"):
        ai.Client().complete("openai:gpt-4o-mini", "hi", cache="yes")  # type: ignore[arg-type]


def test_a_kept_answer_ages(server: Server) -> None:
    clock = Clock(0.0)
    server.say(HELLO, BYE)
    cache = ai.MemoryCache(ttl=60.0, clock=lambda: clock.now)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=cache) as client:
        client.complete("acme:m", "hi")
        clock.now = 59.0
        assert client.complete("acme:m", "hi").from_cache
        clock.now = 60.0
        assert client.complete("acme:m", "hi").text == "Bye"


def test_a_warning_of_the_request_comes_with_a_kept_answer_too(server: Server) -> None:
    server.say(HELLO)
    with ai.Client(keys={"acme": SECRET}, manifests=[manifest_for(server.url)], cache=Kept()) as client:
        first, second = client.complete("acme:m", "hi"), client.complete("acme:m", "hi")
    assert first.warnings == second.warnings
    assert second.timing is not None
    assert second.timing.total is not None
