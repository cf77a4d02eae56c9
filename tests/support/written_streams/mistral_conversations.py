"""Scripts as the events of Mistral's conversations. Source: `ConversationEvents` of Mistral's specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

ID, MODEL = "conv_1", "mistral-large-2512"
_UNKNOWN = {"type": "tool.execution.mood", "id": "x", "output_index": 0, "mood": "good"}


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        if script.reason not in ("stop", "tool_calls") or script.sealed:
            continue
        rows = tuple(_streamed(script))
        yield _case("mistral", script, rows)
        yield _case("chunks", script, tuple(_streamed(script, chunks=True)))
        yield _case("whole", script, (_whole(script),))


def _case(dialect: str, script: Script, rows: tuple[Row, ...]) -> Case:
    # It gives no reason, so a reply that calls is one that waits for results.
    reason = "tool_calls" if any(isinstance(step, Call) for step in script.steps) else "stop"
    expected = Expected(expected_parts(script), reason, None, script.usage, ID, MODEL if script.steps else None)
    frames = framings.document if dialect == "whole" else framings.sse(named=True)
    return Case("mistral_conversations", f"{dialect}-{script.name}", rows, frames, expected, len(rows), _UNKNOWN)


def _streamed(script: Script, *, chunks: bool = False) -> Iterator[Row]:
    yield {"type": "conversation.response.started", "conversation_id": ID}
    for index, step in enumerate(script.steps):
        about = {"id": f"e{index}", "output_index": index, "model": MODEL}
        for piece in step.pieces or ("",):
            if isinstance(step, Call):
                call = {"tool_call_id": step.id, "name": step.name, "arguments": piece}
                yield {"type": "function.call.delta", **about, **call}
            else:
                content = _chunk(step, piece) if chunks or isinstance(step, Think) else piece
                yield {"type": "message.output.delta", **about, "content": content}
    yield {"type": "conversation.response.done", "usage": _usage(script)}


def _chunk(step: Text | Think, piece: str) -> dict[str, Any]:
    text = {"type": "text", "text": piece}
    return text if isinstance(step, Text) else {"type": "thinking", "thinking": [text]}


def _usage(script: Script) -> dict[str, Any]:
    """What tools found is read by the model, and is no part of the prompt's tokens."""
    if script.usage is None:
        return {}
    read, written = script.usage
    found = min(2, read)
    counts = {"prompt_tokens": read - found, "completion_tokens": written, "total_tokens": read + written}
    return {**counts, "connector_tokens": found, "connectors": {"web_search": 1}}


def _whole(script: Script) -> Row:
    return {"conversation_id": ID, "outputs": [_entry(step) for step in script.steps], "usage": _usage(script)}


def _entry(step: Text | Think | Call) -> dict[str, Any]:
    text = "".join(step.pieces)
    if isinstance(step, Call):
        return {"type": "function.call", "tool_call_id": step.id, "name": step.name, "arguments": text, "model": MODEL}
    content = [_chunk(step, text)] if isinstance(step, Think) else text
    return {"type": "message.output", "role": "assistant", "content": content, "model": MODEL}
