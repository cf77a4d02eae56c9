"""The calls of OpenAI Responses: of functions, and of the provider's own tools."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from response_rows import ended, event, item, reply_to


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


def test_calls_that_are_told_late_or_only_at_the_end() -> None:
    added = item("added", 0, type="function_call", id="f", call_id="c", name="add", arguments="")
    whole = {"type": "function_call", "id": "f", "call_id": "c", "name": "add", "arguments": '{"a":1}'}
    for events in (
        [added, {"type": "response.function_call_arguments.done", "output_index": 0, "arguments": '{"a":1}'}, ended()],
        [added, item("done", 0, **{**whole, "arguments": ""}), ended(output=[whole])],
        [ended(output=[whole])],
        [
            event("output_text.delta", delta="Let me see.", output_index=0),
            ended(output=[{"type": "message", "content": [{"text": "yes"}]}, whole]),
        ],
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
