"""What models write, cut anywhere, as events: reasoning, texts and calls of every format."""

from __future__ import annotations

import pytest
from fluent_ai import laws
from fluent_ai.content import events as ev
from fluent_ai.content.events import Event
from fluent_ai.content.fold import fold
from fluent_ai.content.parts import ReasoningPart, TextPart, ToolCall, ToolCallPart
from fluent_ai.content.reply import Reply
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai_local.replies.reply_reader import ReplyReader
from fluent_ai_local.replies.written_reply import WrittenReply
from fluent_ai_local.text.reasoning import Reasoning
from fluent_ai_local.text.tool_formats import FORMATS
from hypothesis import given
from hypothesis import strategies as st

THINK = Reasoning("<think>", "</think>")
CALLS = [("now", '{"zone": "a } \\" ] b", "deep": [{"x": [1, 2.5, null]}]}'), ("weather", "{}")]
TOOLS: dict[str, dict[str, object]] = {
    "now": {"properties": {"zone": {"type": "string"}, "deep": {"type": "array"}}},
    "weather": {},
    "f": {"properties": {"n": {"type": "integer"}, "s": {"$ref": "#/$defs/S"}}, "$defs": {"S": {"enum": ["1", "x"]}}},
}
ARGUMENTS = [{"zone": 'a } " ] b', "deep": [{"x": [1, 2.5, None]}]}, {}]


def read(pieces, row: str | None = None, reasoning: Reasoning | None = THINK) -> list[Event]:
    events: list[Event] = []
    writer = ReplyWriter("local", events.append)
    writer.start("id", "model")
    reader = ReplyReader(writer, reasoning=reasoning, row=None if row is None else FORMATS[row], tools=TOOLS)
    for piece in pieces:
        reader.feed(piece)
    reader.finish()
    writer.finish("stop", None)
    laws.validate(events)
    return events


def shape(events: list[Event]) -> list[object]:
    """Starts, ends, and deltas joined: what must not depend on how the text is cut. Ids are drawn anew each time."""
    found: list[object] = []
    for event in events:
        match event:
            case ev.TextDelta(part=part, text=text) | ev.ReasoningDelta(part=part, text=text):
                piece: tuple[object, ...] = (type(event), part, text)
            case ev.ToolCallDelta(part=part, arguments=text):
                piece = (type(event), part, text)
            case ev.ToolCallStart(part=part, name=name):
                found.append((type(event), part, name))
                continue
            case ev.ToolCallEnd(part=part, call=call):
                found.append((type(event), part, call.name, call.arguments, call.valid))
                continue
            case _:
                found.append(event)
                continue
        last = found[-1]
        if isinstance(last, tuple) and last[:2] == piece[:2]:
            found[-1] = (*piece[:2], f"{last[2]}{piece[2]}")
        else:
            found.append(piece)
    return found


def parts(text: str, row: str | None = None, reasoning: Reasoning | None = THINK) -> list[object]:
    return [named(part) for part in fold(read([text], row, reasoning)).parts]


def named(part: object) -> object:
    match part:
        case TextPart(text=text):
            return text
        case ReasoningPart(text=text):
            return ("thought", text)
        case ToolCallPart(call=ToolCall(name=name, arguments=arguments, valid=valid)):
            return (name, arguments) if valid else (name, arguments, "invalid")
    raise AssertionError(type(part))


@pytest.mark.parametrize("row", FORMATS)
def test_calls_are_what_was_written(row):
    written = FORMATS[row].write(CALLS)
    calls = [("now", ARGUMENTS[0]), ("weather", {})]
    assert parts(written, row) == calls
    assert parts(f"<think>\nLet me see.\n</think>\n\n{written}\n", row) == [("thought", "Let me see."), *calls]
    if row == "llama3":  # which has no marker
        written = f"<|python_tag|>{written}"
    assert parts(f"I look.\n\n{written}\n\nDone.\n", row) == ["I look.", *calls, "Done.\n"]


PIECES = (
    *(FORMATS[row].write(calls) for row in FORMATS for calls in (CALLS, CALLS[:1])),
    *(mark for row in FORMATS for mark in FORMATS[row].texts),
    "<think>", "</think>", "\n", " ", "so", '{"', '"}', "{", "}", "[", "]", ",", ":", '"name"', '"arguments"', "null",
    '{"name": "now", "parameters": {}}', '{"answer": 42}', "\\", '"now"', "functions.now:0", "```",
    "<function=now>", "<parameter=zone>", "<parameter=deep>", "</parameter>", "</function>", "now(zone='UTC')",
)  # fmt: skip


@given(data=st.data(), row=st.sampled_from([None, *FORMATS]), said=st.lists(st.sampled_from(PIECES), max_size=7))
def test_it_does_not_matter_how_a_reply_is_cut(data, row, said):
    text = "".join(said)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    cut = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    whole = shape(read([text], row))
    assert shape(read(cut, row)) == whole
    assert shape(read(list(text), row)) == whole


@given(row=st.sampled_from(list(FORMATS)), said=st.lists(st.sampled_from(PIECES), max_size=7))
def test_a_text_without_a_call_is_kept_to_the_letter(row, said):
    text = "".join(said)
    reply = fold(read([text], row, None))
    if not reply.tool_calls:
        assert reply.text == text


@pytest.mark.parametrize("row", FORMATS)
def test_a_call_that_is_cut_is_a_text_or_not_valid(row):
    written = FORMATS[row].write(CALLS[:1])
    close = "</function>" if row == "qwen3-coder" else "}]}"
    complete = written.index(close) + len(close)
    for length in range(len(written)):
        reply = fold(read([written[:length]], row))
        if reply.tool_calls:
            assert reply.text == ""
            assert reply.tool_calls[0].valid == (length >= complete)
        else:
            assert reply.text == written[:length]


@pytest.mark.parametrize(
    ("row", "text", "found"),
    [
        ("hermes", '<tool_call>{"arguments": {"a": 1}, "name": "f"}</tool_call>', [("f", {"a": 1})]),
        ("hermes", '<tool_call>[{"name": "f"}, {"name": "g"}]</tool_call> x', [("f", {}), ("g", {}), "x"]),
        ("hermes", '<tool_call>{"name": "f", "arguments": "{\\"a\\": 1}"}</tool_call>', [("f", {"a": 1})]),
        ("hermes", '<tool_call>{"name": "f", "arguments": null}</tool_call>', [("f", {})]),
        ("hermes", '<tool_call>{"name": "f", "arguments": {a: 1}}</tool_call>', [("f", "{a: 1}", "invalid")]),
        ("hermes", '<tool_call>{"name": "f", "id": [{}], "arguments": {}}</tool_call>', [("f", {})]),
        ("hermes", '<tool_call>{"name": "f", "arguments": {}', [("f", {})]),
        ("hermes", '<tool_call>{"name": 5}</tool_call>', ['<tool_call>{"name": 5}</tool_call>']),
        ("hermes", '<tool_call>oops <tool_call>{"name": "f"}</tool_call>', ["<tool_call>oops", ("f", {})]),
        ("hermes", '<tool_call>{"name": "f", "arguments": {}} so</tool_call>', [("f", {}), "so</tool_call>"]),
        ("qwen3-coder", "<function=f>\n<parameter=n>\n42\n</parameter>\n</function>", [("f", {"n": 42})]),
        ("qwen3-coder", "<function=f><parameter=s>1</parameter></function>\n</tool_call>", [("f", {"s": "1"})]),
        ("qwen3-coder", "<function=f><parameter=n>many</parameter></function>", [("f", {"n": "many"})]),
        ("qwen3-coder", "<function=f><parameter=n>{'a': True}</parameter></function>", [("f", {"n": {"a": True}})]),
        ("qwen3-coder", "<function=f><parameter=s>\n\na\n\n</parameter></function>", [("f", {"s": "\na\n"})]),
        ("qwen3-coder", "<function=g><parameter=n>\n42</parameter></function>", [("g", {"n": "42"})]),
        ("qwen3-coder", "<function=f><parameter=n>4</parameter> so", [("f", '{"n": 4', "invalid"), "so"]),
        ("qwen3-coder", "<tool_call>\n<function=f>\nso", ["<tool_call>\n<function=f>\nso"]),
        ("qwen3-coder", "<function=> </function>", ["<function=> </function>"]),
        ("llama3", '{"name": "nothing", "parameters": {}}', ['{"name": "nothing", "parameters": {}}']),
        ("llama3", '{"name": "now", "age": 3}', ['{"name": "now", "age": 3}']),
        ("llama3", '{"type": "function", "name": "now", "parameters": {}}', [("now", {})]),
        ("llama3", '<|python_tag|>{"name": "other", "parameters": {}}', [("other", {})]),
        ("llama3", "<|python_tag|>print(1)", ["<|python_tag|>print(1)"]),
        ("llama3", 'So {"name": "now", "parameters": {}}', ['So {"name": "now", "parameters": {}}']),
        ("mistral-v11", '[TOOL_CALLS]f[CALL_ID]abcdefghi[ARGS]{"a": 1} x', [("f", {"a": 1}), "x"]),
        ("mistral", '[TOOL_CALLS][{"name": "f", "arguments": {}, "id": "abc"}]', [("f", {})]),
        ("kimi", "<|tool_call_begin|>functions.f:12<|tool_call_argument_begin|>{}<|tool_call_end|>", [("f", {})]),
        ("kimi", f"<|tool_call_begin|>{'f' * 300}", [f"<|tool_call_begin|>{'f' * 300}"]),
        ("gemma", "```tool_code\nprint(f(a=[1], b='x'))\n```", [("f", {"a": [1], "b": "x"})]),
        ("gemma", "```tool_code\n[f(), g(a=True)]\n``` Wait.", [("f", {}), ("g", {"a": True}), "Wait."]),
        ("gemma", "```tool_code\nf(open('x'))\n```", ["```tool_code\nf(open('x'))\n```"]),
        ("gemma", f"```tool_code\n{'(' * 5000}\n```", [f"```tool_code\n{'(' * 5000}\n```"]),
        ("gemma", "```python\nx = 1\n```", ["```python\nx = 1\n```"]),
    ],
)
def test_models_are_forgiven_what_is_clear(row, text, found):
    assert parts(text, row) == found
    assert shape(read(list(text), row)) == shape(read([text], row))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<think>\nA question.\n</think>\n\nYes.", [("thought", "A question."), "Yes."]),
        ("\n<think>A question.", [("thought", "A question.")]),
        ("<think>\n\n</think>\n\nYes.", ["Yes."]),
        ("Write <think> here.</think>", ["Write <think> here.</think>"]),
        ("<thin", ["<thin"]),
        ("  Yes. ", ["  Yes. "]),
    ],
)
def test_reasoning_stands_at_the_beginning(text, found):
    assert parts(text) == found


def test_a_prompt_may_have_opened_the_reasoning():
    opened = Reasoning("<think>", "</think>", opened=True)
    assert parts("A question.\n</think>\n\nYes.", None, opened) == [("thought", "A question."), "Yes."]
    assert parts("<think>\nTwice.</think>Yes.", None, opened) == [("thought", "Twice."), "Yes."]


def test_arguments_come_while_they_are_written():
    text = FORMATS["hermes"].write([("f", '{"a": "' + "x" * 100 + '"}')])
    events = read(list(text), "hermes")
    deltas = [event.arguments for event in events if isinstance(event, ev.ToolCallDelta)]
    assert len(deltas) > 100


def stopped(text: str, stop: str, row: str = "hermes") -> Reply:
    events: list[Event] = []
    writer = ReplyWriter("local", events.append)
    writer.start("id", "model")
    written = WrittenReply(writer, [stop])
    reader = ReplyReader(written, reasoning=THINK, row=FORMATS[row])
    for character in text:
        reader.feed(character)
    reader.finish()
    written.finish()
    writer.finish("stop", None)
    laws.validate(events)
    return fold(events)


def test_a_stop_string_ends_texts_alone():
    call = FORMATS["hermes"].write([("f", '{"a": "END"}')])
    reply = stopped(f"<think>END</think>EN{call}D of it END {call}", "END")
    assert (reply.reasoning, reply.text, len(reply.tool_calls)) == ("END", "END of it ", 1)
    assert reply.tool_calls[0].arguments == {"a": "END"}
