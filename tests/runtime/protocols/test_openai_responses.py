"""OpenAI Responses: items and events as servers send them, requests as the provider wants them, and nonsense."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.events import Citation
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from hypothesis import given
from hypothesis import strategies as st
from protocol_checks import body_of, fail, payloads, read, sse, survive
from response_rows import CREATED, ended, event, item, reply_to

USAGE = {
    "input_tokens": 9, "output_tokens": 5, "input_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2},
    "output_tokens_details": {"reasoning_tokens": 3},
}  # fmt: skip


def test_text_with_logprobs_usage_and_finish() -> None:
    row = {"token": "Hi", "logprob": -0.5, "top_logprobs": [{"token": "Ho", "logprob": -2.0}]}
    events, reply = reply_to(
        {"type": "keepalive"},
        item("added", type="message", id="m", content=[]),
        event("output_text.delta", delta="Hi", logprobs=[row]),
        event("output_text.delta", delta=""),
        event("output_text.delta", delta="!"),
        event("output_text.done", text="Hi!"),
        item("done", type="message", id="m", content=[{"type": "output_text", "text": "Hi!"}]),
        ended(usage=USAGE),
    )
    assert [event.type for event in events] == [
        "stream_start", "ping", "text_start", "text_delta", "text_delta", "text_end", "usage_update", "finish",
    ]  # fmt: skip
    (first,) = [event for event in events if isinstance(event, ai.TextDelta) and event.logprobs]
    assert first.logprobs == (ai.TokenLogprob("Hi", -0.5, (("Ho", -2.0),)),)
    assert reply.usage == ai.Usage(9, 5, 3, 4, 2, raw=USAGE)
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("Hi!", "stop", "completed")
    assert (reply.id, reply.model) == ("resp_1", "gpt-5.1-2025-11-13")


@pytest.mark.parametrize(
    ("last", "reason", "raw"),
    [
        (ended("incomplete", incomplete_details={"reason": "max_output_tokens"}), "length", "incomplete"),
        (ended("incomplete", incomplete_details={"reason": "content_filter"}), "content_filter", "incomplete"),
        (ended("incomplete"), "other", "incomplete"),
        ({"type": "response.completed", "response": {}}, "stop", None),
        ({"type": "response.completed"}, "stop", None),
    ],
)
def test_how_a_reply_ends(last: Any, reason: str, raw: str | None) -> None:
    _, reply = reply_to(event("output_text.delta", delta="x"), last)
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("x", reason, raw)


def test_done_ends_a_stream_of_which_the_last_event_is_missing() -> None:
    body = sse([CREATED, event("output_text.delta", delta="x")]) + b"data: [DONE]\n\n"
    _, reply = read(OpenAIResponsesParser("openrouter"), body)
    assert (reply.text, reply.finish_reason) == ("x", None)


def test_calls_side_by_side_are_told_apart_by_their_place() -> None:
    _, reply = reply_to(
        item("added", 0, type="function_call", id="f0", call_id="c0", name="a", arguments=""),
        item("added", 1, type="function_call", id="f1", call_id="c1", name="b", arguments=""),
        event("function_call_arguments.delta", 0, "other", delta='{"x":'),
        event("function_call_arguments.delta", 1, "f1", delta='{"y":2}'),
        event("function_call_arguments.delta", None, "f0", delta="1}"),
        event("function_call_arguments.delta", 7, "unknown", delta="lost"),
        item("done", None, type="function_call", id="f0", call_id="c0", name="a", arguments='{"x":1}'),
        item("done", 1, type="function_call", id="another", call_id="c1", name="b", arguments='{"y":2}'),
        ended(),
    )
    assert reply.tool_calls == (ai.ToolCall("c0", "a", {"x": 1}), ai.ToolCall("c1", "b", {"y": 2}))
    assert reply.finish_reason == "tool_calls"


@pytest.mark.parametrize("announced", [True, False])
def test_a_call_may_come_whole_at_its_end(announced: bool) -> None:
    done = item("done", type="function_call", id="f", call_id="c", name="a", arguments='{"x":1}')
    added = [item("added", type="function_call", id="f", call_id="c", name="a")] if announced else []
    _, reply = reply_to(*added, done, ended())
    assert reply.tool_calls == (ai.ToolCall("c", "a", {"x": 1}),)


def test_the_input_of_a_custom_tool_is_text() -> None:
    _, reply = reply_to(
        item("added", type="custom_tool_call", id="t", call_id="c", name="sql", input=""),
        event("custom_tool_call_input.delta", delta="SELECT "),
        item("done", type="custom_tool_call", id="t", call_id="c", name="sql", input="SELECT 1"),
        ended(),
    )
    assert reply.tool_calls == (ai.ToolCall("c", "sql", "SELECT 1", valid=False),)


def test_a_call_without_an_end_ends_with_the_reply() -> None:
    _, reply = reply_to(
        item("added", type="function_call", id="f", call_id="c", name="a"),
        event("function_call_arguments.delta", item_id="f", delta="{}"),
        ended(),
    )
    assert reply.tool_calls == (ai.ToolCall("c", "a", {}),)


def test_tools_of_the_provider_are_not_tool_calls() -> None:
    _, reply = reply_to(
        item("added", type="web_search_call", id="w"),
        {"type": "response.web_search_call.searching", "output_index": 0},
        event("mcp_call_arguments.delta", delta="{}"),
        {"type": "response.shell_call_output_content.delta", "delta": {"stdout": "x"}},
        item("done", type="mcp_call", id="w", name="n", arguments="{}", output=[1]),
        event("output_text.delta", 1, delta="ok"),
        ended(),
    )
    assert (reply.text, reply.tool_calls, reply.finish_reason) == ("ok", (), "stop")


def test_reasoning_keeps_what_the_provider_needs_to_take_it_back() -> None:
    _, reply = reply_to(
        item("added", 0, type="reasoning", id="rs_0"),
        event("reasoning_summary_text.delta", 0, "rs_0", delta="**One** "),
        event("reasoning_text.delta", 0, "rs_0", delta="two"),
        item("done", 0, type="reasoning", id="rs_0", summary=[{"text": "**One** two"}], encrypted_content="AAA"),
        item("done", 1, type="reasoning", id="rs_1", summary=[], encrypted_content="BBB"),
        item("done", 2, type="reasoning", id="rs_2", summary=[{"text": "whole"}]),
        item("done", 3, type="reasoning", id="rs_3", summary=[]),
        event("output_text.delta", 4, "m", delta="yes"),
        ended(),
    )
    made = {"provider": "openai", "model": "gpt-5.1-2025-11-13"}
    assert reply.parts == (
        ai.ReasoningPart("**One** two", redacted="AAA", **made),
        ai.ReasoningPart("", redacted="BBB", **made),
        ai.ReasoningPart("whole", **made),
        ai.TextPart("yes"),
    )
    sent = body_of(OpenAIResponses, [reply.message], model="gpt-5.1", provider="openai")["input"]
    summary = [{"type": "summary_text", "text": "**One** two"}]
    assert sent == [
        {"type": "reasoning", "summary": summary, "encrypted_content": "AAA"},
        {"type": "reasoning", "summary": [], "encrypted_content": "BBB"},
        {"type": "message", "role": "assistant", "content": "yes"},
    ]
    for provider, model in (("azure", "gpt-5.1"), ("openai", "o3"), ("openai", "codex-mini")):
        assert body_of(OpenAIResponses, [reply.message], model=model, provider=provider)["input"] == sent[2:]


def test_a_refusal_is_text_and_a_reason() -> None:
    _, reply = reply_to(event("refusal.delta", delta="I will "), event("refusal.delta", delta="not"), ended())
    assert (reply.text, reply.finish_reason) == ("I will not", "refusal")


def test_citations_are_about_the_text_they_stand_in() -> None:
    web = {"type": "url_citation", "url": "https://x", "title": "X", "start_index": 1, "end_index": 3}
    file = {"type": "file_citation", "file_id": "f", "filename": "a.pdf", "index": 2}
    events, _ = reply_to(
        event("output_text.delta", delta="one"),
        event("output_text.annotation.added", annotation=web),
        event("output_text.done"),
        item("done", type="message", content=[{"text": "one", "annotations": [web, file]}]),
        item("added", 1, type="message"),
        event("output_text.delta", 1, "j", delta="two"),
        item("done", 1, type="message", content=[{"text": "two", "annotations": [web]}]),
        ended(),
    )
    assert [event for event in events if isinstance(event, Citation)] == [
        Citation(part=0, url="https://x", title="X", start=1, end=3),
        Citation(part=0, title="a.pdf"),
        Citation(part=1, url="https://x", title="X", start=1, end=3),
    ]


def test_a_generated_image_is_media() -> None:
    _, reply = reply_to(
        item("done", 0, type="image_generation_call", id="i", result="aGk=", output_format="webp"),
        item("done", 1, type="image_generation_call", id="j", result=None),
        item("done", 2, type="image_generation_call", id="k", result="aG8="),
        ended(),
    )
    assert [(media.media_type, media.data) for media in reply.media] == [("image/webp", b"hi"), ("image/png", b"ho")]
    assert reply.media[0].raw == {"type": "image_generation_call", "id": "i", "output_format": "webp"}
    assert [(call.id, call.name) for call in reply.hosted_calls] == [(letter, "image_generation") for letter in "ijk"]
    assert (reply.tool_calls, reply.finish_reason) == ((), "stop")


OUTPUT = [
    {"type": "reasoning", "id": "rs", "summary": [], "content": [{"text": "hm"}], "encrypted_content": "E"},
    {"type": "message", "content": [{"text": "yes"}, {"refusal": " but no"}]},
    {"type": "function_call", "id": "f", "call_id": "c", "name": "a", "arguments": "{}"},
]


def test_an_answer_that_is_not_streamed_reads_the_same() -> None:
    document = {
        "id": "r", "model": "gpt-5", "object": "response", "status": "completed", "output": OUTPUT, "usage": USAGE,
    }  # fmt: skip
    _, whole = read(OpenAIResponsesParser("openai"), json.dumps(document, indent=1).encode())
    assert (whole.reasoning, whole.text, whole.finish_reason) == ("hm", "yes but no", "refusal")
    assert whole.tool_calls == (ai.ToolCall("c", "a", {}),)
    items = [item("done", number, **content) for number, content in enumerate(OUTPUT)]
    assert reply_to(*items, ended(usage=USAGE))[1].parts[1:] == whole.parts[1:]
    only_the_end = {"type": "response.completed", "response": document}
    assert read(OpenAIResponsesParser("openai"), sse([only_the_end]))[1] == whole


@pytest.mark.parametrize(
    ("events", "kind", "message"),
    [
        ([{"type": "error", "code": "server_error", "message": "sorry"}], ai.ServerError, "openai: sorry"),
        ([{"type": "error", "error": {"code": "rate_limit_exceeded", "message": "slow"}}], ai.RateLimited, "slow"),
        ([ended("failed", error={"code": "insufficient_quota", "message": "pay"})], ai.QuotaExceeded, "pay"),
        ([ended("failed")], ai.ApiError, "without a message"),
        ([{"error": {"message": "prompt is too long"}}], ai.ContextTooLong, "too long"),
        ([{"type": "response.completed", "response": 3}], ai.ProtocolError, r"response event: .*\$.response"),
        ([item("done", type="message", content=3)], ai.ProtocolError, r"output item: .*\$.content"),
        ([item("done", type="image_generation_call", result="?")], ai.ProtocolError, "not base64"),
        ([], ai.StreamTruncated, "ended before it was complete"),
    ],
)
def test_failures_are_typed_and_keep_what_came(events: list[Any], kind: type[ai.FluentError], message: str) -> None:
    before = [CREATED, event("output_text.delta", delta="so far")]
    got, error = fail(OpenAIResponsesParser("openai"), sse([*before, *events]))
    assert isinstance(error, kind)
    with pytest.raises(kind, match=message):
        raise error
    assert error.partial is not None
    assert error.partial.text == "so far"
    assert isinstance(got[-1], ai.TextDelta)


TAGS = (
    "response.created", "response.output_item.added", "response.output_item.done", "response.output_text.delta",
    "response.output_text.done", "response.output_text.annotation.added", "response.reasoning_text.delta",
    "response.refusal.delta", "response.function_call_arguments.delta", "response.completed", "response.incomplete",
    "response.failed", "error", "keepalive", "message", "reasoning", "function_call", "custom_tool_call",
    "image_generation_call",
)  # fmt: skip
KEYS = (
    "type", "delta", "output_index", "item_id", "logprobs", "arguments", "item", "annotation", "response", "id",
    "model", "status", "output", "usage", "error", "incomplete_details", "content", "text", "refusal", "annotations",
    "summary", "encrypted_content", "call_id", "name", "input", "result", "output_format", "url", "start_index",
)  # fmt: skip


@given(payloads(TAGS, KEYS))
def test_any_events_give_lawful_events_or_a_typed_error(found: list[Any]) -> None:
    survive(OpenAIResponsesParser, sse(found))


@given(st.binary(max_size=100))
def test_any_bytes_give_lawful_events_or_a_typed_error(data: bytes) -> None:
    survive(OpenAIResponsesParser, data)
    survive(OpenAIResponsesParser, b"data: " + data + b"\n\n")


@pytest.mark.parametrize(
    "data",
    [
        b'data: {"type": "response.output_item.done", "item": ' + b"[" * 50_000,
        b'data: {"type": "response.output_text.delta", "delta": "\xff"}\n\n',
        b'data: {"type": "response.output_text.delta", "delta": "\\ud800"}\n\n',
        b'data: {"type": "response.completed", "response": {"usage": {"input_tokens": 1e400}}}\n\n',
        b"{" * 50_000,
    ],
)
def test_hostile_json(data: bytes) -> None:
    survive(OpenAIResponsesParser, data)
    survive(OpenAIResponsesParser, data + b"\n\n")


def test_options_go_by_their_names_in_this_protocol() -> None:
    schema = {"type": "object", "properties": {}}
    shape = {
        "type": "object",
        "properties": {"x": {"type": "string"}},
        "required": ["x"],
        "additionalProperties": False,
    }
    body = body_of(
        OpenAIResponses, system="Be brief.", temperature=0.5, top_p=0.9, max_tokens=100, reasoning="high", logprobs=2,
        output=shape, tools=[ai.Tool("f", "Does f.", schema), ai.Tool("g")], tool_choice="f",
        options={"verbosity": "low", "store": True},
    )  # fmt: skip
    assert body == {
        "model": "m", "input": [{"type": "message", "role": "user", "content": "hi"}], "stream": True, "store": True,
        "instructions": "Be brief.", "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 100,
        "reasoning": {"effort": "high"}, "top_logprobs": 2,
        "include": ["message.output_text.logprobs", "reasoning.encrypted_content"],
        "text": {
            "format": {"type": "json_schema", "name": "output", "schema": shape, "strict": True}, "verbosity": "low",
        },
        "tools": [
            {"type": "function", "name": "f", "description": "Does f.", "parameters": schema, "strict": False},
            {"type": "function", "name": "g", "parameters": schema, "strict": False},
        ],
        "tool_choice": {"type": "function", "name": "f"},
    }  # fmt: skip
    assert body_of(OpenAIResponses) == {
        "model": "m", "input": [{"type": "message", "role": "user", "content": "hi"}], "stream": True, "store": False,
    }  # fmt: skip
    assert body_of(OpenAIResponses, options={"reasoning_effort": "low"})["reasoning"] == {"effort": "low"}
    assert body_of(OpenAIResponses, tools=[ai.Tool("f")], tool_choice="required")["tool_choice"] == "required"
    assert "include" not in body_of(OpenAIResponses, reasoning="none")


@pytest.mark.parametrize(
    ("options", "name"),
    [({"stop": "x"}, "stop"), ({"seed": 0}, "seed"), ({"top_k": 2}, "top_k"), ({"options": {"audio": {}}}, "'audio'")],
)
def test_what_the_protocol_lacks_is_refused(options: dict[str, Any], name: str) -> None:
    with pytest.raises(ai.ConfigError, match=f"{name} is not supported by acme"):
        body_of(OpenAIResponses, **options)


def test_a_conversation_becomes_items() -> None:
    call = ai.ToolCall("c", "f", {"x": 1})
    broken = ai.ToolCall("d", "f", "{nonsense", valid=False)
    messages = [
        ai.Message("system", (ai.TextPart("Be kind."),)),
        ai.Message("user", (
            ai.TextPart("see"),
            ai.ImagePart(url="https://x/y.png"),
            ai.DocumentPart(url="https://x/y.pdf"),
            ai.DocumentPart(data=b"%PDF-1", name="a.pdf"),
        )),
        ai.Message("assistant", (
            ai.TextPart("I look."), ai.ToolCallPart(call), ai.ToolCallPart(broken), ai.TextPart("wait"),
        )),
        ai.Message("tool", (ai.ToolResultPart("c", "42"), ai.ToolResultPart("d", "no", is_error=True))),
        ai.Message("assistant", ()),
    ]  # fmt: skip
    assert body_of(OpenAIResponses, messages)["input"] == [
        {"type": "message", "role": "system", "content": "Be kind."},
        {"type": "message", "role": "user", "content": [
            {"type": "input_text", "text": "see"},
            {"type": "input_image", "image_url": "https://x/y.png", "detail": "auto"},
            {"type": "input_file", "file_url": "https://x/y.pdf"},
            {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0x"},
        ]},
        {"type": "message", "role": "assistant", "content": "I look."},
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": '{"x":1}'},
        {"type": "function_call", "call_id": "d", "name": "f", "arguments": "{nonsense"},
        {"type": "message", "role": "assistant", "content": "wait"},
        {"type": "function_call_output", "call_id": "c", "output": "42"},
        {"type": "function_call_output", "call_id": "d", "output": "no"},
    ]  # fmt: skip


def test_sound_that_is_sent_now_is_refused() -> None:
    with pytest.raises(ai.ConfigError, match="AudioPart cannot be sent"):
        body_of(OpenAIResponses, [ai.Message("user", (ai.AudioPart(data=b"RIFF1234WAVE"),))])


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("o3-pro", "/responses"), ("gpt-5.5-pro-2026-04-23", "/responses"), ("gpt-5.1-codex-max", "/responses"),
        ("o4-mini-deep-research", "/responses"), ("codex-mini-latest", "/responses"),
        ("computer-use-preview", "/responses"), ("gpt-5.1", "/chat/completions"), ("gpt-4o", "/chat/completions"),
    ],
)  # fmt: skip
def test_models_that_answer_only_here_are_sent_here(model: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key")
    assert build_request("openai", model, "hi").url == f"https://api.openai.com/v1{path}"


def test_calls_that_are_told_late_or_only_at_the_end() -> None:
    added = item("added", 0, type="function_call", id="f", call_id="c", name="add", arguments="")
    whole = {"type": "function_call", "id": "f", "call_id": "c", "name": "add", "arguments": '{"a":1}'}
    for events in (
        [added, {"type": "response.function_call_arguments.done", "output_index": 0, "arguments": '{"a":1}'}, ended()],
        [added, item("done", 0, **{**whole, "arguments": ""}), ended(output=[whole])],
        [ended(output=[whole])],
        [event("output_text.delta", delta="Let me see.", output_index=0), ended(output=[OUTPUT[1], whole])],
        [
            {"type": "response.output_item.added", "item": {**whole, "id": None, "arguments": ""}},
            {"type": "response.function_call_arguments.done", "output_index": 4, "arguments": '{"a":1}'},
            {"type": "response.output_item.done", "item": {**whole, "id": None}},
            ended(output=[]),
        ],
        [added, item("done", 0, **{**whole, "arguments": {"a": 1}}), ended(output=[{**whole, "id": "other"}])],
    ):
        _, reply = reply_to(*events)
        assert reply.tool_calls == (ai.ToolCall("c", "add", {"a": 1}),)
        assert reply.finish_reason == "tool_calls"


def test_a_call_without_arguments_ends_with_the_response() -> None:
    call = {"type": "function_call", "id": "f", "call_id": "c", "name": "now", "arguments": ""}
    _, reply = reply_to(item("added", 0, **call), item("done", 0, **call), ended(output=[call]))
    assert reply.tool_calls == (ai.ToolCall("c", "now", {}),)


def test_the_whole_response_says_nothing_twice() -> None:
    message = {"type": "message", "id": "other", "content": [{"type": "output_text", "text": "Hello"}]}
    search = {"type": "web_search_call", "id": "ws", "status": "completed", "action": {"type": "search", "query": "q"}}
    _, reply = reply_to(
        event("output_text.delta", delta="Hel", output_index=1, item_id="m"),
        event("output_text.delta", delta="lo", output_index=1, item_id="m"),
        item("done", 0, **search),
        ended(output=[search, message]),
    )
    assert reply.text == "Hello"
    assert [call.name for call in reply.hosted_calls] == ["web_search"]


HOSTED: list[tuple[dict[str, Any], str, dict[str, Any], str | None]] = [
    (
        {"type": "web_search_call", "action": {"type": "search", "query": "q"}},
        "web_search",
        {"type": "search", "query": "q"},
        None,
    ),
    (
        {"type": "file_search_call", "queries": ["q"], "results": [{"text": "t"}]},
        "file_search",
        {"queries": ["q"]},
        '[{"text":"t"}]',
    ),
    (
        {
            "type": "code_interpreter_call",
            "code": "1+1",
            "container_id": "k",
            "outputs": [{"type": "logs", "logs": "2"}],
        },
        "code_interpreter",
        {"code": "1+1", "container_id": "k"},
        "2",
    ),
    (
        {"type": "mcp_call", "name": "roll", "server_label": "dice", "arguments": '{"n":2}', "output": "7"},
        "roll",
        {"n": 2},
        "7",
    ),
    ({"type": "mcp_list_tools", "server_label": "dice", "tools": []}, "mcp_list_tools", {"server_label": "dice"}, "[]"),
    (
        {"type": "computer_call", "call_id": "i", "action": {"type": "click", "x": 1}},
        "computer",
        {"type": "click", "x": 1},
        None,
    ),
]


@pytest.mark.parametrize(("made", "name", "arguments", "result"), HOSTED, ids=[row[1] for row in HOSTED])
@pytest.mark.parametrize("streamed", [True, False])
def test_built_in_tools_are_hosted_calls(
    made: dict[str, Any], name: str, arguments: dict[str, Any], result: str | None, streamed: bool
) -> None:
    found = {"id": "i", "status": "completed", **made}
    added = [item("added", 0, **{**found, "status": "in_progress"}), item("done", 0, **found)] if streamed else []
    events, reply = reply_to(*added, ended(output=[found]))
    assert reply.hosted_calls == (ai.ToolCall("i", name, arguments, hosted=True),)
    assert (reply.tool_calls, reply.finish_reason) == ((), "stop")
    part = reply.parts[0]
    assert isinstance(part, ai.ToolCallPart)
    assert (part.raw, part.provider) == (found, "openai")
    assert [(told.call_id, told.content) for told in reply.hosted_results] == (
        [] if result is None else [("i", result)]
    )
    assert any(isinstance(event, ai.ToolCallStart) and event.hosted for event in events)


def test_a_tool_that_failed_and_an_item_that_is_new() -> None:
    failed = {"type": "mcp_call", "id": "i", "name": "roll", "arguments": "{}", "error": {"message": "no dice"}}
    riddle = {"type": "riddle", "id": "r", "answer": 42}
    _, reply = reply_to(item("done", 0, **failed), item("done", 1, **riddle), item("done", 2, **riddle), ended())
    assert [(result.is_error, result.content) for result in reply.hosted_results] == [(True, '{"message":"no dice"}')]
    assert [(part.kind, part.raw) for part in reply.parts if isinstance(part, ai.UnknownPart)] == [
        ("riddle", riddle)
    ] * 2
    assert len(reply.warnings) == 1
    assert "riddle" in reply.warnings[0]


def test_annotations_stay_with_their_text() -> None:
    found = {"type": "url_citation", "url": "https://a.test", "title": "A", "start_index": 0, "end_index": 3}
    _, reply = reply_to(
        event("output_text.delta", delta="Sky", output_index=0),
        event("output_text.annotation.added", annotation=found, output_index=0),
        event("output_text.done", text="Sky", output_index=0),
        ended(),
    )
    (part,) = reply.parts
    assert isinstance(part, ai.TextPart)
    assert part.raw == {"annotations": [found]}


def test_text_that_is_told_only_when_it_is_done() -> None:
    _, reply = reply_to(event("output_text.done", text="Sky", output_index=0), ended())
    assert reply.text == "Sky"
