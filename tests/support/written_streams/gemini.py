"""Scripts as the responses of Gemini's streamGenerateContent. Source: https://ai.google.dev/api/generate-content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Frames, Row, Script, Text, Think, expected_parts

ID, MODEL = "A1b2", "acme-flash"
_REASONS = {"stop": "STOP", "length": "MAX_TOKENS", "tool_calls": "STOP", "content_filter": "SAFETY"}
_NUMBERS = {"STOP": 1, "MAX_TOKENS": 2, "SAFETY": 3}
_SSE = framings.sse(line_end=b"\r\n")


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        if not script.valid:
            continue
        yield _case("sse", script, _streamed(script), _SSE)
        yield _case("array", script, _streamed(script), framings.array)
        yield _case("numbers", script, _streamed(script, numbers=True), framings.sse())
        yield _case("with_ids", script, _streamed(script, ids=True), framings.sse(ascii=True))
        yield _case("whole", script, [_whole(script)], framings.document)


def _case(dialect: str, script: Script, rows: list[Row], frames: Frames) -> Case:
    raw = _REASONS[script.reason]
    if dialect == "numbers":
        raw = str(_NUMBERS[raw])
    called = any(isinstance(step, Call) for step in script.steps) and script.reason == "stop"
    expected = Expected(
        expected_parts(script, ids=dialect == "with_ids"),
        "tool_calls" if called else script.reason,
        raw,
        script.usage,
        ID,
        MODEL,
    )
    unknown = {**_head(script, 1), "newMetadata": {"a": 1}}
    return Case("gemini", f"{dialect}-{script.name}", tuple(rows), frames, expected, len(rows), unknown)


def _streamed(script: Script, *, ids: bool = False, numbers: bool = False) -> list[Row]:
    rows = [_chunk(script, [part]) for step in script.steps for part in _parts(step, ids=ids)]
    reason = _REASONS[script.reason]
    return [*rows, _chunk(script, [], _NUMBERS[reason] if numbers else reason)]


def _chunk(script: Script, parts: list[Row], reason: object = None) -> Row:
    candidate: dict[str, Any] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if reason is not None:
        candidate["finishReason"] = reason
    written = script.usage[1] if script.usage and reason is not None else 1
    return {"candidates": [candidate], **_head(script, written)}


def _head(script: Script, written: int) -> dict[str, Any]:
    head: dict[str, Any] = {"modelVersion": MODEL, "responseId": ID}
    if script.usage:
        head["usageMetadata"] = {"promptTokenCount": script.usage[0], "candidatesTokenCount": written}
    return head


def _parts(step: Text | Think | Call, *, ids: bool = False) -> Iterator[Row]:
    match step:
        case Text():
            yield from ({"text": piece} for piece in step.pieces)
        case Think():
            yield from ({"text": piece, "thought": True} for piece in step.pieces)
            if step.seal:
                yield {"text": "", "thought": True, "thoughtSignature": step.seal}
        case Call():
            named = {"id": step.id} if ids else {}
            yield {"functionCall": {**named, "name": step.name, "args": step.arguments}}


def _whole(script: Script) -> Row:
    parts = [part for step in script.steps for part in _parts(step)]
    return _chunk(script, parts, _REASONS[script.reason])
