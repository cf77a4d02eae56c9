"""What no script can say, because only one wire says it, or says it oddly."""

from __future__ import annotations

from typing import Any

from own_ids import own_id

from written_streams import framings
from written_streams.script import Case, Expected, Frames, Row

_SSE = framings.sse()


def _delta(delta: Row, reason: str | None = None, **more: Any) -> Row:
    return {"id": "1", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}], **more}


def _call(**call: Any) -> Row:
    return _delta({"tool_calls": [call]})


def _openai(name: str, rows: list[Row], *parts: tuple[object, ...], frames: Frames = _SSE, **end: Any) -> Case:
    expected = Expected(parts, end.get("reason", "stop"), end.get("raw", "stop"), end.get("usage"), "1", "m")
    return Case("openai_chat", f"odd-{name}", tuple(rows), frames, expected, end.get("ends", len(rows)))


def _typed(protocol: str, name: str, rows: list[Row], expected: Expected, ends: int | None = None) -> Case:
    return Case(protocol, f"odd-{name}", tuple(rows), framings.sse(named=True), expected, ends or len(rows))


def _argument(path: str, **value: Any) -> Row:
    return {"functionCall": {"partialArgs": [{"jsonPath": path, **value}], "willContinue": True}}


_F, _G = {"name": "f"}, {"name": "g"}
_STOP = _delta({}, "stop")
_CALLED = _delta({}, "tool_calls")
_CALLS = {"reason": "tool_calls", "raw": "tool_calls"}
_ID = {"id": "r", "model": "m"}
_TEXT = {"output_index": 0, "item_id": "i"}


def _bom(rows: Any) -> list[bytes]:
    first, *rest = _SSE(rows)
    return [b"\xef\xbb\xbf" + first, *rest]


def _over_lines(rows: Any) -> list[bytes]:
    """A payload over several lines of data, which the standard joins by line ends."""
    return [frame.replace(b',"model"', b',\ndata: "model"') for frame in _SSE(rows)]


ODD = (
    _openai("refusal", [_delta({"refusal": "No"}), _delta({"refusal": "."}), _STOP], ("text", "No."), reason="refusal"),
    _openai(
        "calls_side_by_side",
        [
            _call(index=0, id="a", function=_F),
            _call(index=1, id="b", function=_G),
            _call(index=0, function={"arguments": '{"x":'}),
            _call(index=1, function={"arguments": "{}"}),
            _call(index=0, function={"arguments": "1}"}),
            _CALLED,
        ],
        ("call", "a", "f", {"x": 1}),
        ("call", "b", "g", {}),
        **_CALLS,
    ),
    _openai(
        "two_calls_in_one_delta",
        [
            _delta({"tool_calls": [{"index": n, "id": str(n), "function": {**_F, "arguments": "{}"}} for n in (0, 1)]}),
            _CALLED,
        ],
        ("call", "0", "f", {}),
        ("call", "1", "f", {}),
        **_CALLS,
    ),
    _openai(
        "empty_ids",
        [_call(index=0, id="", function=_F), _call(index=0, id="", function={"arguments": "{}"}), _CALLED],
        ("call", own_id(0), "f", {}),
        **_CALLS,
    ),
    _openai(
        "stop_with_calls", [_call(index=0, id="a", function=_F), _STOP], ("call", "a", "f", {}), reason="tool_calls"
    ),
    _openai(
        "nulls",
        [_delta({"content": None, "tool_calls": None, "refusal": None}), _delta({"content": "a"}), _STOP],
        ("text", "a"),
    ),
    _openai("finish_with_text", [_delta({"content": "a"}), _delta({"content": "b"}, "stop")], ("text", "ab")),
    _openai("finish_twice", [_delta({"content": "a"}), _STOP, _STOP], ("text", "a"), ends=2),
    _openai(
        "word_of_its_own", [_delta({"content": "a"}), _delta({}, "weary")], ("text", "a"), reason="other", raw="weary"
    ),
    _openai("no_choices_at_first", [_delta({}) | {"choices": []}, _delta({"content": "a"}), _STOP], ("text", "a")),
    _openai(
        "usage_in_pieces",
        [
            _delta({"content": "a"}, usage={"prompt_tokens": 3}),
            _delta({}, usage={"completion_tokens": 1}),
            _delta({}, "stop", usage={"completion_tokens": 2, "prompt_tokens": None}),
        ],
        ("text", "a"),
        usage=(3, 2),
    ),
    _openai("byte_order_mark", [_delta({"content": "ä"}), _STOP], ("text", "ä"), frames=_bom),
    _openai("data_over_lines", [_delta({"content": "ä"}), _STOP], ("text", "ä"), frames=_over_lines),
    _typed(
        "openai_responses",
        "refusal",
        [
            {"type": "response.created", "response": _ID},
            {"type": "response.refusal.delta", **_TEXT, "delta": "No."},
            {"type": "response.completed", "response": {**_ID, "status": "completed"}},
        ],
        Expected((("text", "No."),), "refusal", "completed", None, "r", "m"),
    ),
    _typed(
        "openai_responses",
        "keepalive",
        [
            {"type": "keepalive", "sequence_number": 0},
            {"type": "response.created", "response": _ID},
            {"type": "response.output_text.delta", **_TEXT, "delta": "a"},
            {"type": "keepalive", "sequence_number": 3},
            {"type": "response.completed", "response": {**_ID, "status": "completed"}},
        ],
        Expected((("text", "a"),), "stop", "completed", None, "r", "m"),
    ),
    _typed(
        "anthropic_messages",
        "redacted_thinking",
        [
            {"type": "message_start", "message": _ID},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "redacted_thinking", "data": "x=="}},
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "refusal"}},
            {"type": "message_stop"},
        ],
        Expected((("reasoning", "", "x=="),), "refusal", "refusal", None, "r", "m"),
        4,
    ),
    _typed(
        "anthropic_messages",
        "usage_in_pieces",
        [
            {"type": "message_start", "message": {**_ID, "usage": {"input_tokens": 1, "output_tokens": 1}}},
            {"type": "message_delta", "delta": {}, "usage": {"output_tokens": 2}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"input_tokens": 5}},
            {"type": "message_stop"},
        ],
        Expected((), "stop", "end_turn", (5, 2), "r", "m"),
        3,
    ),
    Case(
        "gemini",
        "odd-arguments_in_pieces",
        tuple(
            {"candidates": [{"content": {"parts": parts}, **end}], "modelVersion": "m", "responseId": "r"}
            for parts, end in (
                ([{"functionCall": {"name": "f", "willContinue": True}}], {}),
                ([_argument("$.city", stringValue="Zü", willContinue=True)], {}),
                ([_argument("$.city", stringValue="rich")], {}),
                ([_argument("$.days[0]", numberValue=1)], {}),
                ([{"functionCall": {}}], {}),
                ([], {"finishReason": "STOP"}),
            )
        ),
        _SSE,
        Expected((("call", own_id(0), "f", {"city": "Zürich", "days": [1]}),), "tool_calls", "STOP", None, "r", "m"),
        6,
    ),
    Case(
        "bedrock_converse",
        "odd-redacted",
        (
            {"messageStart": {"role": "assistant"}},
            {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"reasoningContent": {"redactedContent": "AAEC"}}}},
            {"contentBlockStop": {"contentBlockIndex": 0}},
            {"messageStop": {"stopReason": "content_filtered"}},
        ),
        framings.aws,
        Expected((("reasoning", "", "AAEC"),), "content_filter", "content_filtered", None),
        4,
    ),
)
