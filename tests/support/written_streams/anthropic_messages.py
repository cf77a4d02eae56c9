"""Scripts as the events of Anthropic's messages.

Source: https://docs.claude.com/en/docs/build-with-claude/streaming.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

ID, MODEL = "msg_1", "acme-opus"
_REASONS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use"}
_UNKNOWN = {"type": "content_block_annotation", "index": 0, "delta": {"text": "no text"}}


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        if script.reason not in _REASONS:
            continue
        rows = tuple(_streamed(script))
        yield _case("anthropic", script, (*rows, {"type": "message_stop"}))
        yield _case("no_stop", script, rows)
        if script.valid:
            yield _case("unsplit", script, (*_streamed(script, unsplit=True), {"type": "message_stop"}))
            yield _case("whole", script, (_whole(script),))


def _case(dialect: str, script: Script, rows: tuple[Row, ...]) -> Case:
    raw = _REASONS[script.reason]
    expected = Expected(expected_parts(script), script.reason, raw, script.usage, ID, MODEL)
    frames = framings.document if dialect == "whole" else framings.sse(named=dialect == "anthropic")
    ends = len(rows) - (rows[-1].get("type") == "message_stop")
    return Case("anthropic_messages", f"{dialect}-{script.name}", rows, frames, expected, ends, _UNKNOWN)


def _streamed(script: Script, *, unsplit: bool = False) -> Iterator[Row]:
    message = {"id": ID, "type": "message", "role": "assistant", "model": MODEL, "content": [], "stop_reason": None}
    usage = {"usage": {"input_tokens": script.usage[0], "output_tokens": 1}} if script.usage else {}
    yield {"type": "message_start", "message": {**message, **usage}}
    yield {"type": "ping"}
    for index, step in enumerate(script.steps):
        yield {"type": "content_block_start", "index": index, "content_block": _block(step, empty=not unsplit)}
        if not unsplit:
            for delta in _deltas(step):
                yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    written = {"usage": {"output_tokens": script.usage[1]}} if script.usage else {}
    yield {"type": "message_delta", "delta": {"stop_reason": _REASONS[script.reason], "stop_sequence": None}, **written}


def _block(step: Text | Think | Call, *, empty: bool = False) -> dict[str, Any]:
    text = "" if empty else "".join(step.pieces)
    match step:
        case Text():
            return {"type": "text", "text": text}
        case Think():
            return {"type": "thinking", "thinking": text, "signature": "" if empty else step.seal or ""}
        case Call():
            return {"type": "tool_use", "id": step.id, "name": step.name, "input": {} if empty else step.arguments}


def _deltas(step: Text | Think | Call) -> Iterator[Row]:
    for piece in step.pieces:
        match step:
            case Text():
                yield {"type": "text_delta", "text": piece}
            case Think():
                yield {"type": "thinking_delta", "thinking": piece}
            case Call():
                yield {"type": "input_json_delta", "partial_json": piece}
    if isinstance(step, Think) and step.seal:
        # Signatures may come in pieces, too.
        yield from ({"type": "signature_delta", "signature": half} for half in (step.seal[:5], step.seal[5:]))


def _whole(script: Script) -> Row:
    usage = {"input_tokens": script.usage[0], "output_tokens": script.usage[1]} if script.usage else None
    content = [_block(step) for step in script.steps]
    end = {"stop_reason": _REASONS[script.reason], "usage": usage}
    return {"id": ID, "type": "message", "role": "assistant", "model": MODEL, "content": content, **end}
