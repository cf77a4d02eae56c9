"""How long calls took: what we measure, what the provider says, and how long tools ran."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
import trustme
from faults import raw
from fluent_ai.protocols.shared.provider_times import provider_times
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, Caller
from watchers import Keeper

from .conftest import USAGE, WHOLE

SEEN = {"queue_time": 0.25, "prompt_time": 0.5, "completion_time": 1.5, "total_time": 2.0}
TIMES = ai.ProviderTimes(queue=0.25, prompt=0.5, generation=1.5, total=2.0)


def chunk(**more: object) -> dict[str, object]:
    return {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], **more}


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (chunk(x_groq={"id": "r", "usage": {**USAGE, **SEEN}}), TIMES),
        (chunk(usage={**USAGE, **SEEN}), TIMES),
        (chunk(usage=USAGE, time_info={"created": 1.7e9, **SEEN}), TIMES),
        (chunk(usage=USAGE), None),
        (chunk(), None),
    ],
    ids=["groq", "groq whole", "cerebras", "none", "no usage"],
)
def test_what_the_body_says_of_the_providers_time(
    settings: dict[str, Any], server: Server, last: object, expected: ai.ProviderTimes | None
) -> None:
    server.say(stream(sse(*text_chunks("Hi", finish=None), last)))
    with ai.Client(**settings) as client:
        timing = client.complete("acme:m", "hi").timing
    assert timing is not None
    assert timing.provider == expected
    assert (timing.queue, timing.connect) == (None, None), "nobody observes this call"


def test_ollama_says_it_in_nanoseconds(server: Server) -> None:
    line = {
        "model": "m", "message": {"role": "assistant", "content": "Hi"}, "done": True, "done_reason": "stop",
        "total_duration": 3_500_000_000, "load_duration": 500_000_000, "prompt_eval_count": 7,
        "prompt_eval_duration": 1_000_000_000, "eval_count": 2, "eval_duration": 2_000_000_000,
    }  # fmt: skip
    server.say(reply(200, line, headers={"content-type": "application/x-ndjson"}))
    with ai.Client(base_urls={"ollama": server.url}) as client:
        timing = client.complete("ollama:m", "hi", validate=False).timing
    assert timing is not None
    assert timing.provider == ai.ProviderTimes(load=0.5, prompt=1.0, generation=2.0, total=3.5)


def test_openai_says_it_in_a_header(server: Server, keeper: Keeper) -> None:
    said = {"openai-processing-ms": "1250"}
    answer = stream(sse(*text_chunks("Hi", usage=USAGE)))
    assert isinstance(answer.pieces[0], bytes)
    answer.pieces[0] = answer.pieces[0].replace(b"\r\n", b"\r\nopenai-processing-ms: 1250\r\n", 1)
    vectors = {"data": [{"index": 0, "embedding": [1.0]}], "model": "m", "usage": {"prompt_tokens": 1}}
    server.say(answer, reply(200, vectors, headers=said))
    urls = {"openai_compatible": server.url}
    with ai.Client(base_urls=urls, keys={"openai_compatible": "k-for-tests"}, observe=[keeper]) as client:
        reply_timing = client.complete("openai_compatible:m", "hi").timing
        embed_timing = client.embed("openai_compatible:m", "hi").timing
    for timing in (reply_timing, embed_timing, *(call.timing for call in keeper.all())):
        assert timing is not None
        assert timing.provider == ai.ProviderTimes(total=1.25)


@given(
    st.dictionaries(
        st.sampled_from([*SEEN, "time_info", "load_duration", "eval_duration"]),
        st.none() | st.booleans() | st.text() | st.floats() | st.integers() | st.dictionaries(st.text(), st.floats()),
    ),
    st.dictionaries(st.just("openai-processing-ms"), st.text()),
)
def test_what_makes_no_sense_is_no_time(raw: dict[str, Any], headers: Mapping[str, str]) -> None:
    times = provider_times(raw, headers)
    if times is not None:
        assert all(0 <= value < 1e6 + 1 for value in times.to_dict().values() if value is not None)


def test_an_observed_call_knows_its_queue_and_its_connection(settings: dict[str, Any], keeper: Keeper) -> None:
    with ai.Client(**settings, observe=[keeper]) as client:
        first, second = client.complete("acme:m", "hi").timing, client.complete("acme:m", "hi").timing
        route = client.complete(ai.Route("acme:m"), "hi").timing
    for timing, call in zip((first, second, route), keeper.all(), strict=True):
        assert timing is not None
        assert call.timing is not None
        assert (timing.queue, timing.connect) == (call.timing.queue, call.timing.connect)
        assert (call.stages.pool, call.stages.connect) == (timing.queue, timing.connect)
        assert ai.Timing.from_json(timing.to_json()) == timing
    assert first is not None
    assert first.connect is not None
    assert first.connect > 0


def test_waiting_under_limits_is_waiting_for_the_pool(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    server.say(stream([0.2, *sse(*text_chunks("Hi"))]))

    async def main() -> None:
        async with ai.AsyncClient(**settings, observe=[keeper], limits=ai.Limits(at_once=1)) as client:
            await asyncio.gather(*(client.complete("acme:m", "hi") for _ in range(3)))

    asyncio.run(main())
    waited = sorted(call.stages.pool for call in keeper.all())
    assert waited[0] < waited[1] < waited[2]
    assert waited[2] > 0.3
    assert all(call.timing is not None and call.timing.queue == call.stages.pool for call in keeper.all())


def test_what_fails_before_its_answer_was_waited_for_too(
    settings: dict[str, Any], server: Server, keeper: Keeper
) -> None:
    server.say(raw(60.0))
    hasty = ai.Client(**settings, observe=[keeper], timeout=ai.Timeouts(first_byte=0.2))
    with hasty, pytest.raises(ai.DeadlineExceeded):
        hasty.complete("acme:m", "hi")
    assert keeper.last.stages.first_event > 0.15
    assert keeper.last.timing is not None
    assert keeper.last.timing.first_event is None


def test_a_connection_that_fails_counts_as_connecting(keeper: Keeper) -> None:
    with socket.socket() as closed:  # bound and not listening, so that nobody else can
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        client = ai.Client(manifests=[manifest_for(address)], keys={"acme": "k"}, retries=0, observe=[keeper])
        with client, pytest.raises(ai.ConnectionFailed):
            client.complete("acme:m", "hi")
    assert keeper.last.stages.connect > 0


class SlowToGreet(Server):
    """Waits before each TLS handshake."""

    def _secure(self, connection: socket.socket) -> socket.socket:
        time.sleep(0.2)
        return super()._secure(connection)


@pytest.mark.parametrize("kind", KINDS)
def test_a_slow_handshake_is_connecting(
    keeper: Keeper, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server, caller = SlowToGreet(context), Caller(kind)
    server.say(WHOLE)
    address = server.url.replace("http://127.0.0.1", "https://localhost")
    conversation = caller.client(manifest_for(address), observe=[keeper])
    for _ in range(2):
        conversation.collect(conversation.stream())
    first, second = keeper.all()
    assert first.stages.connect > 0.19
    assert second.stages.connect < first.stages.connect, "its connection was kept"
    assert first.timing is not None
    assert first.timing.connect == first.stages.connect
    conversation.close()
    caller.close()
    server.close()


def test_lists_have_bytes_and_stages(settings: dict[str, Any], server: Server) -> None:
    body = b'{"data": [{"id": "m", "object": "model"}]}'
    server.say(stream([0.1, body[:9], 0.1, body[9:]]))
    keeper, metrics = Keeper(), ai.Metrics()
    with ai.Client(**settings, observe=[keeper, metrics]) as client:
        client.models("acme")
    stages = keeper.last.stages
    assert stages.received == len(body)
    assert stages.read > 0.09
    assert stages.connect > 0
    assert metrics.report().total.received == len(body)


def test_reading_many_events_is_parsing(settings: dict[str, Any], server: Server, keeper: Keeper) -> None:
    events = sse(*text_chunks(*["word "] * 20_000))
    server.say(stream([*events[:2], b"".join(events[2:])]))
    with ai.Client(**settings, observe=[keeper]) as client:
        client.complete("acme:m", "hi")
    assert keeper.last.stages.parse > 0.005


def test_tool_calls_are_counted(settings: dict[str, Any], server: Server) -> None:
    calls = [
        {"index": number, "id": f"c{number}", "function": {"name": "add", "arguments": "{}"}} for number in range(2)
    ]
    asked = chunk(usage=USAGE)
    asked["choices"] = [{"index": 0, "delta": {"tool_calls": calls}, "finish_reason": "tool_calls"}]
    server.say(stream(sse(asked)), WHOLE)
    with ai.Client(**settings) as client:
        events = list(client.stream("acme:m", "hi"))
        second = client.complete("acme:m", "hi")
    first = ai.fold(events)
    assert first.usage is not None
    assert second.usage is not None
    assert (first.usage.tool_calls, second.usage.tool_calls) == (2, 0)
    both = first.usage.plus(second.usage)
    assert (both.tool_calls, both.input_tokens) == (2, 14)
    assert first.usage.merge(ai.Usage(output_tokens=5)).tool_calls == 2


def test_the_run_of_a_tool_has_times() -> None:
    def wait() -> str:
        return "done"

    def refuse() -> str:
        raise ai.ToolError("no")

    call, bad = ai.ToolCall("1", "wait", {}), ai.ToolCall("1", "refuse", {})
    results = [
        ai.call_tool(call, [wait]),
        ai.call_tool(bad, [refuse]),
        asyncio.run(ai.acall_tool(call, [wait])),
        asyncio.run(ai.acall_tool(bad, [refuse])),
    ]
    for each in results:
        assert each.timing is not None
        assert each.timing.duration >= 0
        assert each.timing.started > 1.6e9
        assert type(each).from_json(each.to_json()).timing == each.timing
    assert ai.call_tool(ai.ToolCall("1", "unknown", {}), [wait]).timing is None, "nothing ran"
    assert results[0] == results[2] == ai.ToolResultPart("1", "done"), "a result is equal whenever its tool ran"
    assert len({part.timing for part in results} | {None}) == 1


def test_the_times_of_a_tool_are_never_sent(settings: dict[str, Any], server: Server) -> None:
    asked = ai.Message("assistant", (ai.ToolCallPart(ai.ToolCall("1", "wait", {})),))
    result = ai.ToolResultPart("1", "done", timing=ai.ToolTiming(1.0, 2.0, 1.0))
    with ai.Client(**settings) as client:
        client.complete("acme:m", [ai.Message("user", "hi"), asked, ai.Message("tool", (result,))])
    assert b"duration" not in server.sent[0].body
    assert b"timing" not in server.sent[0].body
