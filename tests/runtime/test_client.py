"""Clients over a real socket: what is sent, what comes back, and what goes wrong."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws, testing
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks

HELLO = stream(sse(*text_chunks("Hel", "lo", usage={"prompt_tokens": 3, "completion_tokens": 2})))


def test_stream_gives_lawful_events_and_the_reply(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    with client.stream("acme:m", "hi") as events:
        seen = list(events)
    laws.validate(seen)
    assert [event.text for event in seen if isinstance(event, ai.TextDelta)] == ["Hel", "lo"]
    reply = events.collect()
    assert (reply.text, reply.finish_reason, reply.provider, reply.model) == ("Hello", "stop", "acme", "real-model")
    assert reply.usage is not None
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cost) == (3, 2, None)
    assert reply.timing is not None
    assert reply.timing.first_event is not None
    assert reply.timing.total is not None
    assert 0 < reply.timing.first_event <= reply.timing.total


def test_complete_equals_the_stream(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    streamed = client.stream("acme:m", "hi").collect()
    completed = client.complete("acme:m", "hi")
    assert completed.parts == streamed.parts
    assert completed.usage == streamed.usage


def test_request_carries_key_options_and_history(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    history = [
        {"role": "user", "content": "hi"},
        ai.Message("assistant", (ai.TextPart("yes?"),)),
        {"role": "user", "content": "why?"},
    ]
    client.complete(
        "acme:org/m:1", history, system="be brief", temperature=0.5, max_tokens=7, stop="END", seed=3,
        extra_body={"x": [1]}, extra_headers={"X-Trace": "t"},
    )  # fmt: skip
    (sent,) = server.sent
    assert (sent.method, sent.path) == ("POST", "/chat/completions")
    assert sent.headers["authorization"] == "Bearer acme-secret-key"
    assert sent.headers["x-trace"] == "t"
    assert sent.json() == {
        "model": "org/m:1",
        "messages": [
            {"role": "system", "content": "be brief"},
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": "yes?"},
            {"role": "user", "content": "why?"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
        "max_tokens": 7,
        "seed": 3,
        "stop": ["END"],
        "x": [1],
    }


def test_tool_call_round_trip(server: Server, client: ai.Client) -> None:
    def add(a: int, b: int = 1) -> int:
        """Add two numbers."""
        return a + b

    call = {"index": 0, "id": "c1", "function": {"name": "add", "arguments": '{"a": 2}'}}
    chunks = [{"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "tool_calls"}]}]
    server.say(stream(sse(*chunks)), HELLO)
    reply = client.complete("acme:m", "2+1?", tools=[add], tool_choice="required")
    assert reply.tool_calls == (ai.ToolCall("c1", "add", {"a": 2}),)
    result = ai.Message("tool", (ai.ToolResultPart("c1", "3"),))
    client.complete("acme:m", [{"role": "user", "content": "2+1?"}, reply.message, result], tools=[add])
    schema = server.sent[0].json()["tools"][0]["function"]
    assert schema["name"] == "add"
    assert schema["description"] == "Add two numbers."
    assert schema["parameters"]["required"] == ["a"]
    assert schema["parameters"]["properties"] == {"a": {"type": "integer"}, "b": {"type": "integer", "default": 1}}
    assert server.sent[1].json()["messages"][1:] == [
        {
            "role": "assistant",
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a":2}'}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "3"},
    ]


def test_connection_is_reused(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    for _ in range(5):
        client.complete("acme:m", "hi")
    assert server.connections == 1


def test_nothing_is_sent_before_a_stream_is_entered(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    events = client.stream("acme:m", "hi")
    time.sleep(0.02)
    assert server.sent == []
    next(iter(events))
    assert len(server.sent) == 1
    events.close()


def test_text_and_try_next(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    events = client.stream("acme:m", "hi")
    assert events.try_next() is ai.EMPTY
    assert not ai.EMPTY
    assert list(events.text()) == ["Hel", "lo"]
    assert events.ended
    assert events.try_next() is ai.EMPTY


def test_output_is_parsed(server: Server, client: ai.Client) -> None:
    server.say(stream(sse(*text_chunks('{"n"', ": 1}"))))
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    assert client.complete("acme:m", "n?", output=schema).output == {"n": 1}
    sent = server.sent[0].json()["response_format"]["json_schema"]["schema"]
    assert sent == schema | {"additionalProperties": False, "required": ["n"]}


def test_works_inside_a_running_event_loop(server: Server, client: ai.Client) -> None:
    server.say(HELLO)

    async def notebook_cell() -> str:
        return client.complete("acme:m", "hi").text

    assert asyncio.run(notebook_cell()) == "Hello"


def test_async_client_outlives_its_event_loop(server: Server) -> None:
    server.say(HELLO)
    client = ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)])

    async def once() -> list[ai.Event]:
        async with client.stream("acme:m", "hi") as events:
            seen = [event async for event in events]
        texts = [text async for text in client.stream("acme:m", "hi").text()]
        assert texts == ["Hel", "lo"]
        assert (await client.model("acme:m").complete("hi")).text == "Hello"
        await client.close()
        return seen

    first, second = asyncio.run(once()), asyncio.run(once())
    laws.validate(first)
    assert first == second


def test_bound_model(server: Server, client: ai.Client) -> None:
    server.say(HELLO)
    model = client.model("acme:m")
    assert model.complete("hi").text == "Hello"
    assert model.stream("hi").collect().text == "Hello"
    with pytest.raises(ai.ConfigError, match="acmee.*Did you mean acme"):
        client.model("acmee:m")


def test_models_and_check(server: Server, client: ai.Client) -> None:
    server.say(reply(200, {"object": "list", "data": [{"id": "m-1", "object": "model"}, {"id": "m-2"}]}))
    assert [info.full_name for info in client.models("acme")] == ["acme:m-1", "acme:m-2"]
    result = client.check("acme")
    assert (result.ok, result.models, result.error) == (True, 2, None)
    server.say(reply(401, {"error": {"message": "no such key acme-secret-key"}}))
    result = client.check("acme")
    assert not result.ok
    assert isinstance(result.error, ai.AuthError)
    assert "acme-secret-key" not in str(result.error)


def test_async_models_and_check(server: Server) -> None:
    server.say(reply(200, {"data": [{"id": "m-1"}]}))

    async def main() -> None:
        async with ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)]) as client:
            assert [info.id for info in await client.models("acme")] == ["m-1"]
            assert (await client.check("acme")).ok
            assert [row.id for row in client.providers() if row.id == "acme" and row.ready]

    asyncio.run(main())


def test_a_server_that_does_not_stream_is_read_too(server: Server, client: ai.Client) -> None:
    message = {"role": "assistant", "content": "Hello"}
    server.say(reply(200, {"id": "x", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}))
    assert client.complete("acme:m", "hi").text == "Hello"


def test_leaving_early_drops_the_connection(server: Server, client: ai.Client) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    with client.stream("acme:m", "hi") as events:
        for event in events:
            if isinstance(event, ai.TextDelta):
                break
    assert server.dropped.wait(5)
    with pytest.raises(ai.Cancelled):
        next(events)


def test_close_from_another_thread_wakes_a_blocked_reader(server: Server, client: ai.Client) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    events = client.stream("acme:m", "hi")
    while not isinstance(next(events), ai.TextDelta):
        pass
    threading.Timer(0.1, events.close).start()
    began = time.monotonic()
    with pytest.raises(ai.Cancelled) as caught:
        events.collect()
    assert time.monotonic() - began < 10
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"
    assert server.dropped.wait(5)


def test_a_cancelled_task_drops_the_connection(server: Server) -> None:
    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))

    async def main() -> None:
        async with ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)]) as client:
            events = client.stream("acme:m", "hi")
            while not isinstance(await anext(events), ai.TextDelta):
                pass
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await events.collect()
            assert events.partial.text == "Hel"
            async with client.stream("acme:m", "hi") as second:
                asyncio.get_running_loop().call_later(0.1, lambda: asyncio.ensure_future(second.close()))
                with pytest.raises(ai.Cancelled):
                    await second.collect()

    asyncio.run(main())
    assert server.dropped.wait(5)


def test_a_body_that_lingers_after_its_end_does_not_hold_the_reply(server: Server, client: ai.Client) -> None:
    server.say(stream([*sse(*text_chunks("Hello")), 30.0]))
    began = time.monotonic()
    assert client.complete("acme:m", "hi").text == "Hello"
    assert time.monotonic() - began < 10
    assert server.dropped.wait(5)


def test_bad_arguments_send_nothing(server: Server, client: ai.Client) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"model": "m"}, "provider:model"),
        ({"model": "nope:m"}, "'nope' is not known"),
        ({"messages": []}, "messages is empty"),
        ({"messages": [{"role": "bot", "content": "x"}]}, r"messages\[0\].role is 'bot'; allowed: system"),
        ({"messages": [{"role": "user"}]}, r"messages\[0\].content is empty"),
        ({"messages": [{"role": "user", "content": [{"type": "video"}]}]}, r"content\[0\].*'video'"),
        ({"messages": 3}, "messages is of type int"),
        ({"temperature": 3}, "temperature is 3; allowed: a number from 0 to 2"),
        ({"temperature": True}, "temperature is of type bool"),
        ({"max_tokens": 0}, "max_tokens is 0"),
        ({"max_tokens": 1.5}, "max_tokens is of type float"),
        ({"top_k": 3}, "top_k is not supported by acme"),
        ({"stop": [""]}, "stop is empty"),
        ({"temprature": 1}, "'temprature' is not known for acme.*temperature"),
        ({"tool_choice": "auto"}, "tools is empty"),
        ({"tool_choice": "x", "tools": [len_of]}, "tool_choice is 'x'; allowed: auto, none, required, len_of"),
        ({"reasoning": "huge"}, "reasoning is 'huge'"),
        ({"output": 3}, "output is of type int"),
        ({"extra_body": 3}, "extra_body is of type int"),
    ]
    for changes, message in cases:
        arguments: dict[str, Any] = {"model": "acme:m", "messages": "hi", **changes}
        with pytest.raises(ai.ConfigError, match=message):
            client.stream(**arguments)
    assert server.sent == []


def len_of(text: str) -> int:
    return len(text)


def test_client_arguments_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, message in [
        ({"retries": -1}, "retries is -1"),
        ({"timeout": 0}, "timeout is 0"),
        ({"keys": {"nope": "k"}}, "'nope' is not known"),
        ({"manifests": ["/no/such.toml"]}, "no/such.toml"),
    ]:
        with pytest.raises(ai.ConfigError, match=message):
            ai.Client(**arguments)  # type: ignore[arg-type]  # wrong on purpose
    manifest = manifest_for("http://127.0.0.1:9")
    monkeypatch.delenv("ACME_API_KEY", raising=False)
    with pytest.raises(ai.ConfigError, match="acme: no key. Set ACME_API_KEY"):
        ai.Client(manifests=[manifest]).stream("acme:m", "hi")
    with pytest.raises(ai.ConfigError) as caught:
        ai.Client(manifests=[manifest], keys={"acme": "two words"}).stream("acme:m", "hi")
    assert "two words" not in str(caught.value)
    with pytest.raises(ai.ConfigError, match="base URL 'ftp://x'"):
        ai.Client(manifests=[manifest], keys={"acme": "k"}, base_urls={"acme": "ftp://x"}).stream("acme:m", "hi")


def test_key_and_address_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say(HELLO)
    monkeypatch.setenv("ACME_API_KEY", " from-env\n")
    monkeypatch.setenv("ACME_BASE_URL", server.url + "/v2/")
    manifest = manifest_for("http://127.0.0.1:9", base_url_env=("ACME_BASE_URL",))
    with ai.Client(manifests=[manifest], headers={"X-App": "test"}) as client:
        assert client.complete("acme:m", "hi").text == "Hello"
    assert server.sent[0].path == "/v2/chat/completions"
    assert server.sent[0].headers["authorization"] == "Bearer from-env"
    assert server.sent[0].headers["x-app"] == "test"


def test_an_unknown_model_is_passed_on_with_a_warning(server: Server) -> None:
    server.say(HELLO)
    with ai.Client(keys={"openai": "k"}, base_urls={"openai": server.url}) as client:
        reply = client.complete("openai:gpt-4oo", "hi")
        known = client.complete("openai:gpt-4o", "hi")  # it may be about to retire, which warns too
    assert reply.text == "Hello"
    assert "gpt-4oo' of openai is not in the registry. Did you mean gpt-4o " in reply.warnings[0]
    assert not any("not in the registry" in warning for warning in known.warnings)
    assert server.sent[0].json()["model"] == "gpt-4oo"


def test_no_secret_and_no_prompt_in_reprs_and_errors(server: Server, client: ai.Client) -> None:
    server.say(reply(401, {"error": {"message": "Incorrect API key: acme-secret-key. Bearer acme-secret-key"}}))
    events = client.stream("acme:m", "my private prompt", system="my private system")
    with pytest.raises(ai.AuthError) as caught:
        list(events)
    message = ai.Message("user", (ai.TextPart("my private prompt"),))
    tool = ai.Tool("t", "my private tool")
    for text in (repr(client), repr(events), repr(caught.value), str(caught.value), repr(message), repr(tool)):
        assert "private" not in text
        assert "acme-secret-key" not in text
    assert caught.value.__cause__ is None


class Closing(testing.FakeTransport):
    closed = 0

    def close(self) -> None:
        self.closed += 1


class AsyncClosing(testing.AsyncFakeTransport):
    closed = 0

    async def close(self) -> None:
        self.closed += 1


def test_a_client_closes_the_transport_that_it_was_given() -> None:
    def answer(request: HttpRequest) -> testing.FakeResponse:
        return testing.FakeResponse(sse(*text_chunks("Hello")))

    own = Closing(answer)
    with ai.Client(keys={"openai": "a-key-for-tests"}, transport=own) as client:
        assert client.complete("openai:a-new-one", "hi").text == "Hello"
    looped = AsyncClosing(answer)

    async def main() -> None:
        async with ai.AsyncClient(keys={"openai": "a-key-for-tests"}, transport=looped) as client:
            assert (await client.complete("openai:a-new-one", "hi")).text == "Hello"

    asyncio.run(main())
    assert (own.closed, looped.closed) == (1, 1)
