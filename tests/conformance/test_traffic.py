"""Every recorded stream is lawful, folds to the expected reply, and gives the same events however it is cut."""

from __future__ import annotations

import base64
import json
import random
from typing import Any

import pytest
from eventstream import event
from fluent_ai import laws
from fluent_ai.content.events import Event
from fluent_ai.content.fold import fold
from fluent_ai.content.reply import Reply
from fluent_ai.errors import FluentError
from fluent_ai.interfaces import StreamParser
from fluent_ai.protocols.table import chat_codec, codecs
from recordings import REASON, recorded

TRAFFIC = recorded("traffic")


def expected_streams(wire: str) -> list[dict[str, Any]]:
    """The expected folds of the recorded streams of one wire; empty where the recordings are absent."""
    path = TRAFFIC / "expected.jsonl"
    if not path.exists():
        return []
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["wire"] == wire and row.get("folded") is not False]


def body(row: dict[str, Any]) -> bytes:
    """The recorded body; where the source kept only payloads, with their framing put back."""
    path = TRAFFIC / row["path"]
    data = path.read_bytes()
    if row["path"].endswith(".b64"):
        return base64.b64decode(data)
    if row["path"].endswith("-chunks.ndjson") and row["wire"] == "bedrock_converse":
        # Each line is {kind of event: its payload}.
        payloads = [json.loads(line) for line in data.splitlines() if line.strip()]
        return b"".join(event(kind, json.dumps(found).encode()) for line in payloads for kind, found in line.items())
    if row["path"].endswith("-chunks.ndjson"):
        return b"".join(b"data: " + line + b"\n\n" for line in data.splitlines() if line.strip())
    return data


def parse(parser: StreamParser, pieces: list[bytes]) -> tuple[list[Event], FluentError | None]:
    """The events of a body fed in pieces, and the error that ended it."""
    events: list[Event] = []
    for piece in pieces:
        events += parser.feed(piece)
    try:
        events += parser.finish()
    except FluentError as error:
        return events, error
    return events, None


def differences(row: dict[str, Any], reply: Reply, error: FluentError | None) -> dict[str, tuple[object, object]]:
    """Field -> (ours, expected) where the fold is not what was expected."""
    usage = row["usage"] or {}
    ours: dict[str, object] = {
        "text": reply.text,
        "reasoning": reply.reasoning,
        "tool_calls": [(call.name, call.arguments) for call in reply.tool_calls],
        "finish": reply.raw_reason,
        "input": reply.usage and reply.usage.input_tokens,
        "output": reply.usage and reply.usage.output_tokens,
        "failed": error is not None,
    }
    wanted: dict[str, object] = {
        # A refusal is text that the user should see; the recordings keep it apart.
        "text": row["text"] + (row.get("refusal") or ""),
        # Cohere's plan before tool calls is reasoning; the recordings keep it apart.
        "reasoning": (row.get("tool_plan") or "") + row["reasoning"],
        # Nothing sent as arguments is a call without arguments.
        "tool_calls": [(call["name"], call["arguments"] or {}) for call in row["tool_calls"]],
        # Gemini's gateways give numbers instead of words.
        "finish": None if row["finish_raw"] is None else str(row["finish_raw"]),
        "input": usage.get("input"),
        "output": usage.get("output"),
        # A body in which the recorder recognised nothing is a reply that was cut.
        "failed": bool(row["error"]) or "nothing-recognised" in row["notes"],
    }
    if "several-reasoning-parts" in row["notes"]:
        # The recordings join the pieces of a summary without the breaks that stand between them.
        ours["reasoning"] = reply.reasoning.replace("\n\n", "")
        wanted["reasoning"] = str(wanted["reasoning"]).replace("\n\n", "")
    if error is not None:
        # A reply that failed has no Finish.
        ours.pop("finish")
    return {name: (ours[name], wanted[name]) for name in ours if ours[name] != wanted[name]}


KNOWN: dict[str, str] = {
    "bedrock_converse/bedrock--pydantic-ai__test_bedrock."
    "test_bedrock_model_code_execution_tool_stream.eventstream.b64": "the host runs that tool itself",
    "openai_chat/cerebras--huggingface.js__api.cerebras.ai.chat.315.sse": "cut in mid-event: we call that truncated",
    "openai_responses/openai--ai__openai.responses.parallel-tool-call-wrapper.1-chunks.ndjson": "its first payload is "
    "not JSON",
}
"""Streams that we read otherwise on purpose, with the reason."""

ROWS = [row for protocol in codecs("chat") for row in expected_streams(protocol)]
pytestmark = pytest.mark.skipif(not ROWS, reason=REASON)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_recorded_stream(row: dict[str, Any]) -> None:
    data = body(row)
    new = chat_codec(row["wire"]).parser
    whole = new(row["provider"])
    events, error = parse(whole, [data])
    laws.validate(events, complete=error is None)
    assert whole.partial == fold(events)
    assert not any("not known here" in warning for warning in whole.partial.warnings)
    found = differences(row, whole.partial, error)
    if row["path"] in KNOWN:
        assert found, "listed as known and reads as expected"
    else:
        assert not found

    cuts = sorted(random.Random(7).sample(range(len(data) + 1), min(20, len(data))))
    randomly = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    bytewise = [data[i : i + 1] for i in range(len(data))] if len(data) < 50_000 else randomly
    for pieces in (bytewise, randomly):
        again, error_again = parse(new(row["provider"]), pieces)
        assert again == events
        assert type(error_again) is type(error)


def test_exceptions_are_few() -> None:
    assert len(KNOWN) <= max(1, len(ROWS) // 100)
