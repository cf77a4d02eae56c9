"""Amazon Bedrock Converse: what is sent, what comes back, and bytes that nobody should send."""

from __future__ import annotations

import base64
import json
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event, message
from fluent_ai.protocols import build_request, decode_error
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.chat.bedrock_converse_parser import BedrockConverseParser
from fluent_ai.protocols.chat.history.claude import BUDGETS, DEFAULT_MAX_TOKENS
from hypothesis import given
from hypothesis import strategies as st
from protocol_checks import body_of, fail, payloads, read, survive

CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
START = ("messageStart", {"role": "assistant"})


def frames(*events: tuple[str, Any]) -> bytes:
    return b"".join(event(kind, json.dumps(payload).encode()) for kind, payload in events)


def delta(index: int, **found: Any) -> tuple[str, Any]:
    return "contentBlockDelta", {"contentBlockIndex": index, "delta": found, "p": "padding"}


def begin(index: int, **found: Any) -> tuple[str, Any]:
    return "contentBlockStart", {"contentBlockIndex": index, "start": found}


def stop(index: int) -> tuple[str, Any]:
    return "contentBlockStop", {"contentBlockIndex": index}


def end(reason: str, **usage: int) -> list[tuple[str, Any]]:
    return [("messageStop", {"stopReason": reason}), ("metadata", {"usage": usage, "metrics": {"latencyMs": 1}})]


def stream(*events: tuple[str, Any]) -> tuple[list[ai.Event], ai.Reply]:
    return read(BedrockConverseParser("acme", (), "m"), frames(*events))


def test_text_and_usage_that_comes_last() -> None:
    usage = {"inputTokens": 3, "outputTokens": 2, "cacheReadInputTokens": 1, "cacheWriteInputTokens": 4}
    _, reply = stream(
        START, delta(0, text="Hel"), delta(0, text="lo"), stop(0), delta(1, text="!"), *end("end_turn", **usage)
    )
    assert reply.parts == (ai.TextPart("Hello"), ai.TextPart("!"))
    assert (reply.model, reply.finish_reason, reply.raw_reason) == ("m", "stop", "end_turn")
    assert reply.usage == ai.Usage(
        input_tokens=3, output_tokens=2, cached_input_tokens=1, cache_write_tokens=4, raw=usage
    )


def test_calls_side_by_side_and_tools_that_the_host_runs() -> None:
    def call(index: int, **more: str) -> tuple[str, Any]:
        return begin(index, toolUse={"toolUseId": f"t{index}", "name": f"f{index}", **more})

    def arguments(index: int, text: str) -> tuple[str, Any]:
        return delta(index, toolUse={"input": text})

    _, reply = stream(
        START, call(0), call(1), arguments(0, '{"x"'), arguments(1, "{nonsense"), arguments(0, ": 1}"), stop(0),
        stop(1), call(2, type="server_tool_use"), arguments(2, "{}"), stop(2), begin(3, toolResult={"toolUseId": "t2"}),
        delta(3, toolResult=[{"text": "out"}]), stop(3), call(4), *end("tool_use"),
    )  # fmt: skip
    assert [(call.id, call.name, call.arguments, call.valid) for call in reply.tool_calls] == [
        ("t0", "f0", {"x": 1}, True), ("t1", "f1", "{nonsense", False), ("t4", "f4", {}, True),
    ]  # fmt: skip
    assert reply.finish_reason == "tool_calls"


def test_reasoning_keeps_its_signature_and_its_redacted_form() -> None:
    half = [base64.b64encode(piece).decode() for piece in (b"sea", b"led.")]
    _, reply = stream(
        START, delta(0, reasoningContent={"text": "hm"}), delta(0, reasoningContent={"signature": "si"}),
        delta(0, reasoningContent={"signature": "gn"}), stop(0),
        delta(1, reasoningContent={"redactedContent": half[0]}),
        delta(1, reasoningContent={"redactedContent": half[1]}), stop(1), *end("end_turn"),
    )  # fmt: skip
    assert reply.parts == (
        ai.ReasoningPart("hm", "sign", None, "acme", "m"),
        ai.ReasoningPart("", None, base64.b64encode(b"sealed.").decode(), "acme", "m"),
    )


def test_citations_and_images() -> None:
    png = base64.b64encode(b"png").decode()
    source = {"title": "T", "sourceContent": [{"text": "a"}, {"text": "b"}], "location": {"web": {"url": "https://x"}}}
    events, reply = stream(
        START, delta(0, citation=source), delta(0, text="so"), delta(0, citation={"source": "shelf"}), stop(0),
        begin(1, image={"format": "jpeg"}), delta(1, image={"source": {"bytes": png}}), stop(1), *end("end_turn"),
    )  # fmt: skip
    assert [found for found in events if isinstance(found, ai.Citation)] == [
        ai.Citation(part=0, url="https://x", title="T", quote="ab"),
        ai.Citation(part=0, url="shelf"),
    ]
    assert reply.parts == (ai.TextPart("so"), ai.Media("image/jpeg", b"png"))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("stop_sequence", "stop"), ("max_tokens", "length"), ("guardrail_intervened", "content_filter"),
        ("content_filtered", "content_filter"), ("model_context_window_exceeded", "length"),
        ("malformed_tool_use", "error"), ("brand_new", "other"),
    ],
)  # fmt: skip
def test_stop_reasons(raw: str, reason: str) -> None:
    assert stream(START, *end(raw))[1].finish_reason == reason
    assert stream(START, end(raw)[0])[1].finish_reason == reason


def test_a_whole_answer_reads_as_its_stream_would() -> None:
    cited = {"content": [{"text": "cited"}], "citations": [{"title": "T"}]}
    content = [
        {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "sign"}}},
        {"reasoningContent": {"redactedContent": "c2VhbGVk"}}, {"text": "I look."}, {"citationsContent": cited},
        {"toolUse": {"toolUseId": "t", "name": "f", "input": {"x": 1}}},
        {"image": {"format": "png", "source": {"bytes": "cG5n"}}},
    ]  # fmt: skip
    answer = {"output": {"message": {"content": content}}, "stopReason": "tool_use", "usage": {"outputTokens": 4}}
    events, reply = read(BedrockConverseParser("acme", (), "m"), json.dumps(answer).encode())
    assert reply.parts == (
        ai.ReasoningPart("hm", "sign", None, "acme", "m"), ai.ReasoningPart("", None, "c2VhbGVk", "acme", "m"),
        ai.TextPart("I look."), ai.TextPart("cited"), ai.ToolCallPart(ai.ToolCall("t", "f", {"x": 1})),
        ai.Media("image/png", b"png"),
    )  # fmt: skip
    assert ai.Citation(part=3, title="T") in events
    assert (reply.usage and reply.usage.output_tokens, reply.finish_reason) == (4, "tool_calls")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("throttlingException", ai.RateLimited), ("serviceUnavailableException", ai.Overloaded),
        ("internalServerException", ai.ServerError), ("validationException", ai.InvalidRequest),
        ("modelStreamErrorException", ai.ApiError), ("brandNewException", ai.ApiError),
    ],
)  # fmt: skip
def test_an_exception_amid_the_stream_ends_it_after_what_came_before(kind: str, error: type[ai.FluentError]) -> None:
    failed = message({":message-type": "exception", ":exception-type": kind}, b'{"message": "so it is"}')
    body = frames(START, delta(0, text="x")) + failed + frames(delta(0, text="y"))
    events, raised = fail(BedrockConverseParser("acme"), body)
    assert type(raised) is error
    assert ("so it is" in str(raised), raised.code) == (True, kind)
    assert [found.text for found in events if isinstance(found, ai.TextDelta)] == ["x"]


def test_an_error_may_stand_in_the_headers_alone_or_in_json() -> None:
    body = message({":message-type": "error", ":error-code": "internal", ":error-message": "it broke"}, b"")
    assert "it broke" in str(fail(BedrockConverseParser("acme"), body)[1])
    assert "no such model" in str(fail(BedrockConverseParser("acme"), b'{"message": "no such model"}')[1])


@pytest.mark.parametrize(
    ("status", "kind", "reason", "error"),
    [
        (403, "UnrecognizedClientException", "The security token is invalid.", ai.AuthError),
        (403, "AccessDeniedException", "No access.", ai.PermissionDenied),
        (429, "ThrottlingException", "Too many tokens, please wait.", ai.ApiError),
        (400, "ServiceQuotaExceededException", "Beyond the quota.", ai.QuotaExceeded),
        (400, "ValidationException", "Input is too long for requested model.", ai.ContextTooLong),
    ],
)
def test_the_type_of_an_error_stands_in_a_header(status: int, kind: str, reason: str, error: Any) -> None:
    headers = {"x-amzn-ErrorType": f"{kind}:http://internal.amazon.com/", "x-amzn-RequestId": "r"}
    found = decode_error("bedrock", status, headers, json.dumps({"message": reason}).encode())
    assert isinstance(found, error)
    assert (found.code, found.request_id) == (kind, "r")


def test_damage_and_a_cut_keep_what_came_before() -> None:
    body = frames(START, delta(0, text="x"), delta(0, text="y"))
    events, error = fail(BedrockConverseParser("acme"), body[:-3])
    assert isinstance(error, ai.StreamTruncated)
    again, damage = fail(BedrockConverseParser("acme"), body[:-3] + b"???")
    assert isinstance(damage, ai.ProtocolError)
    assert "checksum" in str(damage)
    assert again == events
    assert error.partial is not None
    assert error.partial.text == "x"


KINDS = (
    "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "aurora",
)  # fmt: skip
KEYS = (
    "type", "contentBlockIndex", "delta", "start", "stopReason", "usage", "text", "toolUse", "reasoningContent",
    "citation", "image", "source", "bytes", "input", "redactedContent", "output", "message", "content",
)  # fmt: skip


@given(payloads(KINDS, KEYS), st.data())
def test_any_events_give_lawful_events_or_a_typed_error(found: list[Any], data: st.DataObject) -> None:
    survive(BedrockConverseParser, frames(*((data.draw(st.sampled_from(KINDS)), payload) for payload in found)))
    survive(BedrockConverseParser, json.dumps(found[0] if found else None).encode())


@given(st.binary(max_size=100))
def test_any_bytes_give_lawful_events_or_a_typed_error(data: bytes) -> None:
    survive(BedrockConverseParser, data)
    survive(BedrockConverseParser, event("contentBlockDelta", data))
    survive(BedrockConverseParser, message({":message-type": "exception"}, data))


def test_hostile_json() -> None:
    for payload in (
        b"[" * 50_000, b"{" * 50_000, b'{"delta": {"text": "\xff"}}', b'{"delta": {"text": "\\ud800"}}',
        b'{"delta": {"image": {"source": {"bytes": "?"}}}}',
        b'{"delta": {"reasoningContent": {"redactedContent": "?"}}}',
        b'{"usage": {"inputTokens": 1e400}}',
    ):  # fmt: skip
        survive(BedrockConverseParser, event("contentBlockDelta", payload))
        survive(BedrockConverseParser, payload)


def body(messages: Any = "hi", model: str = CLAUDE, **fields: Any) -> dict[str, Any]:
    return body_of(BedrockConverse, messages, model=model, **fields)


def test_options_go_by_their_names_in_this_protocol() -> None:
    empty = {"type": "object", "properties": {}}
    schema = {**empty, "required": [], "additionalProperties": False}
    assert body(
        system="Be brief.", temperature=0.5, top_p=0.9, top_k=3, max_tokens=100, stop=["x"], output=schema,
        tools=[ai.Tool("f", "Does f.", schema), ai.Tool("g")], tool_choice="f",
        options={"additionalModelRequestFields": {"y": 1}, "performanceConfig": {"latency": "optimized"}},
    ) == {
        "messages": [{"role": "user", "content": [{"text": "hi"}]}], "system": [{"text": "Be brief."}],
        "inferenceConfig": {"maxTokens": 100, "temperature": 0.5, "topP": 0.9, "stopSequences": ["x"]},
        "toolConfig": {
            "tools": [
                {"toolSpec": {"name": "f", "description": "Does f.", "inputSchema": {"json": schema}}},
                {"toolSpec": {"name": "g", "inputSchema": {"json": empty}}},
            ],
            "toolChoice": {"tool": {"name": "f"}},
        },
        "outputConfig": {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": {
            "name": "output", "schema": json.dumps(schema, separators=(",", ":"))}}}},
        "additionalModelRequestFields": {"top_k": 3, "y": 1}, "performanceConfig": {"latency": "optimized"},
    }  # fmt: skip
    assert body() == {"messages": [{"role": "user", "content": [{"text": "hi"}]}]}
    for choice, wire in (("auto", "auto"), ("required", "any")):
        assert body(tools=[ai.Tool("f")], tool_choice=choice)["toolConfig"]["toolChoice"] == {wire: {}}
    assert "toolChoice" not in body(tools=[ai.Tool("f")])["toolConfig"]


def test_reasoning_of_claude() -> None:
    made = body(reasoning="low")
    assert made["additionalModelRequestFields"]["thinking"] == {"type": "enabled", "budget_tokens": BUDGETS["low"]}
    assert made["inferenceConfig"]["maxTokens"] == DEFAULT_MAX_TOKENS + BUDGETS["low"]
    later = body(model="global.anthropic.claude-opus-4-7-v1", reasoning="max")["additionalModelRequestFields"]
    assert later == {
        "thinking": {"type": "adaptive", "display": "summarized"},
        "output_config": {"effort": "max"},
    }


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"seed": 1}, "seed is not supported by acme"), ({"logprobs": 0}, "logprobs is not supported by acme"),
        ({"temperature": 1.5}, "temperature is 1.5; allowed for acme: a number from 0 to 1"),
        ({"tools": [ai.Tool("f")], "tool_choice": "none"}, "tool_choice is 'none'"),
        ({"model": "amazon.nova-pro-v1:0", "top_k": 3}, "top_k is not supported by acme for models other than Claude"),
        ({"model": "amazon.nova-pro-v1:0", "reasoning": "low"}, "reasoning is not supported"),
    ],
)  # fmt: skip
def test_what_the_protocol_lacks_is_refused(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ai.ConfigError, match=reason):
        body(**options)


def test_a_conversation_becomes_turns_that_alternate() -> None:
    png, wav, pdf = b"\x89PNG\r\n\x1a\n", b"RIFF1234WAVE", b"%PDF-1"
    messages = [
        ai.Message("user", (
            ai.TextPart("see"), ai.ImagePart(data=png), ai.AudioPart(data=wav),
            ai.DocumentPart(data=pdf, name="a_b.  c.pdf"), ai.DocumentPart(data=pdf), ai.DocumentPart(data=pdf),
            ai.DocumentPart(url="s3://bucket/d.md", media_type="text/markdown"),
        )),
        ai.Message("assistant", (
            ai.ToolCallPart(ai.ToolCall("c:1", "f", {"x": 1})),
            ai.ToolCallPart(ai.ToolCall("d", "f", "{", valid=False)),
        )),
        ai.Message("tool", (ai.ToolResultPart("c:1", "42"), ai.ToolResultPart("d", "", is_error=True))),
        ai.Message("user", (ai.TextPart("and?"),)),
    ]  # fmt: skip
    encoded = {name: base64.b64encode(data).decode() for name, data in (("png", png), ("wav", wav), ("pdf", pdf))}
    assert body(messages)["messages"] == [
        {"role": "user", "content": [
            {"text": "see"},
            {"image": {"format": "png", "source": {"bytes": encoded["png"]}}},
            {"audio": {"format": "wav", "source": {"bytes": encoded["wav"]}}},
            {"document": {"format": "pdf", "source": {"bytes": encoded["pdf"]}, "name": "a b c pdf"}},
            {"document": {"format": "pdf", "source": {"bytes": encoded["pdf"]}, "name": "document"}},
            {"document": {"format": "pdf", "source": {"bytes": encoded["pdf"]}, "name": "document 2"}},
            {"document": {
                "format": "md", "source": {"s3Location": {"uri": "s3://bucket/d.md"}}, "name": "document 3"}},
        ]},
        {"role": "assistant", "content": [
            {"toolUse": {"toolUseId": "c:1", "name": "f", "input": {"x": 1}}},
            {"toolUse": {"toolUseId": "d", "name": "f", "input": {"INVALID_JSON": "{"}}},
        ]},
        {"role": "user", "content": [
            {"toolResult": {"toolUseId": "c:1", "content": [{"text": "42"}]}},
            {"toolResult": {"toolUseId": "d", "content": [{"text": "error without a message"}], "status": "error"}},
            {"text": "and?"},
        ]},
    ]  # fmt: skip


def test_reasoning_goes_back_only_to_the_provider_and_family_that_made_it() -> None:
    def sent(part: ai.ReasoningPart, model: str = CLAUDE) -> list[Any]:
        made = body([ai.Message("user", (ai.TextPart("q"),)), ai.Message("assistant", (part, ai.TextPart("a")))], model)
        content: list[Any] = made["messages"][1]["content"]
        return content[:-1]

    own = {"provider": "acme", "model": "us.anthropic.claude-opus-4-1-20250805-v1:0"}
    signed = ai.ReasoningPart("hm", "sign", **own)
    assert sent(signed) == [{"reasoningContent": {"reasoningText": {"text": "hm", "signature": "sign"}}}]
    assert sent(ai.ReasoningPart("", redacted="c2Vh", **own)) == [{"reasoningContent": {"redactedContent": "c2Vh"}}]
    assert sent(ai.ReasoningPart("no seal", **own)) == []
    for stranger in ("us.meta.llama3-1-70b-instruct-v1:0", "amazon.nova-pro-v1:0", "anthropic.titan", "arn:aws:x/y"):
        assert sent(signed, stranger) == []
    assert sent(ai.ReasoningPart("hm", "sign", "c2Vh", "anthropic", CLAUDE)) == []


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (ai.ImagePart(url="https://x/y.png"), "not of S3"),
        (ai.ImagePart(url="s3://x/y.png"), "media_type None"),
        (ai.ImagePart(data=b"x", media_type="image/tiff"), "image/tiff.*allowed: image/png"),
        (ai.DocumentPart(data=b"x", media_type="application/zip"), "application/zip.*allowed: application/pdf"),
    ],
)
def test_files_that_cannot_travel_are_refused(part: Any, reason: str) -> None:
    with pytest.raises(ai.ConfigError, match=reason):
        body([ai.Message("user", (part,))])


def test_the_row_of_bedrock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "secret-key")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    request = build_request("bedrock", CLAUDE, "hi", guardrailConfig={"guardrailIdentifier": "g"})
    assert request.url == f"https://bedrock-runtime.eu-west-1.amazonaws.com/model/{CLAUDE}/converse-stream"
    assert request.headers["authorization"] == "Bearer secret-key"
    assert request.headers["accept"] == "application/vnd.amazon.eventstream"
    assert json.loads(request.body)["guardrailConfig"] == {"guardrailIdentifier": "g"}


def test_what_is_to_be_cached_is_marked() -> None:
    history = [
        {"role": "system", "content": "long rules", "cache": True},
        {"role": "user", "content": "long text", "cache": True},
        {"role": "user", "content": "question"},
    ]
    sent = body(history)
    point = {"cachePoint": {"type": "default"}}
    assert sent["system"] == [{"text": "long rules"}, point]
    assert sent["messages"][0]["content"] == [{"text": "long text"}, point, {"text": "question"}]
