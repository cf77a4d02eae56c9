"""Tools that providers run themselves are calls and results of the reply, streamed and whole, and kept as they came."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event
from fluent_ai import laws
from fluent_ai.interfaces import StreamParser
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from fluent_ai.protocols.chat.bedrock_converse_parser import BedrockConverseParser
from fluent_ai.protocols.chat.gemini_parser import GeminiParser
from own_ids import own_id


def read(new: type[StreamParser], data: bytes) -> ai.Reply:
    """The reply of a body, the same however it is cut."""
    found = []
    for pieces in ([data], [data[at : at + 1] for at in range(len(data))]):
        parser = new("acme")
        events = [made for piece in pieces for made in parser.feed(piece)] + parser.finish()
        laws.validate(events)
        found.append(events)
    assert found[0] == found[1]
    return ai.fold(found[0])


def sse(*rows: Any) -> bytes:
    return b"".join(b"data: %s\n\n" % json.dumps(row).encode() for row in rows)


SEARCH = {"type": "server_tool_use", "id": "srv_1", "name": "web_search", "input": {"query": "rain"}}
FOUND = {
    "type": "web_search_tool_result",
    "tool_use_id": "srv_1",
    "content": [{"title": "T", "encrypted_content": "E"}],
}
MCP = {"type": "mcp_tool_use", "id": "mcp_1", "name": "roll", "server_name": "dice", "input": {"n": 2}}
ROLLED = {
    "type": "mcp_tool_result", "tool_use_id": "mcp_1", "is_error": False,
    "content": [{"type": "text", "text": "se"}, {"type": "text", "text": "ven"}],
}  # fmt: skip
RAN = {
    "type": "bash_code_execution_tool_result", "tool_use_id": "srv_2",
    "content": {"type": "bash_code_execution_result", "stdout": "2\n", "stderr": "oh", "return_code": 1},
}  # fmt: skip
REFUSED = {
    "type": "web_fetch_tool_result", "tool_use_id": "srv_3",
    "content": {"type": "web_fetch_tool_result_error", "error_code": "url_not_allowed"},
}  # fmt: skip
BLOCKS: list[dict[str, Any]] = [SEARCH, FOUND, MCP, ROLLED, RAN, REFUSED, {"type": "text", "text": "Done."}]


def anthropic_stream() -> bytes:
    rows: list[Any] = [{"type": "message_start", "message": {"id": "m", "model": "claude-x"}}]
    for index, block in enumerate(BLOCKS):
        begun = {**block, "input": {}} if "input" in block else block
        rows.append({"type": "content_block_start", "index": index, "content_block": begun})
        if "input" in block:
            text = json.dumps(block["input"])
            for piece in (text[:5], text[5:]):
                delta = {"type": "input_json_delta", "partial_json": piece}
                rows.append({"type": "content_block_delta", "index": index, "delta": delta})
        rows.append({"type": "content_block_stop", "index": index})
    rows += [{"type": "message_delta", "delta": {"stop_reason": "end_turn"}}, {"type": "message_stop"}]
    return sse(*rows)


@pytest.mark.parametrize("whole", [True, False])
def test_anthropic(whole: bool) -> None:
    message = {"type": "message", "id": "m", "model": "claude-x", "content": BLOCKS, "stop_reason": "end_turn"}
    reply = read(AnthropicMessagesParser, json.dumps(message).encode() if whole else anthropic_stream())
    assert reply.hosted_calls == (
        ai.ToolCall("srv_1", "web_search", {"query": "rain"}, hosted=True),
        ai.ToolCall("mcp_1", "roll", {"n": 2}, hosted=True),
    )
    told = [(found.call_id, found.content, found.is_error) for found in reply.hosted_results]
    assert told == [
        ("srv_1", '[{"title":"T","encrypted_content":"E"}]', False),
        ("mcp_1", "seven", False),
        ("srv_2", "2\noh", True),
        ("srv_3", "url_not_allowed", True),
    ]
    kept = [part.raw for part in reply.parts if not isinstance(part, ai.TextPart | ai.ReasoningPart)]
    assert kept == BLOCKS[:-1]
    assert {part.provider for part in reply.parts if not isinstance(part, ai.TextPart)} == {"acme"}
    assert (reply.tool_calls, reply.finish_reason, reply.text) == ((), "stop", "Done.")


def test_anthropic_keeps_what_text_cites() -> None:
    cited = {"type": "web_search_result_location", "url": "https://a.test", "title": "A", "encrypted_index": "E"}
    reply = read(
        AnthropicMessagesParser,
        sse(
            {"type": "message_start", "message": {"id": "m", "model": "claude-x"}},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "citations_delta", "citation": cited}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Rain."}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "citations_delta", "citation": cited}},
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
            {"type": "message_stop"},
        ),
    )
    (part,) = reply.parts
    assert isinstance(part, ai.TextPart)
    assert part.raw == {"citations": [cited, cited]}


@pytest.mark.parametrize("given", ["x1", None])
def test_gemini(given: str | None) -> None:
    named = {} if given is None else {"id": given}
    code = {"executableCode": {"language": "PYTHON", "code": "1+1", **named}, "thoughtSignature": "SEAL"}
    ran = {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "2\n", **named}}
    failed = {"codeExecutionResult": {"outcome": "OUTCOME_FAILED", "output": "oh", **named}}
    asked = {"toolCall": {"toolType": "FILE_SEARCH", "args": {"q": "a"}, "id": "t"}}
    told = {"toolResponse": {"toolType": "FILE_SEARCH", "id": "t", "response": {"hits": 1}}}
    file = {"fileData": {"fileUri": "gs://a", "mimeType": "image/png"}}
    rows = [
        {"candidates": [{"content": {"parts": parts}, "finishReason": finish}], "modelVersion": "gemini-x"}
        for parts, finish in (([code], None), ([ran, failed, {"text": "Two."}], None), ([asked, told, file], "STOP"))
    ]
    reply = read(GeminiParser, sse(*rows))
    assert read(GeminiParser, json.dumps(rows).encode()) == reply
    call_id = given or own_id(0)
    assert reply.hosted_calls == (
        ai.ToolCall(call_id, "code_execution", {"language": "PYTHON", "code": "1+1"}, hosted=True),
        ai.ToolCall("t", "file_search", {"q": "a"}, hosted=True),
    )
    results = [(found.call_id, found.content, found.is_error) for found in reply.hosted_results]
    assert results == [(call_id, "2\n", False), (call_id, "oh", True), ("t", '{"hits":1}', False)]
    kept = [part.raw for part in reply.parts if not isinstance(part, ai.TextPart)]
    assert kept == [code, ran, failed, asked, told, file]
    assert isinstance(reply.parts[-1], ai.UnknownPart)
    assert (reply.tool_calls, reply.finish_reason) == ((), "stop")


def test_a_gemini_part_that_is_only_a_seal() -> None:
    row = {"candidates": [{"content": {"parts": [{"thoughtSignature": "SEAL"}, {}]}, "finishReason": "STOP"}]}
    assert read(GeminiParser, sse(row)).parts == (ai.ReasoningPart("", "SEAL", None, "acme", None),)


USE = {"toolUseId": "u", "name": "interpreter", "type": "server_tool_use"}
CONTENT = [{"json": {"stdOut": "7", "stdErr": "", "exitCode": 0, "isError": False}}]


def test_bedrock_stream() -> None:
    def row(kind: str, **fields: Any) -> bytes:
        return event(kind, json.dumps(fields).encode())

    begun = {"toolUseId": "u", "status": "success"}
    reply = read(
        BedrockConverseParser,
        b"".join([
            row("contentBlockStart", contentBlockIndex=0, start={"toolUse": USE}),
            row("contentBlockDelta", contentBlockIndex=0, delta={"toolUse": {"input": '{"code":"3+4"}'}}),
            row("contentBlockStop", contentBlockIndex=0),
            row("contentBlockStart", contentBlockIndex=1, start={"toolResult": begun}),
            row("contentBlockDelta", contentBlockIndex=1, delta={"toolResult": CONTENT}),
            row("contentBlockStop", contentBlockIndex=1),
            row("contentBlockDelta", contentBlockIndex=2, delta={"text": "Seven."}),
            row("messageStop", stopReason="end_turn"),
        ]),
    )  # fmt: skip
    assert reply.hosted_calls == (ai.ToolCall("u", "interpreter", {"code": "3+4"}, hosted=True),)
    assert [(found.call_id, found.content, found.is_error) for found in reply.hosted_results] == [("u", "7", False)]
    use, result = {**USE, "input": {"code": "3+4"}}, {**begun, "content": CONTENT}
    assert [part.raw for part in reply.parts] == [{"toolUse": use}, {"toolResult": result}, None]  # type: ignore[union-attr]
    assert (reply.text, reply.tool_calls, reply.finish_reason) == ("Seven.", (), "stop")


def test_bedrock_whole() -> None:
    blocks = [
        {"toolUse": {**USE, "input": {"code": "3+4"}}},
        {"toolResult": {"toolUseId": "u", "status": "error", "content": [{"text": "no"}]}},
    ]
    answer = {"output": {"message": {"content": blocks}}, "stopReason": "end_turn"}
    reply = read(BedrockConverseParser, json.dumps(answer).encode())
    assert [call.arguments for call in reply.hosted_calls] == [{"code": "3+4"}]
    assert [(found.content, found.is_error) for found in reply.hosted_results] == [("no", True)]
    assert [part.raw for part in reply.parts] == blocks
