"""Scripts as chunks of chat completions, in the dialects of those who speak them.

Source: https://platform.openai.com/docs/api-reference/chat-streaming and the references of the servers named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from written_streams import framings
from written_streams.script import Call, Case, Expected, Frames, Row, Script, Text, Think, expected_parts

ID, MODEL = "chatcmpl-1", "acme-large"
_REASONS = {"stop": "stop", "length": "length", "tool_calls": "tool_calls", "content_filter": "content_filter"}
_SSE = framings.sse()


@dataclass(frozen=True)
class Dialect:
    name: str
    reasoning: Literal["reasoning_content", "reasoning", "details", "thinking"] = "reasoning_content"
    usage: Literal["last", "with_finish", "every", "x_groq", "twice"] = "last"
    calls: Literal["indexed", "no_index", "all_zero", "named_each_time", "whole", "objects", "no_id"] = "indexed"
    done: bool = True
    before: tuple[Row, ...] = ()
    choices: int = 1
    """Further ones say something else, and are passed over."""
    frames: Frames = _SSE


DIALECTS = (
    Dialect("openai"),
    Dialect("azure", before=({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]},), usage="with_finish"),
    Dialect("deepseek", usage="with_finish", before=(b": keep-alive",)),
    Dialect("openrouter", "details", usage="twice", before=(b": OPENROUTER PROCESSING",) * 2),
    Dialect("groq", "reasoning", usage="x_groq"),
    Dialect("mistral", "thinking", usage="with_finish", calls="whole"),
    Dialect("perplexity", usage="every", done=False, frames=framings.sse(line_end=b"\r\n")),
    Dialect("together", calls="named_each_time", frames=framings.sse(ascii=True)),
    Dialect("no_space", calls="no_index", frames=framings.sse(space=b"")),
    Dialect("gemini", calls="all_zero", done=False),
    Dialect("lone_cr", calls="no_id", frames=framings.sse(line_end=b"\r")),
    Dialect("objects", calls="objects", usage="every"),
    Dialect("many_choices", choices=3),
)


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        for dialect in DIALECTS:
            if _can(dialect, script):
                yield _case(dialect, script)
        if script.ordered and not script.sealed:
            yield Case(
                "openai_chat", f"whole-{script.name}", (_whole(script),), framings.document, _expected(script), 1
            )


def _can(dialect: Dialect, script: Script) -> bool:
    return (dialect.reasoning == "details" or not script.sealed) and (dialect.calls != "objects" or script.valid)


def _expected(script: Script, *, ids: bool = True) -> Expected:
    parts = expected_parts(script, ids=ids)
    called = any(isinstance(step, Call) for step in script.steps) and script.reason == "stop"
    return Expected(parts, "tool_calls" if called else script.reason, script.reason, script.usage, ID, MODEL)


def _case(dialect: Dialect, script: Script) -> Case:
    usage = None if script.usage is None else _usage(*script.usage)
    rows = [_chunk({"role": "assistant", "content": ""})]
    for number, step in enumerate(script.steps):
        rows += [_chunk(delta) for delta in _deltas(dialect, step, number)]
    if dialect.usage == "every" and usage:
        rows = [{**row, "usage": {**usage, "completion_tokens": place}} for place, row in enumerate(rows)]
    if dialect.choices > 1:
        rows = [row for each in rows for row in (*_others(dialect.choices), each)]
    finish = _chunk({}, _REASONS[script.reason])
    if usage and dialect.usage in ("with_finish", "every", "twice"):
        finish["usage"] = usage
    if usage and dialect.usage == "x_groq":
        finish["x_groq"] = {"id": "req_1", "usage": usage}
    rows = [*dialect.before, *rows, finish]
    ends = len(rows)
    if usage and dialect.usage in ("last", "twice"):
        rows.append({**_chunk({}), "choices": [], "usage": usage})
    if dialect.done:
        rows.append(b"[DONE]")
    name = f"{dialect.name}-{script.name}"
    expected = _expected(script, ids=dialect.calls != "no_id")
    return Case("openai_chat", name, tuple(rows), dialect.frames, expected, ends, _chunk({"new": 1}))


def _chunk(delta: Row, reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
    return {"id": ID, "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}


def _others(number: int) -> list[Row]:
    choices = [{"index": index, "delta": {"content": "not this one"}} for index in range(1, number)]
    return [{**_chunk({}), "choices": [choice]} for choice in choices]


def _usage(read: int, written: int) -> dict[str, Any]:
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _deltas(dialect: Dialect, step: Text | Think | Call, number: int) -> Iterator[Row]:
    match step:
        case Text():
            yield from ({"content": piece} for piece in step.pieces)
        case Think():
            yield from _thoughts(dialect, step)
        case Call():
            yield from ({"tool_calls": [call]} for call in _calls(dialect, step, number))


def _thoughts(dialect: Dialect, step: Think) -> Iterator[Row]:
    match dialect.reasoning:
        case "details":
            kind = {"type": "reasoning.text", "format": "anthropic-claude-v1", "index": 0}
            for piece in step.pieces:
                yield {"content": "", "reasoning": piece, "reasoning_details": [{**kind, "text": piece}]}
            if step.seal:
                yield {"content": "", "reasoning": None, "reasoning_details": [{**kind, "signature": step.seal}]}
        case "thinking":
            for piece in step.pieces:
                yield {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": piece}]}]}
        case name:
            yield from ({"content": None, name: piece} for piece in step.pieces)


def _calls(dialect: Dialect, step: Call, number: int) -> Iterator[Row]:
    kind, text = {"type": "function"}, "".join(step.pieces)
    match dialect.calls:
        case "whole":
            yield {"index": number, "id": step.id, "function": {"name": step.name, "arguments": text}}
        case "objects":
            yield {"id": step.id, **kind, "function": {"name": step.name, "arguments": step.arguments}}
        case "no_index":
            yield {"id": step.id, **kind, "function": {"name": step.name, "arguments": ""}}
            yield from ({"function": {"arguments": piece}} for piece in step.pieces)
        case "all_zero":
            yield {"index": 0, "id": step.id, **kind, "function": {"name": step.name, "arguments": text}}
        case "named_each_time":
            for piece in ("", *step.pieces):
                function = {"name": step.name, "arguments": piece}
                yield {"index": number, "id": step.id, **kind, "function": function}
        case style:
            named = {} if style == "no_id" else {"id": step.id}
            yield {"index": number, **named, **kind, "function": {"name": step.name, "arguments": ""}}
            yield from ({"index": number, "function": {"arguments": piece}} for piece in step.pieces)


def _whole(script: Script) -> Row:
    message: dict[str, Any] = {"role": "assistant", "content": None}
    for step in script.steps:
        text = "".join(step.pieces)
        match step:
            case Text():
                message["content"] = text
            case Think():
                message["reasoning_content"] = text
            case Call():
                call = {"id": step.id, "type": "function", "function": {"name": step.name, "arguments": text}}
                message.setdefault("tool_calls", []).append(call)
    choice = {"index": 0, "message": message, "finish_reason": _REASONS[script.reason]}
    usage = {"usage": _usage(*script.usage)} if script.usage else {}
    return {"id": ID, "object": "chat.completion", "model": MODEL, "choices": [choice], **usage}
