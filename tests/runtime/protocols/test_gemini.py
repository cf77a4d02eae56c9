"""Gemini's generateContent: the events of a reply, requests as the provider wants them, and nonsense."""

from __future__ import annotations

import base64
import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.gemini import Gemini
from fluent_ai.protocols.chat.gemini_parser import GeminiParser
from hypothesis import given
from hypothesis import strategies as st
from own_ids import own_id
from protocol_checks import body_of, fail, payloads, read, sse, survive


def chunk(*parts: Any, finish: Any = None, usage: Any = None, **candidate: Any) -> dict[str, Any]:
    found = {"content": {"role": "model", "parts": list(parts)}, "index": 0, **candidate}
    if finish is not None:
        found["finishReason"] = finish
    return {"candidates": [found], "usageMetadata": usage, "modelVersion": "gemini-2.5-flash", "responseId": "r1"}


def reply_to(*chunks: Any) -> tuple[list[ai.Event], ai.Reply]:
    """Read as events, as an array, and both ways byte by byte; all must agree."""
    events, reply = read(GeminiParser("gemini"), sse(chunks))
    body = json.dumps(chunks, indent=2).encode()
    assert read(GeminiParser("gemini"), body) == (events, reply)
    for whole in (body, sse(chunks)):
        parser = GeminiParser("gemini")
        found = [event for i in range(len(whole)) for event in parser.feed(whole[i : i + 1])]
        assert found + parser.finish() == events
    return events, reply


def call(name: str | None = None, *, more: bool | None = None, signature: str | None = None, **fields: Any) -> Any:
    part: dict[str, Any] = {"functionCall": {"name": name, "willContinue": more, **fields}}
    return part | ({"thoughtSignature": signature} if signature else {})


def piece(path: str, value: Any, more: bool | None = None) -> Any:
    kind = {str: "stringValue", bool: "boolValue"}.get(type(value), "numberValue")
    return {"jsonPath": path, kind: value, "willContinue": more}


def test_thoughts_then_text_then_usage() -> None:
    events, reply = reply_to(
        chunk({"text": "hm", "thought": True}, usage={"promptTokenCount": 3, "thoughtsTokenCount": 7}),
        chunk({"text": "Hel"}),
        chunk({"text": "lo"}, {}, finish="STOP"),
        {"usageMetadata": {"candidatesTokenCount": 2, "cachedContentTokenCount": 1, "trafficType": "ON_DEMAND"}},
    )
    assert (reply.reasoning, reply.text, reply.finish_reason, reply.raw_reason) == ("hm", "Hello", "stop", "STOP")
    assert (reply.id, reply.model, reply.provider) == ("r1", "gemini-2.5-flash", "gemini")
    assert reply.usage is not None
    usage = reply.usage
    assert (usage.input_tokens, usage.output_tokens, usage.reasoning_tokens, usage.cached_input_tokens) == (3, 2, 7, 1)
    assert usage.raw is not None
    assert usage.raw["trafficType"] == "ON_DEMAND"
    assert [event.type for event in events] == [
        "stream_start", "reasoning_start", "reasoning_delta", "usage_update", "reasoning_end", "text_start",
        "text_delta", "text_delta", "usage_update", "text_end", "finish",
    ]  # fmt: skip


def test_counts_are_told_when_they_change() -> None:
    once, twice = {"promptTokenCount": 3, "candidatesTokenCount": 1}, {"candidatesTokenCount": 2}
    rows = [once, once, twice, twice, None, 7, twice, once]
    events, reply = reply_to(*(chunk({"text": "a"}, usage=usage) for usage in rows), chunk(finish="STOP"))
    told = [event.usage for event in events if isinstance(event, ai.UsageUpdate)]
    assert [(usage.input_tokens, usage.output_tokens) for usage in told] == [(3, 1), (3, 2), (3, 1)]
    assert reply.usage == told[-1]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("STOP", "stop"), ("MAX_TOKENS", "length"), ("SAFETY", "content_filter"), ("RECITATION", "content_filter"),
        ("MALFORMED_FUNCTION_CALL", "error"), ("LANGUAGE", "other"), ("NEW_WORD", "other"), (1, "stop"), (2, "length"),
    ],
)  # fmt: skip
def test_finish_reasons(raw: Any, reason: str) -> None:
    _, reply = reply_to(chunk({"text": "x"}, finish=raw), chunk({"text": "y"}, finish=raw))
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("xy", reason, str(raw))


def test_whole_calls_with_and_without_ids() -> None:
    _, reply = reply_to(chunk(call("f", args={"x": 1}), call("g", id="abc")), chunk(call("h", args={}), finish="STOP"))
    assert reply.tool_calls == (
        ai.ToolCall(own_id(0), "f", {"x": 1}), ai.ToolCall("abc", "g", {}), ai.ToolCall(own_id(2), "h", {}),
    )  # fmt: skip
    assert reply.finish_reason == "tool_calls"
    assert reply_to(chunk(call(args=[1]), finish="STOP"))[1].tool_calls == (
        ai.ToolCall(own_id(0), "", "[1]", valid=False),
    )


def test_arguments_in_pieces_are_text_as_they_come() -> None:
    events, reply = reply_to(
        chunk(call("book", more=True)),
        chunk(call(more=True, partialArgs=[piece("$.name", 'Zo"', True)])),
        chunk(call(more=True, partialArgs=[piece("$.name", "é", True), piece("$.name", "")])),
        chunk(call(more=True, partialArgs=[piece("$.rooms[0].beds", 2), piece("$.rooms[0].sea", True)])),
        chunk(call(more=True, partialArgs=[piece("$.rooms[1]['no.']", 1.5), piece("$.left", "a", True)])),
        chunk(call(more=True, partialArgs=[{"jsonPath": "$.nothing"}])),
        chunk(call()),
        chunk(call("next", more=True)),
        chunk(call(more=True, partialArgs=[piece("$.a[0]", "cut", True)])),
        chunk(finish="STOP"),
    )
    booked = {
        "name": 'Zo"é', "rooms": [{"beds": 2, "sea": True}, {"no.": 1.5}], "left": "a", "nothing": None,
    }  # fmt: skip
    assert [made.arguments for made in reply.tool_calls] == [booked, {"a": ["cut"]}]
    deltas = [event.arguments for event in events if isinstance(event, ai.ToolCallDelta)]
    assert deltas[:4] == ['{"name":"Zo\\"', "é", '"', ',"rooms":[{"beds":2']
    text = "".join(deltas)
    assert text == json.dumps(booked, ensure_ascii=False, separators=(",", ":")) + '{"a":["cut"]}'


@pytest.mark.parametrize(
    "paths",
    [
        ["$.a", "$.a"], ["$.a.b", "$.a"], ["$.a", "$.a.b"], ["$.a.b", "$.c", "$.a.d"], ["$.a[1]"], ["$.a[0]", "$.a[2]"],
        ["$.a[0]", "$.a.b"], ["$[0]"], ["$"], ["a"], [""], ["$.a[x]"], ["$..a"], ["$.a[0]", "$.b", "$.a[1]"],
    ],
)  # fmt: skip
def test_arguments_out_of_order_are_an_error_and_no_guess(paths: list[str]) -> None:
    pieces = [piece(path, 1) for path in paths]
    _, error = fail(GeminiParser("gemini"), sse([chunk({"text": "x"}, call("f", more=True, partialArgs=pieces))]))
    assert isinstance(error, ai.ProtocolError)
    assert error.message.startswith("function call: ")
    assert error.partial is not None
    assert error.partial.text == "x"
    assert not error.partial.tool_calls[0].valid


LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(exclude_characters="'", exclude_categories=("Cs",)), min_size=1, max_size=4)
VALUES = st.recursive(
    LEAVES | st.text(st.characters(exclude_categories=("Cs",)), max_size=6),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_any_arguments_survive_being_taken_apart(arguments: dict[str, Any]) -> None:
    pieces: list[Any] = []

    def part(path: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                part(f"{path}['{name}']", inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                part(f"{path}[{number}]", inner)
        elif value is None:
            pieces.append({"jsonPath": path})
        elif isinstance(value, str):
            pieces.extend(piece(path, char, True) for char in value)
            pieces.append(piece(path, ""))
        else:
            pieces.append(piece(path, value))

    part("$", arguments)
    chunks = [chunk(call("f", more=True)), *(chunk(call(more=True, partialArgs=[one])) for one in pieces)]
    _, reply = read(GeminiParser("gemini"), sse([*chunks, chunk(call(), finish="STOP")]))
    assert reply.tool_calls == (ai.ToolCall(own_id(0), "f", arguments),)


def test_media_citations_and_log_probabilities() -> None:
    logprobs = {
        "chosenCandidates": [{"token": "Ü", "logProbability": -0.5}, {"token": "b", "logProbability": -1}],
        "topCandidates": [{"candidates": [{"token": "U", "logProbability": -2}]}],
    }
    grounding = {
        "groundingChunks": [
            {"web": {"uri": "https://a", "title": "A"}}, {"retrievedContext": {"title": "B", "text": "said"}}, {},
        ],
        "groundingSupports": [
            {"segment": {"endIndex": 3}, "groundingChunkIndices": [0, 9]}, {"groundingChunkIndices": [2]},
        ],
    }  # fmt: skip
    cited = {"citations": [{"startIndex": 2, "endIndex": 3, "uri": "https://c"}, {"endIndex": 99, "uri": "https://d"}]}
    picture = base64.b64encode(b"png").decode()
    events, reply = reply_to(
        chunk({"text": "Üb"}, {"text": "er"}, logprobsResult=logprobs),
        chunk(citationMetadata=cited, groundingMetadata=grounding),
        chunk({"inlineData": {"mimeType": "image/png", "data": picture}}, groundingMetadata=grounding, finish="STOP"),
    )
    assert reply.parts == (ai.TextPart("Über"), ai.Media("image/png", b"png"))
    assert [event for event in events if isinstance(event, ai.Citation)] == [
        ai.Citation(0, "https://c", start=1, end=2),
        ai.Citation(0, "https://d"),
        ai.Citation(0, "https://a", "A", start=0, end=2),
        ai.Citation(0, None, "B", "said"),
    ]
    deltas = [event.logprobs for event in events if isinstance(event, ai.TextDelta)]
    assert deltas == [(ai.TokenLogprob("Ü", -0.5, (("U", -2.0),)), ai.TokenLogprob("b", -1.0)), None]


def test_a_blocked_prompt_is_a_finish_that_says_why() -> None:
    feedback = {"blockReason": "SAFETY", "blockReasonMessage": "not here"}
    _, reply = reply_to({"promptFeedback": feedback, "modelVersion": "m"})
    assert (reply.finish_reason, reply.raw_reason) == ("content_filter", None)
    assert reply.warnings == ("the prompt was blocked: SAFETY not here",)


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (sse([{"error": {"code": 429, "message": "slow", "status": "RESOURCE_EXHAUSTED"}}]), ai.RateLimited, "slow"),
        (b'{"error": {"code": 400, "message": "API key not valid"}}', ai.AuthError, "API key"),
        (b'[{"error": {"code": 503, "message": "busy"}}]', ai.Overloaded, "busy"),
        (b'data: {}\r\n\r\n{\n "error": {\n "code": 499, "message": "cancelled"}}\n', ai.ApiError, "cancelled"),
        (b"data: {\n\n", ai.ProtocolError, "not valid JSON"),
        (b'data: {"candidates": 3}\n\n', ai.ProtocolError, r"\$.candidates"),
        (b"data: " + b'{"error":' * 5000 + b"\n\n", ai.ProtocolError, "not valid JSON"),
        (b'data: {"candidates": [{"content": {"parts": [{"text": "\xff"}]}}]}\n\n', ai.ProtocolError, "not valid JSON"),
        (sse([chunk({"inlineData": {"data": "?"}})]), ai.ProtocolError, "inlineData of a Gemini response: not base64"),
        (b"[1]", ai.ProtocolError, "expected an object"),
        (b'[{"candidates": [', ai.StreamTruncated, "ended before it was complete"),
        (sse([chunk({"text": "x"})]), ai.StreamTruncated, "ended before it was complete"),
        (b"", ai.StreamTruncated, "the answer is empty"),
    ],
)  # fmt: skip
def test_failures_are_typed(body: bytes, kind: type[ai.FluentError], message: str) -> None:
    _, error = fail(GeminiParser("gemini"), body)
    assert isinstance(error, kind)
    with pytest.raises(kind, match=message):
        raise error


KEYS = [
    "candidates", "content", "parts", "text", "thought", "thoughtSignature", "functionCall", "name", "args", "id",
    "partialArgs", "jsonPath", "stringValue", "willContinue", "inlineData", "data", "finishReason", "usageMetadata",
    "promptFeedback", "blockReason", "error", "citationMetadata", "citations", "endIndex", "groundingMetadata",
    "groundingChunks", "groundingSupports", "segment", "groundingChunkIndices", "web", "logprobsResult",
]  # fmt: skip
PARTS = st.lists(
    st.dictionaries(
        st.sampled_from(["text", "thought", "thoughtSignature", "functionCall", "inlineData"]),
        st.text(max_size=3) | st.booleans() | st.fixed_dictionaries({"name": st.text(max_size=2)}),
    ),
    max_size=4,
)


@given(payloads(["STOP", "$.a"], KEYS))
def test_any_json_is_survived(found: list[Any]) -> None:
    survive(GeminiParser, sse(found))
    survive(GeminiParser, json.dumps(found).encode())


@given(st.lists(PARTS, max_size=4))
def test_any_parts_are_survived(found: list[Any]) -> None:
    survive(GeminiParser, sse(chunk(*parts, finish="STOP") for parts in found))


@given(st.binary(max_size=200), st.sampled_from([b"", b"data: ", b"[", b"[{", b"{"]))
def test_any_bytes_are_survived(data: bytes, start: bytes) -> None:
    survive(GeminiParser, start + data)
    survive(GeminiParser, start + data + b"\n\n")


def sent(messages: Any, **fields: Any) -> list[Any]:
    contents: list[Any] = body_of(Gemini, messages, provider="gemini", model="models/gemini-2.5-flash", **fields)[
        "contents"
    ]
    return contents


def test_signatures_go_back_with_what_they_sealed() -> None:
    _, reply = reply_to(
        chunk({"text": "hm", "thought": True}),
        chunk(call("f", signature="s1"), call("g")),
        chunk({"text": "so", "thought": True, "thoughtSignature": "s2"}, {"text": "a"}),
        chunk({"text": "b", "thoughtSignature": "s3"}, {"text": "c"}),
        chunk({"text": "", "thoughtSignature": "s4"}, finish="STOP"),
    )
    assert (reply.reasoning, reply.text) == ("hm\n\nso", "abc")
    results = ai.Message("tool", [ai.ToolResultPart(each.id, "42") for each in reply.tool_calls])
    assert sent([ai.Message("user", (ai.TextPart("q"),)), reply.message, results])[1] == {
        "role": "model",
        "parts": [
            {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "s1"},
            {"functionCall": {"name": "g", "args": {}}},
            {"text": "so", "thought": True, "thoughtSignature": "s2"},
            {"text": "a"},
            {"text": "b", "thoughtSignature": "s3"},
            {"text": "c"},
            {"text": "", "thoughtSignature": "s4"},
        ],
    }


@pytest.mark.parametrize(
    ("provider", "model"), [("vertexai", "gemini-2.5-pro"), ("gemini", "gemma-3"), ("gemini", None)]
)
def test_foreign_signatures_stay_at_home(provider: str, model: str | None) -> None:
    foreign = ai.ReasoningPart("hm", "sealed", None, provider, model)
    assert sent([ai.Message("assistant", (foreign, ai.TextPart("x")))]) == [{"role": "model", "parts": [{"text": "x"}]}]


def test_a_conversation_with_tools() -> None:
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "weather?"},
        {"role": "assistant", "tool_calls": [
            {"id": own_id(0), "function": {"name": "f", "arguments": '{"x": 1}'}},
            {"id": "abc-1", "function": {"name": "g", "arguments": "{"}},
        ]},
        {"role": "tool", "tool_call_id": own_id(0), "content": '{"sun": true}'},
        ai.Message("tool", (ai.ToolResultPart("abc-1", "broken", is_error=True),)),
        ai.Message("tool", (ai.ToolResultPart("abc-1", "\ud800[1]"),)),
    ]  # fmt: skip
    body = body_of(Gemini, messages[:-1], system="Be kind.")
    assert body["systemInstruction"] == {"parts": [{"text": "Be kind."}, {"text": "Be brief."}]}
    assert body["contents"] == [
        {"role": "user", "parts": [{"text": "weather?"}]},
        {"role": "model", "parts": [
            {"functionCall": {"name": "f", "args": {"x": 1}}},
            {"functionCall": {"id": "abc-1", "name": "g", "args": {"INVALID_JSON": "{"}}},
        ]},
        {"role": "user", "parts": [
            {"functionResponse": {"name": "f", "response": {"sun": True}}},
            {"functionResponse": {"id": "abc-1", "name": "g", "response": {"error": "broken"}}},
        ]},
    ]  # fmt: skip
    with pytest.raises(ai.ConfigError, match="no content to send"):
        sent([ai.Message("tool", (ai.ToolResultPart("lost", "x"),))])
    result = sent([messages[2], ai.Message("tool", (ai.ToolResultPart("abc-1", "[1]"),))])[1]["parts"][0]
    assert result["functionResponse"]["response"] == {"output": "[1]"}


def test_files_travel_inline_or_by_reference() -> None:
    message = ai.Message("user", (
        ai.ImagePart(data=b"\x89PNG\r\n\x1a\n"), ai.AudioPart(url="gs://bucket/a.mp3"),
        ai.DocumentPart(url="https://x/y", media_type="application/pdf"), ai.ImagePart(url="https://x/files/1"),
    ))  # fmt: skip
    assert sent([message])[0]["parts"] == [
        {"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}},
        {"fileData": {"mimeType": "audio/mpeg", "fileUri": "gs://bucket/a.mp3"}},
        {"fileData": {"mimeType": "application/pdf", "fileUri": "https://x/y"}},
        {"fileData": {"fileUri": "https://x/files/1"}},
    ]


def test_every_option_in_its_place() -> None:
    schema = {"type": "object", "properties": {"x": {"type": "integer"}}}
    body = body_of(
        Gemini, model="gemini-2.5-pro", temperature=0.5, top_p=0.9, top_k=4, max_tokens=5, stop="x", seed=1, logprobs=2,
        reasoning="low", output=schema, tools=[ai.Tool("f", "does", schema), ai.Tool("g")], tool_choice="f",
        options={"safetySettings": [{"category": "c"}], "presencePenalty": 0.5, "cachedContent": "c"},
    )  # fmt: skip
    assert body == {
        "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
        "tools": [{"functionDeclarations": [
            {"name": "f", "description": "does", "parametersJsonSchema": schema}, {"name": "g"},
        ]}],
        "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
        "generationConfig": {
            "temperature": 0.5, "topP": 0.9, "topK": 4, "maxOutputTokens": 5, "stopSequences": ["x"], "seed": 1,
            "responseMimeType": "application/json", "responseJsonSchema": schema, "responseLogprobs": True,
            "logprobs": 2, "thinkingConfig": {"thinkingBudget": 1024, "includeThoughts": True}, "presencePenalty": 0.5,
        },
        "safetySettings": [{"category": "c"}],
        "cachedContent": "c",
    }  # fmt: skip
    for choice, mode in (("auto", "AUTO"), ("none", "NONE"), ("required", "ANY")):
        config = body_of(Gemini, tools=[ai.Tool("f")], tool_choice=choice)["toolConfig"]
        assert config == {"functionCallingConfig": {"mode": mode}}


def test_reasoning_is_a_budget_before_gemini_3_and_a_level_since() -> None:
    def thinking(model: str, effort: str) -> Any:
        return body_of(Gemini, model=model, reasoning=effort)["generationConfig"]["thinkingConfig"]

    assert thinking("gemini-2.5-flash", "none") == {"thinkingBudget": 0, "includeThoughts": False}
    assert thinking("models/gemini-3-pro-preview", "low") == {"thinkingLevel": "low", "includeThoughts": True}
    with pytest.raises(ai.ConfigError, match="reasoning is 'none'; allowed for gemini-3-pro: minimal, low"):
        thinking("gemini-3-pro", "none")
    with pytest.raises(ai.ConfigError, match="reasoning is 'xhigh'; allowed for gemini-2.5-pro: none, minimal"):
        thinking("gemini-2.5-pro", "xhigh")


@pytest.mark.parametrize("model", ["gemini-2.5-flash", "models/gemini-2.5-flash"])
def test_the_route_names_the_model_and_the_key_stays_out_of_it(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "AIza-secret")
    request = build_request("gemini", model, "hi")
    assert request.url == (
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
    )
    assert request.headers["x-goog-api-key"] == "AIza-secret"
    assert "AIza" not in repr(request)
    assert build_request("gemini", "../x?y", "hi").url.endswith("/models/..%2Fx%3Fy:streamGenerateContent?alt=sse")
