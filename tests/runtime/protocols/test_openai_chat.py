"""Chat completions as their many speakers send them, and bytes that nobody should send."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.content.message_input import Messages
from fluent_ai.manifest.schema import Auth, Manifest, Quirks, Route
from fluent_ai.protocols import build_request, decode_error, stream_parser
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.protocols.chat.openai_chat_parser import OpenAIChatParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.base import Target
from fluent_ai.verbs.chat_options import build_chat_request
from hypothesis import given
from hypothesis import strategies as st
from own_ids import own_id


def read(*payloads: Any, done: bool = True) -> tuple[list[ai.Event], ai.Reply]:
    parser = OpenAIChatParser("acme")
    events: list[ai.Event] = []
    for payload in payloads:
        events += parser.feed(f"data: {json.dumps(payload)}\n\n".encode())
    if done:
        events += parser.feed(b"data: [DONE]\n\n")
    events += parser.finish()
    laws.validate(events)
    reply = ai.fold(events)
    assert parser.partial == reply
    return events, reply


def delta(finish: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": finish}]}


def call(index: int | None = None, id: str | None = None, name: str | None = None, arguments: Any = None) -> Any:
    return {"index": index, "id": id, "function": {"name": name, "arguments": arguments}}


@pytest.mark.parametrize(
    ("deltas", "calls"),
    [
        ([[call(0, "a", "f", "")], [call(0, None, None, '{"x"')], [call(0, "", "", ":1}")]], [("a", "f", {"x": 1})]),
        ([[call(0, "a", "f", "{}"), call(1, "b", "g", "{}")]], [("a", "f", {}), ("b", "g", {})]),
        ([[call(0, "a", "f", "{")], [call(1, "b", "g", "{")], [call(0, None, None, "}")], [call(1, arguments="}")]],
         [("a", "f", {}), ("b", "g", {})]),
        ([[call(None, "a", "f", "{}")], [call(None, "b", "g", "{}")]], [("a", "f", {}), ("b", "g", {})]),
        ([[call(0, "a", "f", "{}")], [call(0, "b", "g", "{}")]], [("a", "f", {}), ("b", "g", {})]),
        ([[call(None, None, "f", '{"x":')], [call(None, None, None, "1}")]], [(own_id(0), "f", {"x": 1})]),
        ([[call(0, "a", "f", "{")], [call(0, "a", "f", "}")]], [("a", "f", {})]),
        ([[call(3, "a", "f", {"x": 1})]], [("a", "f", {"x": 1})]),
        ([[call(0, "a", "f")]], [("a", "f", {})]),
    ],
)  # fmt: skip
def test_tool_calls_in_all_their_spellings(deltas: list[Any], calls: list[Any]) -> None:
    chunks = [delta(tool_calls=calls_) for calls_ in deltas]
    _, reply = read(*chunks, delta("tool_calls"))
    assert [(made.id, made.name, made.arguments) for made in reply.tool_calls] == calls
    assert all(made.valid for made in reply.tool_calls)


@pytest.mark.parametrize("arguments", ['{"x": ', "[1]", "nonsense", '{"x": NaN}', "[" * 5000, '{"a": "\\ud800"}x'])
def test_arguments_that_are_no_object_stay_text(arguments: str) -> None:
    _, reply = read(delta("tool_calls", tool_calls=[call(0, "a", "f", arguments)]))
    assert reply.tool_calls == (ai.ToolCall("a", "f", arguments, valid=False),)


def test_a_stop_with_calls_is_a_tool_call_finish() -> None:
    _, reply = read(delta("stop", tool_calls=[call(0, "a", "f", "{}")]))
    assert (reply.finish_reason, reply.raw_reason) == ("tool_calls", "stop")


@pytest.mark.parametrize(
    "fields",
    [
        {"reasoning": "hm"},
        {"reasoning_content": "hm"},
        {"content": [{"type": "thinking", "thinking": [{"text": "hm"}]}]},
        {"reasoning_details": [{"type": "reasoning.text", "text": "hm"}, 3]},
        {"reasoning_details": [{"type": "reasoning.summary", "summary": "hm"}]},
        {"reasoning": "hm", "reasoning_details": [{"type": "reasoning.text", "text": "hm"}]},
    ],
)
def test_reasoning_and_text_are_parts_of_their_own(fields: Any) -> None:
    events, reply = read(delta(**fields), delta(content="yes"), delta("stop"))
    assert (reply.reasoning, reply.text) == ("hm", "yes")
    assert [type(event).__name__ for event in events if event.type.endswith(("_start", "_end"))] == [
        "StreamStart", "ReasoningStart", "ReasoningEnd", "TextStart", "TextEnd",
    ]  # fmt: skip


def test_reasoning_details_hold_what_proves_or_hides_the_reasoning() -> None:
    _, reply = read(
        delta(reasoning="hm", reasoning_details=[{"type": "reasoning.text", "text": "hm"}]),
        delta(reasoning_details=[{"type": "reasoning.text", "text": "", "signature": "S"}]),
        delta(content="yes", reasoning_details=[]),
        delta("stop", reasoning_details=[{"type": "reasoning.encrypted", "data": "E", "signature": 3}]),
    )
    assert reply.parts == (
        ai.ReasoningPart("hm", "S", provider="acme", raw={"type": "reasoning.text"}),
        ai.TextPart("yes"),
        ai.ReasoningPart("", None, "E", provider="acme", raw={"type": "reasoning.encrypted"}),
    )


def test_usage_may_come_in_pieces_and_twice() -> None:
    usage = {"prompt_tokens": 5, "completion_tokens": 1}
    more = {
        "completion_tokens": 2.0, "cost": 0.5, "prompt_tokens_details": {"cached_tokens": 4},
        "completion_tokens_details": {"reasoning_tokens": 1},
    }  # fmt: skip
    events, reply = read(delta(content="x") | {"usage": usage}, delta("stop") | {"usage": usage}, {"usage": more})
    assert reply.usage is not None
    assert reply.usage.raw == {**usage, **more}
    known = (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.reasoning_tokens)
    assert known == (5, 2, 1)
    assert (reply.usage.cached_input_tokens, reply.usage.cost) == (4, 0.5)
    assert sum(isinstance(event, ai.UsageUpdate) for event in events) == 2


def test_groq_keeps_usage_in_its_own_field() -> None:
    _, reply = read(delta("stop", content="x") | {"x_groq": {"usage": {"prompt_tokens": 1}}})
    assert reply.usage is not None
    assert reply.usage.input_tokens == 1


def test_logprobs_and_refusal_and_other_choices() -> None:
    row = {"token": "x", "logprob": -0.1, "top_logprobs": [{"token": "y", "logprob": -2.0}]}
    chunk = {"choices": [{"index": 0, "delta": {"content": "x"}, "logprobs": {"content": [row]}}]}
    other = {"choices": [{"index": 1, "delta": {"content": "no"}, "finish_reason": "length"}]}
    events, reply = read(chunk, other, delta("stop", refusal="I will not"))
    (first, *_) = [event for event in events if isinstance(event, ai.TextDelta)]
    assert first.logprobs == (ai.TokenLogprob("x", -0.1, (("y", -2.0),)),)
    assert (reply.text, reply.finish_reason) == ("xI will not", "refusal")


def test_comments_are_pings() -> None:
    parser = OpenAIChatParser("acme")
    assert parser.feed(b": OPENROUTER PROCESSING\n\n") == [ai.Ping()]


def test_a_finish_reason_ends_a_stream_without_done() -> None:
    _, reply = read(delta("length", content="x"), done=False)
    assert reply.finish_reason == "length"
    assert read(delta("strange"))[1].finish_reason == "other"
    assert read(delta(content="x"))[1].finish_reason is None


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b'data: {"error": {"message": "no credit", "code": 402}}\n\n', ai.QuotaExceeded, "no credit"),
        (b'data: {"error": "broken"}\n\n', ai.ApiError, "broken"),
        (b'data: {"message": "rate limit reached"}\n\n', ai.RateLimited, "rate limit"),
        (b'data: {"x_groq": {"error": "over capacity"}}\n\n', ai.ApiError, "over capacity"),
        (b'{"error": {"message": "no", "type": "server_error"}}', ai.ServerError, "no"),
        (b"data: {\n\n", ai.ProtocolError, "not valid JSON"),
        (b'data: {"choices": 3}\n\n', ai.ProtocolError, r"\$.choices"),
        (b'data: {"usage": ' + b"[" * 100_000 + b"\n\n", ai.ProtocolError, "chat completion: not valid JSON"),
        (b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n', ai.ProtocolError, "chat completion"),
        (b"", ai.StreamTruncated, "the answer is empty"),
        (b"<html>", ai.ProtocolError, "an HTML page"),
        (b"upstream connect error", ai.ApiError, "upstream connect error"),
    ],
)
def test_failures_are_typed(body: bytes, kind: type[ai.FluentError], message: str) -> None:
    parser = OpenAIChatParser("acme")
    parser.feed(body)
    with pytest.raises(kind, match=message) as caught:
        parser.finish()
    assert caught.value.provider == "acme"
    assert caught.value.partial is not None
    assert parser.feed(b"data: {}\n\n") == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["choices", "delta", "content", "index", "tool_calls", "function", "name", "arguments", "id",
                         "usage", "error", "message", "finish_reason", "x_groq", "reasoning", "reasoning_details",
                         "text", "signature", "data", "logprobs"]),
        inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(JSON, max_size=4))
def test_any_json_gives_lawful_events_or_a_typed_error(payloads: list[Any]) -> None:
    fuzz(b"".join(f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads))


@given(st.binary(max_size=200))
def test_any_bytes_give_lawful_events_or_a_typed_error(data: bytes) -> None:
    fuzz(data)
    fuzz(b"data: " + data + b"\n\n")


def fuzz(data: bytes) -> None:
    parser = OpenAIChatParser("acme")
    events = parser.feed(data)
    try:
        events += parser.finish()
    except ai.FluentError:
        laws.validate(events, complete=False)
    else:
        laws.validate(events)
    assert ai.fold(events).text == parser.partial.text


def body_of(quirks: Quirks | None = None, messages: Messages = "hi", **fields: Any) -> dict[str, Any]:
    manifest = Manifest(id="acme", name="Acme", docs="", auth=Auth(scheme="none"), quirks=quirks or Quirks())
    request = build_chat_request(Target(manifest, Route(protocol="openai_chat"), "m"), messages, fields)
    exchange = OpenAIChat(Endpoint(manifest, "http://x/chat", {})).prepare(request)
    body: dict[str, Any] = json.loads(exchange.request.body)
    return body


def test_quirks_change_the_request() -> None:
    quirks = Quirks(
        max_tokens_field="max_completion_tokens", stream_usage=False, reasoning_field="reasoning", top_k=True,
        seed_field="random_seed",
    )  # fmt: skip
    body = body_of(quirks, max_tokens=5, reasoning="high", top_k=3, seed=1, logprobs=2)
    assert body == {
        "model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": True, "max_completion_tokens": 5,
        "reasoning": {"effort": "high"}, "top_k": 3, "random_seed": 1, "logprobs": True, "top_logprobs": 2,
    }  # fmt: skip
    assert body_of(reasoning="low")["reasoning_effort"] == "low"
    with pytest.raises(ai.ConfigError, match="reasoning is not supported by acme"):
        body_of(Quirks(reasoning_field="none"), reasoning="low")
    choice = body_of(tools=[ai.Tool("f")], tool_choice="f")["tool_choice"]
    assert choice == {"type": "function", "function": {"name": "f"}}


def test_files_travel_as_data_urls(tmp_path: Any) -> None:
    image = tmp_path / "x.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n1234")
    message = ai.Message(
        "user",
        (
            ai.TextPart("see"),
            ai.ImagePart(path=str(image)),
            ai.ImagePart(url="https://x/y.jpg"),
            ai.AudioPart(data=b"RIFF1234WAVE"),
            ai.DocumentPart(data=b"%PDF-1.7", name="a.pdf"),
        ),
    )
    content = body_of(messages=[message])["messages"][0]["content"]
    assert content[1]["image_url"]["url"].startswith("data:image/png;base64,")
    assert content[2]["image_url"]["url"] == "https://x/y.jpg"
    assert content[3]["input_audio"]["format"] == "wav"
    assert content[4]["file"]["filename"] == "a.pdf"
    assert content[4]["file"]["file_data"].startswith("data:application/pdf;base64,")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (ai.ImagePart(path="/no/such.png"), "'/no/such.png' of ImagePart"),
        (ai.ImagePart(data=b"???"), "media_type of ImagePart"),
        (ai.AudioPart(url="https://x/y.wav"), "AudioPart holds a URL"),
        (ai.DocumentPart(url="https://x/y.pdf"), "DocumentPart holds a URL"),
        (ai.AudioPart(data=b"x", media_type="audio/midi"), "audio/midi"),
    ],
)
def test_files_that_cannot_travel_are_refused(part: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        body_of(messages=[ai.Message("user", (part,))])


def test_reasoning_of_a_reply_is_not_sent_back() -> None:
    history = ai.Reply(parts=(ai.ReasoningPart("secret"), ai.TextPart("ok"))).message
    assert body_of(messages=[history])["messages"] == [{"role": "assistant", "content": "ok"}]


def test_public_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key")
    request = build_request("openai", "gpt-4o", "hi", max_tokens=3)
    assert request.method == "POST"
    assert json.loads(request.body)["max_completion_tokens"] == 3
    assert "sk-secret-key" not in repr(request)
    assert isinstance(stream_parser("groq"), OpenAIChatParser)
    assert isinstance(stream_parser("openai", protocol="openai_chat"), OpenAIChatParser)
    with pytest.raises(ai.ConfigError, match="'nope' is not implemented"):
        stream_parser("openai", protocol="nope")
    error = decode_error("openai", 429, {"Retry-After-Ms": "1500"}, b"{}")
    assert isinstance(error, ai.RateLimited)
    assert error.retry_after == 1.5
    with pytest.raises(ai.ConfigError, match="runs in this process"):
        build_request("local", "smollm2-135m", "hi")
