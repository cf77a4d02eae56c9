"""Scripts as events of OpenAI's Responses, and of Perplexity's agent, which speaks a part of it.

Source: https://platform.openai.com/docs/api-reference/responses-streaming.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from written_streams import framings
from written_streams.script import Call, Case, Expected, Row, Script, Text, Think, expected_parts

ID, MODEL = "resp_1", "acme-large"
_STATUS = {"stop": "completed", "tool_calls": "completed", "length": "incomplete", "content_filter": "incomplete"}
_WHY = {"length": "max_output_tokens", "content_filter": "content_filter"}
_UNKNOWN = {"type": "response.something_new.delta", "output_index": 0, "delta": "no text"}
_NAMED = framings.sse(named=True)


def cases(scripts: tuple[Script, ...]) -> Iterator[Case]:
    for script in scripts:
        rows = (*_start(), *_numbered(_streamed(script)), _end(script))
        yield _case("openai_responses", "openai", script, rows)
        bare = (*_start(), *_numbered(_streamed(script, done=False)), _end(script), b"[DONE]")
        yield _case("openai_responses", "openrouter", script, (b": OPENROUTER PROCESSING", *bare), len(bare))
        items = (*_start(), *_numbered(_items_only(script)), _end(script))
        yield _case("openai_responses", "items_only", script, items)
        late = (_start()[0], {**_end(script), "response": _response(script)})
        yield _case("openai_responses", "only_the_end", script, late)
        yield _case("openai_responses", "whole", script, (_response(script),))
        yield _case("perplexity_agent", "perplexity", script, (*_start(), *_streamed(script, done=False), _end(script)))


def _case(protocol: str, dialect: str, script: Script, rows: tuple[Row, ...], ends: int | None = None) -> Case:
    frames = framings.document if dialect == "whole" else _NAMED if dialect == "openai" else framings.sse()
    called = any(isinstance(step, Call) for step in script.steps) and script.reason == "stop"
    reason = "tool_calls" if called else script.reason
    expected = Expected(expected_parts(script), reason, _STATUS[script.reason], script.usage, ID, MODEL)
    return Case(protocol, f"{dialect}-{script.name}", rows, frames, expected, ends or len(rows), _UNKNOWN)


def _start() -> tuple[Row, ...]:
    response = {"id": ID, "object": "response", "model": MODEL, "status": "in_progress", "output": [], "usage": None}
    return tuple({"type": f"response.{kind}", "response": response} for kind in ("created", "in_progress"))


def _numbered(rows: Iterator[Row]) -> Iterator[Row]:
    return ({**row, "sequence_number": number} for number, row in enumerate(rows))


def _end(script: Script) -> Row:
    return {"type": f"response.{_STATUS[script.reason]}", "response": {**_response(script), "output": []}}


def _response(script: Script) -> dict[str, Any]:
    why = _WHY.get(script.reason)
    return {
        "id": ID,
        "object": "response",
        "model": MODEL,
        "status": _STATUS[script.reason],
        "incomplete_details": {"reason": why} if why else None,
        "error": None,
        "output": [_item(step, number) for number, step in enumerate(script.steps)],
        "usage": script.usage and {"input_tokens": script.usage[0], "output_tokens": script.usage[1]},
    }


def _item(step: Text | Think | Call, number: int) -> dict[str, Any]:
    text, item = "".join(step.pieces), {"id": f"item_{number}", "status": "completed"}
    match step:
        case Text():
            content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}]
            return {**item, "type": "message", "role": "assistant", "content": content}
        case Think():
            summary = [{"type": "summary_text", "text": text}] if text else []
            return {**item, "type": "reasoning", "summary": summary, "encrypted_content": step.seal}
        case Call():
            return {**item, "type": "function_call", "call_id": step.id, "name": step.name, "arguments": text}


def _items_only(script: Script) -> Iterator[Row]:
    for number, step in enumerate(script.steps):
        yield {"type": "response.output_item.done", "output_index": number, "item": _item(step, number)}


def _streamed(script: Script, *, done: bool = True) -> Iterator[Row]:
    """With every event there is, or without those that only say again what the deltas said."""
    for number, step in enumerate(script.steps):
        item = _item(step, number)
        place = {"output_index": number, "item_id": item["id"]}
        empty = {**item, "status": "in_progress", **_emptied(step)}
        yield {"type": "response.output_item.added", "output_index": number, "item": empty}
        kind = _DELTAS[type(step)]
        yield from ({"type": f"response.{kind}.delta", **place, "delta": piece} for piece in step.pieces)
        if done:
            name = "arguments" if isinstance(step, Call) else "text"
            yield {"type": f"response.{kind}.done", **place, name: "".join(step.pieces)}
        yield {"type": "response.output_item.done", "output_index": number, "item": item}


_DELTAS = {Text: "output_text", Think: "reasoning_summary_text", Call: "function_call_arguments"}


def _emptied(step: Text | Think | Call) -> dict[str, Any]:
    return {"arguments": ""} if isinstance(step, Call) else {"content": [], "summary": [], "encrypted_content": None}
