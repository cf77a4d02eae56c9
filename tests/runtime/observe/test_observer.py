"""Observers see each call of each verb begin once and end once, however it ends."""

from __future__ import annotations

import asyncio
import gc
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import CAPABILITIES, Auth, Manifest, Route
from fluent_ai.testing import fake_provider
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from verb_answers import embeddings, images, moderation, rerank, speech, token_counting, transcription
from watchers import Keeper

from .conftest import USAGE, WHOLE

VERBS = {
    "embeddings": (embeddings, "openai_embeddings"),
    "images": (images, "openai_images"),
    "moderation": (moderation, "openai_moderation"),
    "rerank": (rerank, "cohere_rerank"),
    "speech": (speech, "openai_speech"),
    "token_counting": (token_counting, "openai_input_tokens"),
    "transcription": (transcription, "openai_transcription"),
}
MODELS = reply(200, {"object": "list", "data": [{"id": "m"}]})


def test_a_whole_call(watched: ai.Client, server: Server, keeper: Keeper) -> None:
    with ai.tags(feature="search"), ai.tags(customer="x"):
        stream = watched.stream("acme:m", "hi")
    assert stream.collect().text == "Hello"
    call = keeper.last
    assert keeper.steps[call.id] == ["started", "started", "answered", "first item", "finished"]
    assert (call.verb, call.provider, call.model, call.route) == ("chat", "acme", "m", "openai_chat")
    assert (call.ended, call.partial, call.error) == ("complete", False, None)
    assert (call.attempts, call.retries) == (1, 0)
    assert call.tags == {"feature": "search", "customer": "x"}
    assert call.usage is not None
    assert (call.usage.input_tokens, call.usage.output_tokens, call.cost) == (7, 2, None)
    assert call.timing is not None
    assert call.timing.first_event is not None
    assert 0 < call.timing.first_event <= (call.timing.total or 0)


def test_attempts_are_counted(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    server.say(reply(503, {}, headers={"retry-after": "0"}), reply(503, {}, headers={"retry-after": "0"}), WHOLE)
    with ai.Client(**settings | {"retries": 2}, observe=[keeper]) as client:
        client.complete("acme:m", "hi")
    call = keeper.last
    assert (call.attempts, call.retries, call.ended) == (3, 2, "complete")
    assert keeper.steps[call.id].count("failed") == 2


def test_a_stated_or_listed_price_is_the_cost(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    server.say(stream(sse(*text_chunks("a", usage={**USAGE, "cost": 0.25}))), WHOLE)  # type: ignore[dict-item]
    with ai.Client(
        keys={"openai": "k", "openrouter": "k"},
        base_urls={"openai": server.url, "openrouter": server.url},
        observe=[keeper],
    ) as client:
        client.complete("openrouter:openai/gpt-4o", "hi")
        client.complete("openai:gpt-4o", "hi", validate=False)
    stated, listed = keeper.all()
    assert (stated.cost, stated.priced().estimated) == (0.25, False)
    assert listed.priced().estimated
    assert listed.cost == ai.models.cost(ai.Usage(7, 2), "openai:gpt-4o").total


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb(verb: str, server: Server, keeper: Keeper) -> None:
    module, protocol = VERBS[verb]
    route = Route(protocol=protocol, path="/x")
    row = manifest_for(server.url, **{verb: (route,)})
    server.say(module.ANSWERS[protocol])
    settings: Any = {"keys": {"acme": "k"}, "manifests": [row], "observe": [keeper]}
    with ai.Client(**settings) as client:
        getattr(client, module.VERB)("acme:m", *module.ARGUMENTS)
        stream = getattr(client, f"stream_{module.VERB}")("acme:m", *module.ARGUMENTS)
        next(stream)
        stream.close()

    async def again() -> None:
        async with ai.AsyncClient(**settings) as client:
            await getattr(client, module.VERB)("acme:m", *module.ARGUMENTS)

    asyncio.run(again())
    keeper.check_once()
    assert [(call.verb, call.model, call.ended) for call in keeper.all()] == [
        (verb, "m", ended) for ended in ("complete", "closed", "complete")
    ]


def test_no_verb_is_forgotten() -> None:
    assert {*VERBS, "chat", "pull", "tokenization"} == set(CAPABILITIES)


def test_a_provider_of_this_process(keeper: Keeper) -> None:
    with fake_provider("Hello", "Hello") as provider, ai.Client(observe=[keeper]) as client:
        assert client.complete("fake:m", "hi").text == "Hello"
        stream = client.stream("fake:m", "hi")
        next(stream)
        del stream
        assert provider.requests
    keeper.check_once()
    first, second = keeper.all()
    assert (first.route, first.ended, first.attempts) == ("worker", "complete", 0)
    assert second.ended == "dropped"


def test_lists_and_checks(watched: ai.Client, server: Server, keeper: Keeper) -> None:
    server.say(MODELS, MODELS, reply(401, {}))
    watched.models("acme")
    assert watched.check("acme").ok
    assert not watched.check("acme").ok
    with pytest.raises(ai.AuthError):
        watched.models("acme")
    keeper.check_once()
    assert [(call.verb, call.model, call.ended, type(call.error)) for call in keeper.all()] == [
        ("models", None, "complete", type(None)),
        ("check", None, "complete", type(None)),
        ("check", None, "failed", ai.AuthError),
        ("models", None, "failed", ai.AuthError),
    ]


def test_what_is_refused_before_it_begins_is_no_call(watched: ai.Client, keeper: Keeper) -> None:
    with pytest.raises(ai.ConfigError):
        watched.complete("acme:m", "hi", temperature="hot")  # type: ignore[arg-type]
    watched.stream("acme:m", "hi").close()
    del watched.stream("acme:m", "hi")._source
    assert keeper.all() == []


ENDINGS: dict[str, tuple[Answer, str, type[BaseException] | None]] = {
    "cut": (stream(sse(*text_chunks("Hel", finish=None), done=False), end=False), "failed", ai.StreamInterrupted),
    "truncated": (stream(sse(*text_chunks("Hel", finish=None), done=False)), "failed", ai.StreamTruncated),
    "refused": (reply(400, {"error": {"message": "no"}}), "failed", ai.InvalidRequest),
    "broken": (Answer([None]), "failed", ai.ConnectionFailed),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_a_failure(watched: ai.Client, server: Server, keeper: Keeper, how: str) -> None:
    answer, ended, kind = ENDINGS[how]
    server.say(answer)
    with pytest.raises(ai.FluentError) as caught:
        watched.complete("acme:m", "hi")
    keeper.check_once()
    call = keeper.last
    assert (call.ended, type(call.error), call.partial) == (ended, kind, True)
    assert str(call.error) == str(caught.value)
    assert call.error is not None
    assert call.error.__traceback__ is None
    assert isinstance(call.result, ai.Reply)
    assert call.result.text == ("" if how in ("refused", "broken") else "Hel")


def test_a_reader_that_leaves(watched: ai.Client, server: Server, keeper: Keeper) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    with watched.stream("acme:m", "hi") as left:
        next(iter(left.text()))
    forgotten = watched.stream("acme:m", "hi")
    next(iter(forgotten.text()))
    del forgotten
    gc.collect()
    keeper.check_once()
    assert [(call.ended, call.partial, call.error) for call in keeper.all()] == [
        ("closed", True, None),
        ("dropped", True, None),
    ]


def test_a_reader_that_leaves_after_the_end_missed_nothing(watched: ai.Client, server: Server, keeper: Keeper) -> None:
    server.say(Answer([b"".join(piece for piece in WHOLE.pieces if isinstance(piece, bytes))]))
    with watched.stream("acme:m", "hi") as read:
        while not isinstance(next(read), ai.Finish):
            pass
    assert (keeper.last.ended, keeper.last.partial) == ("complete", False)


def test_a_stream_that_another_thread_closes(watched: ai.Client, server: Server, keeper: Keeper) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 60.0]))
    read = watched.stream("acme:m", "hi")
    next(iter(read.text()))
    failed: list[BaseException] = []

    def go_on() -> None:
        try:
            next(read)
        except ai.Cancelled as error:
            failed.append(error)

    reader = threading.Thread(target=go_on)
    reader.start()
    while not read._turn.locked():
        pass
    read.close()
    reader.join(60)
    keeper.check_once()
    assert len(failed) == 1
    assert (keeper.last.ended, keeper.last.partial) == ("cancelled", True)


def test_a_task_that_is_cancelled(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 60.0]))

    async def main() -> None:
        async with ai.AsyncClient(**settings, observe=[keeper]) as client:
            begun = asyncio.Event()

            async def read() -> None:
                async for _ in client.stream("acme:m", "hi").text():
                    begun.set()

            task = asyncio.create_task(read())
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(main())
    keeper.check_once()
    assert (keeper.last.ended, type(keeper.last.error)) == ("cancelled", asyncio.CancelledError)


def cut_anywhere(server: Server, keeper: Keeper, ledger: ai.Ledger, number: int) -> None:
    """As many streams, broken or left at random points, through both clients; each is finished and booked once."""
    rows = sse(*text_chunks(*"abcdefgh", usage=USAGE))
    body = b"".join(piece for piece in stream([*rows]).pieces if isinstance(piece, bytes))
    chance = random.Random(number)

    def answer(sent: Sent) -> Answer:
        return Answer([body]) if chance.random() < 0.2 else Answer([body[: chance.randrange(len(body))], None])

    server.say(answer)
    settings: Any = {"keys": {"acme": "k"}, "manifests": [manifest_for(server.url)], "retries": 0}
    settings["observe"] = [keeper, ledger]
    begun = 0

    def read(client: ai.Client) -> None:
        events = client.stream("acme:m", "hi")
        try:
            for _ in range(chance.randrange(1, 16)):
                next(events)
        except (ai.FluentError, StopIteration):
            return
        if chance.random() < 0.5:
            events.close()

    async def aread(client: ai.AsyncClient) -> None:
        events = client.stream("acme:m", "hi")
        try:
            for _ in range(chance.randrange(1, 16)):
                await anext(events)
        except (ai.FluentError, StopAsyncIteration):
            return
        if chance.random() < 0.5:
            await events.close()

    async def main() -> None:
        async with ai.AsyncClient(**settings) as client:
            for _ in range(number // 20):
                await asyncio.gather(*(aread(client) for _ in range(10)))

    with ai.Client(**settings) as client:
        for _ in range(number // 2):
            read(client)
            begun += 1
    asyncio.run(main())
    gc.collect()
    keeper.check_once()
    assert len(keeper.calls) == begun + number // 20 * 10
    endings = {call.ended for call in keeper.calls}
    assert endings == {"complete", "failed", "closed", "dropped"}
    assert all(call.ended == "complete" or call.partial for call in keeper.calls)
    booked = {row["id"]: row for row in ledger.rows()}
    assert booked.keys() == {call.id for call in keeper.calls}
    assert sum(each.calls for each in ledger.spent(by="model")) == len(keeper.calls)
    for call in keeper.calls:
        used, row = call.usage, booked[call.id]
        assert (row["ended"], row["output_tokens"]) == (call.ended, None if used is None else used.output_tokens)


def test_streams_cut_at_random_are_booked_once(server: Server, keeper: Keeper, tmp_path: Path) -> None:
    cut_anywhere(server, keeper, ai.Ledger(tmp_path / "usage.db"), 400)


@pytest.mark.slow
def test_ten_thousand_streams_cut_at_random_are_booked_once(server: Server, keeper: Keeper, tmp_path: Path) -> None:
    cut_anywhere(server, keeper, ai.Ledger(tmp_path / "usage.db"), 10_000)


def test_an_observer_of_two_clients_is_told_of_both(settings: dict[str, Any], keeper: Keeper) -> None:
    for _ in range(2):
        with ai.Client(**settings, observe=[keeper, keeper]) as client:
            client.complete("acme:m", "hi")
    keeper.check_once()
    assert len(keeper.calls) == 2


@pytest.mark.parametrize("wrong", [object(), [print], ["log"]])
def test_what_is_no_observer_is_refused(wrong: Any) -> None:
    with pytest.raises(ai.ConfigError, match=r"observe .*allowed: a list of observers"):
        ai.Client(observe=wrong)
    with pytest.raises(ai.ConfigError, match="observe is of type Keeper"):
        ai.Client(observe=Keeper())  # type: ignore[arg-type]


def test_a_tag_is_a_text() -> None:
    with pytest.raises(ai.ConfigError, match="tag customer is of type int"), ai.tags(customer=7):  # type: ignore[arg-type]
        pass


def test_a_call_shows_no_content(watched: ai.Client, keeper: Keeper) -> None:
    watched.complete("acme:m", "hunter22", system="hunter22")
    call = keeper.last
    assert call.request is not None
    assert "hunter22" not in repr(call) + str(call.to_dict())
    assert "Hello" not in repr(call) + str(call.to_dict())


def test_nothing_is_imported_for_observers_that_nobody_has(server: Server) -> None:
    server.say(WHOLE)
    program = f"""
import sys
before = set(sys.modules)  # a measurement of coverage imports sqlite3
import fluent_ai as ai
sys.path.insert(0, {str(__file__.rpartition("/tests/")[0] + "/tests/support")!r})
from scripted_server import manifest_for
with ai.Client(keys={{"acme": "k"}}, manifests=[manifest_for({server.url!r})]) as client:
    client.complete("acme:m", "hi")
new = set(sys.modules) - before
print(sorted(name for name in new if "observe" in name or name in ("sqlite3", "opentelemetry", "cryptography")))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "['fluent_ai.observe', 'fluent_ai.observe.hooks', 'fluent_ai.observe.log']\n"


def test_the_wrong_provider_is_no_call() -> None:
    keeper = Keeper()
    row = Manifest(id="made", name="Made", docs="", auth=Auth(scheme="none"), chat=(Route(protocol="worker"),))
    with ai.Client(manifests=[row], observe=[keeper]) as client, pytest.raises(ai.ConfigError):
        client.complete("made:m", "hi")
    assert keeper.all() == []
