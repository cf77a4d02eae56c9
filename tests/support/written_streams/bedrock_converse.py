"""Scripts as the messages of Bedrock's ConverseStream.

Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "guardrail_intervened",
}
_UNKNOWN = {"somethingNew": {"contentBlockIndex": 0, "delta": {"note": "no text"}}}


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        rows = tuple(_streamed(script))
        yield _case("bedrock", script, rows, len(rows) - 1 if script.usage else len(rows))
        if script.valid:
            yield _case("whole", script, (_whole(script),), 1)


def _case(dialect: str, script: Script, rows: tuple[Row, ...], ends: int) -> Case:
    expected = Expected(expected_parts(script), script.reason, _REASONS[script.reason], script.usage)
    frames = framings.document if dialect == "whole" else framings.aws
    return Case("bedrock_converse", f"{dialect}-{script.name}", rows, frames, expected, ends, _UNKNOWN)


def _streamed(script: Script) -> Iterator[Row]:
    yield {"messageStart": {"role": "assistant"}}
    for index, step in enumerate(script.steps):
        place = {"contentBlockIndex": index}
        if isinstance(step, Call):
            yield {"contentBlockStart": {**place, "start": {"toolUse": {"toolUseId": step.id, "name": step.name}}}}
        for delta in _deltas(step):
            yield {"contentBlockDelta": {**place, "delta": delta}}
        yield {"contentBlockStop": place}
    yield {"messageStop": {"stopReason": _REASONS[script.reason]}}
    if script.usage:
        yield {"metadata": {"usage": _usage(*script.usage), "metrics": {"latencyMs": 5}}}


def _deltas(step: Text | Think | Call) -> Iterator[Row]:
    for piece in step.pieces:
        match step:
            case Text():
                yield {"text": piece}
            case Think():
                yield {"reasoningContent": {"text": piece}}
            case Call():
                yield {"toolUse": {"input": piece}}
    if isinstance(step, Think) and step.seal:
        yield {"reasoningContent": {"signature": step.seal}}


def _usage(read: int, written: int) -> dict[str, Any]:
    return {"inputTokens": read, "outputTokens": written, "totalTokens": read + written}


def _whole(script: Script) -> Row:
    content = [_block(step) for step in script.steps]
    usage = {"usage": _usage(*script.usage)} if script.usage else {}
    message = {"role": "assistant", "content": content}
    return {"output": {"message": message}, "stopReason": _REASONS[script.reason], **usage}


def _block(step: Text | Think | Call) -> Row:
    text = "".join(step.pieces)
    match step:
        case Text():
            return {"text": text}
        case Think():
            return {"reasoningContent": {"reasoningText": {"text": text, "signature": step.seal}}}
        case Call():
            return {"toolUse": {"toolUseId": step.id, "name": step.name, "input": step.arguments}}
