"""Scripts as the lines of Ollama's chat. Source: https://docs.ollama.com/api/chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

MODEL = "acme:7b"
_REASONS = {"stop": "stop", "length": "length", "tool_calls": "stop"}


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        if script.reason not in _REASONS or not script.valid or script.sealed:
            continue
        yield _case("ollama", script, tuple(_streamed(script)))
        yield _case("ids", script, tuple(_streamed(script, ids=True)), ids=True)
        if script.ordered:
            yield _case("whole", script, (_whole(script),))


def _case(dialect: str, script: Script, rows: tuple[Row, ...], *, ids: bool = False) -> Case:
    called = any(isinstance(step, Call) for step in script.steps) and script.reason == "stop"
    reason = "tool_calls" if called else script.reason
    expected = Expected(expected_parts(script, ids=ids), reason, _REASONS[script.reason], script.usage, None, MODEL)
    unknown = {**_line({"role": "assistant", "content": ""}), "new": {"a": 1}}
    return Case("ollama_chat", f"{dialect}-{script.name}", rows, framings.lines, expected, len(rows), unknown)


def _line(message: Row, **ended: Any) -> dict[str, Any]:
    return {"model": MODEL, "created_at": "2026-01-01T00:00:00Z", "message": message, "done": bool(ended), **ended}


def _ended(script: Script) -> dict[str, Any]:
    counts = {"prompt_eval_count": script.usage[0], "eval_count": script.usage[1]} if script.usage else {}
    return {"done_reason": _REASONS[script.reason], "total_duration": 5, **counts}


def _streamed(script: Script, *, ids: bool = False) -> Iterator[Row]:
    for step in script.steps:
        match step:
            case Text():
                yield from (_line({"role": "assistant", "content": piece}) for piece in step.pieces)
            case Think():
                messages = ({"role": "assistant", "content": "", "thinking": piece} for piece in step.pieces)
                yield from map(_line, messages)
            case Call():
                yield _line({"role": "assistant", "content": "", "tool_calls": [_call(step, ids=ids)]})
    yield _line({"role": "assistant", "content": ""}, **_ended(script))


def _call(step: Call, *, ids: bool = False) -> Row:
    named = {"id": step.id} if ids else {}
    return {**named, "function": {"name": step.name, "arguments": step.arguments}}


def _whole(script: Script) -> Row:
    message: dict[str, Any] = {"role": "assistant", "content": ""}
    for step in script.steps:
        match step:
            case Text():
                message["content"] = "".join(step.pieces)
            case Think():
                message["thinking"] = "".join(step.pieces)
            case Call():
                message.setdefault("tool_calls", []).append(_call(step))
    return _line(message, **_ended(script))
