"""Scripts as the events of Cohere's chat. Source: https://docs.cohere.com/v2/reference/chat-stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

ID = "c-1"
_REASONS = {"stop": "COMPLETE", "length": "MAX_TOKENS", "tool_calls": "TOOL_CALL"}
_UNKNOWN = {"type": "debug", "index": 0, "delta": {"message": {"note": "no text"}}}


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        if script.reason not in _REASONS or script.sealed:
            continue
        rows = tuple(_streamed(script))
        yield _case("cohere", script, rows)
        yield _case("done", script, (*rows, b"[DONE]"), len(rows))
        if script.ordered:
            yield _case("plan", script, tuple(_streamed(script, plan=True)))
            yield _case("whole", script, (_whole(script),))


def _case(dialect: str, script: Script, rows: tuple[Row, ...], ends: int | None = None) -> Case:
    # What came as a plan goes back as one, so it says so.
    parts = expected_parts(script, seal="tool_plan" if dialect == "plan" else None)
    expected = Expected(parts, script.reason, _REASONS[script.reason], script.usage, ID)
    frames = framings.document if dialect == "whole" else framings.sse(named=dialect == "cohere")
    return Case("cohere_v2", f"{dialect}-{script.name}", rows, frames, expected, ends or len(rows), _UNKNOWN)


def _streamed(script: Script, *, plan: bool = False) -> Iterator[Row]:
    yield {"type": "message-start", "id": ID, "delta": {"message": {"role": "assistant", "content": []}}}
    for index, step in enumerate(script.steps):
        if isinstance(step, Call):
            yield _event("tool-call-start", index, tool_calls=_call(step, ""))
            for piece in step.pieces:
                yield _event("tool-call-delta", index, tool_calls={"function": {"arguments": piece}})
            yield {"type": "tool-call-end", "index": index}
        elif plan and isinstance(step, Think):
            yield from ({"type": "tool-plan-delta", "delta": {"message": {"tool_plan": p}}} for p in step.pieces)
        else:
            kind = "text" if isinstance(step, Text) else "thinking"
            yield _event("content-start", index, content={"type": kind, kind: ""})
            yield from (_event("content-delta", index, content={kind: piece}) for piece in step.pieces)
            yield {"type": "content-end", "index": index}
    usage = {"usage": _usage(*script.usage)} if script.usage else {}
    yield {"type": "message-end", "delta": {"finish_reason": _REASONS[script.reason], **usage}}


def _event(kind: str, index: int, **message: Any) -> Row:
    return {"type": kind, "index": index, "delta": {"message": message}}


def _call(step: Call, arguments: str) -> dict[str, Any]:
    return {"id": step.id, "type": "function", "function": {"name": step.name, "arguments": arguments}}


def _usage(read: int, written: int) -> dict[str, Any]:
    """What is billed is told, too, and is something else."""
    tokens = {"input_tokens": read, "output_tokens": written}
    return {"billed_units": {"input_tokens": 1, "output_tokens": 1}, "tokens": tokens}


def _whole(script: Script) -> Row:
    content = [
        {"type": "text", "text": "".join(step.pieces)}
        if isinstance(step, Text)
        else {"type": "thinking", "thinking": "".join(step.pieces)}
        for step in script.steps
        if not isinstance(step, Call)
    ]
    calls = [_call(step, "".join(step.pieces)) for step in script.steps if isinstance(step, Call)]
    usage = {"usage": _usage(*script.usage)} if script.usage else {}
    message = {"role": "assistant", "content": content, "tool_calls": calls}
    return {"id": ID, "message": message, "finish_reason": _REASONS[script.reason], **usage}
