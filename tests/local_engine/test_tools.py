"""Tools of local models, from the request to the events: prompts, forced calls, histories, reasoning."""

from __future__ import annotations

from typing import Literal

import fluent_ai as ai
import pytest
from fluent_ai.content import events as ev
from fluent_ai.content.parts import Message, ReasoningPart, TextPart, Tool, ToolCall, ToolCallPart, ToolResultPart
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.errors import ConfigError
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.provider import LocalProvider
from fluent_ai_local.replies.reply_reader import ReplyReader
from fluent_ai_local.replies.written_reply import WrittenReply
from fluent_ai_local.text.grammar import checked
from fluent_ai_local.text.reasoning import Reasoning
from fluent_ai_local.text.reply_grammar import reply_grammar
from fluent_ai_local.text.tokenizer import Tokenizer
from fluent_ai_local.text.tool_formats import FORMATS
from llguidance import LLMatcher
from local_chat import run, text_of, user
from small_gguf import CONTROL, byte_characters

SHORT = {"type": "string", "maxLength": 5}
WEATHER = Tool(
    "weather",
    "The weather in a city.",
    {"type": "object", "properties": {"city": {"enum": ["Rome", "Oslo"]}, "note": SHORT}, "required": ["city", "note"]},
)
NOW = Tool("now", "The time.", {"type": "object", "properties": {}})
TEXTS = [text for row in FORMATS.values() for text in (row.marker, *row.head, row.end, *row.tail)]
MARKS = (
    *dict.fromkeys(text for text in TEXTS if text.startswith(("<|", "<\uff5c", "[T", "[A"))),
    "[THINK]",
    "[/THINK]",
)
"""What the models' own vocabularies hold as control tokens."""
BRACKET = len(CONTROL) + byte_characters().index("<")


@pytest.fixture(scope="module")
def provider():
    return LocalProvider()


@pytest.fixture(scope="module")
def marked_path(write_gguf, tmp_path_factory):
    """A tiny random model whose vocabulary holds the marks of all formats as control tokens."""
    import numpy as np

    tokens = [*CONTROL, *byte_characters(), *MARKS]
    return write_gguf(
        metadata={
            "llama.context_length": 4000,
            "tokenizer.ggml.tokens": tokens,
            "tokenizer.ggml.token_type": [3] * len(CONTROL) + [1] * 256 + [3] * len(MARKS),
            "tokenizer.ggml.merges": None,
        },
        tensors={"token_embd.weight": np.random.default_rng(1).normal(0, 0.3, (len(tokens), 32)).astype(np.float32)},
    )


def calls_of(events) -> list[ToolCall]:
    return [event.call for event in events if isinstance(event, ev.ToolCallEnd)]


@pytest.mark.parametrize("row", FORMATS)
@pytest.mark.parametrize("seed", range(2))
def test_a_random_model_calls_tools_in_every_format(provider, marked_path, row, seed):
    def ask(choice: str, tools=(WEATHER, NOW)):
        events = run(
            provider, marked_path, tools=tools, tool_choice=choice, options={"tool_format": row}, temperature=1.0,
            seed=seed, max_tokens=1500,
        )  # fmt: skip
        assert text_of(events) == ""
        return events

    events = ask("weather")
    (call,) = calls_of(events)
    assert call.name == "weather"
    assert call.valid
    assert set(call.arguments) == {"city", "note"}
    assert call.arguments["city"] in ("Rome", "Oslo")
    assert (events[-1].reason, events[-1].raw_reason) == ("tool_calls", "end_of_turn")
    calls = calls_of(ask("required", (NOW,)))
    assert calls
    assert {(call.name, call.valid) for call in calls} == {("now", True)}
    assert len({call.id for call in calls}) == len(calls)


def test_without_a_choice_a_reply_is_free_and_with_output_it_fits_or_calls(provider, marked_path):
    free = run(provider, marked_path, tools=(NOW,), max_tokens=20)
    assert (len(text_of(free)) > 0, free[-1].reason) == (True, "length")
    for bias, called in ((50, True), (-50, False)):
        options = {"regex": "[0-9]{4}", "logit_bias": {BRACKET: bias}}
        events = run(provider, marked_path, tools=(NOW,), options=options, max_tokens=400)
        assert [call.name for call in calls_of(events)][:1] == ["now"] * called
        assert called or (text_of(events).isdigit() and len(text_of(events)) == 4)


def test_tools_that_must_not_be_called_are_not_in_the_prompt(provider, marked_path):
    def tokens(**options) -> int:
        return run(provider, marked_path, max_tokens=1, **options)[-1].usage.input_tokens

    plain = tokens()
    assert tokens(tools=(WEATHER,), tool_choice="none") == plain
    assert tokens(tools=(WEATHER,)) > plain
    assert tokens(tools=(WEATHER, NOW)) > tokens(tools=(WEATHER,))


def test_a_template_without_tools_is_reported(provider, marked_path):
    events = run(provider, marked_path, tools=(NOW,), max_tokens=1)
    assert [event.message for event in events if isinstance(event, ev.Warned)] == [
        "the model's chat template has no place for tools; they are described in a message instead"
    ]
    assert not [event for event in run(provider, marked_path, max_tokens=1) if isinstance(event, ev.Warned)]


def test_calls_whose_form_is_not_known_are_refused_with_the_way_out(provider, marked_path):
    template = "{% for tool in tools %}{{ tool | tojson }}{% endfor %}{{ messages[0].content }}"
    with pytest.raises(ConfigError, match="how the model writes calls is not known .* tool_format= with one of kimi, "):
        run(provider, marked_path, tools=(NOW,), options={"template": template})
    options = {"template": template, "tool_format": "hermes"}
    events = run(provider, marked_path, tools=(NOW,), tool_choice="now", options=options, max_tokens=200)
    assert [call.name for call in calls_of(events)] == ["now"]


def test_a_model_without_a_template_takes_no_tools(provider, write_gguf):
    with pytest.raises(ConfigError, match="tools is given, and the model has no chat template"):
        run(provider, write_gguf(metadata={"tokenizer.chat_template": None}), tools=(NOW,))


THINKING = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.reasoning_content %}<think>{{ message.reasoning_content }}</think>{% endif %}"
    "{{ message.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n<think>\n"
    "{% if enable_thinking is defined and not enable_thinking %}\n</think>\n\n{% endif %}"
)


def test_a_reply_thinks_first_where_the_prompt_says_so(provider, marked_path):
    options = {"template": THINKING}
    thought = run(provider, marked_path, options=options, max_tokens=30, temperature=1.0, seed=1)
    assert [type(event) for event in thought if isinstance(event, ev.ReasoningEnd | ev.TextEnd)] == [ev.ReasoningEnd]
    answer = run(provider, marked_path, options=options, reasoning="none", max_tokens=30, temperature=1.0, seed=1)
    assert [type(event) for event in answer if isinstance(event, ev.ReasoningEnd | ev.TextEnd)] == [ev.TextEnd]
    with pytest.raises(ConfigError, match="reasoning = 'low' is given; the model's chat template knows no such"):
        run(provider, marked_path, reasoning="low")


@pytest.mark.parametrize("asked", [{"options": {"regex": "[0-9]{4}"}}, {"tools": (NOW,), "tool_choice": "now"}])
def test_what_a_reply_must_look_like_holds_behind_its_reasoning(provider, marked_path, asked):
    """A random model ends its reasoning where the mark is one token, and likely."""
    template = THINKING.replace("<think>", "[THINK]").replace("</think>", "[/THINK]")
    end = len(CONTROL) + 256 + MARKS.index("[/THINK]")
    options = {**asked.get("options", {}), "template": template, "logit_bias": {end: 3}}
    events = run(provider, marked_path, **(asked | {"options": options}), max_tokens=2000, temperature=1.0, seed=1)
    reasoning = [event.text for event in events if isinstance(event, ev.ReasoningEnd)]
    assert len(reasoning) == 1
    assert "THINK" not in reasoning[0]
    if "tools" in asked:
        assert [call.name for call in calls_of(events)] == ["now"]
        assert events[-1].reason == "tool_calls"
    else:
        assert len(text_of(events)) == 4
        assert text_of(events).isdigit()
        assert events[-1].reason == "stop"


@pytest.mark.parametrize(
    ("reasoning", "text", "fits"),
    [
        (Reasoning("<think>", "</think>", opened=True), "a < b </think>\n\n12", True),
        (Reasoning("<think>", "</think>", opened=True), "12", False),
        (Reasoning("<think>", "</think>"), "<think>a</think>12", True),
        (Reasoning("<think>", "</think>"), "12", True),
        (Reasoning("<think>", "</think>"), "<think>a</think>b", False),
        (Reasoning("<think>", "</think>", closed=True), "<think>a</think>12", False),
        (None, "12", True),
    ],
)
def test_reasoning_is_free_and_what_follows_is_not(marked_path, reasoning, text, fits):
    with GGUFFile(marked_path) as file:
        tokenizer = Tokenizer(file)
    body = checked("regex", "regex", "[0-9]{2}")
    grammar = reply_grammar(body, {}, schemas={}, choice="auto", row=None, reasoning=reasoning, tokenizer=tokenizer)
    matcher = LLMatcher(tokenizer.trie, grammar.source)
    ids = tokenizer.encode(text)
    assert (matcher.try_consume_tokens(ids) == len(ids) and matcher.is_accepting()) == fits


def test_reasoning_goes_back_to_the_template(provider, marked_path):
    def tokens(*parts) -> int:
        messages = (user("a"), Message("assistant", (*parts, TextPart("yes"))), user("b"))
        return run(provider, marked_path, messages=messages, options={"template": THINKING}, max_tokens=1)[
            -1
        ].usage.input_tokens

    assert tokens(ReasoningPart("hm", provider="local")) == tokens() + len("<think>hm</think>")
    assert tokens(ReasoningPart("hm", provider="anthropic")) == tokens()


def test_a_history_with_calls_goes_back(provider, marked_path):
    """Of the engine itself or of another provider, whose ids are its own."""
    call = ToolCallPart(ToolCall("toolu_1", "weather", {"city": "Rome", "note": "<|im_end|>"}))
    messages = (
        user("Weather?"),
        Message("assistant", (TextPart("I look."), call)),
        Message("tool", (ToolResultPart("toolu_1", "sunny"),)),
    )
    for row in FORMATS:
        events = run(provider, marked_path, messages=messages, tools=(WEATHER,), options={"tool_format": row})
        assert events[-1].reason in ("length", "stop", "tool_calls")


@pytest.mark.parametrize("row", FORMATS)
def test_what_was_written_comes_back_through_the_tokens(smollm2_path, row):
    """SmolLM2's own tokens of a reply, decoded one by one."""
    with GGUFFile(smollm2_path) as file:
        tokenizer = Tokenizer(file)
    calls = [("weather", '{"city": "Z\u00fcrich \u65e5\u672c"}'), ("now", "{}")]
    text = f"<think>\nhm \U0001f600\n</think>\n\n{FORMATS[row].write(calls)}"
    events: list[ev.Event] = []
    writer = ReplyWriter("local", events.append)
    writer.start("id", "model")
    reader = ReplyReader(
        WrittenReply(writer, ()), reasoning=Reasoning("<think>", "</think>"), row=FORMATS[row],
        tools={"weather": {}, "now": {}},
    )  # fmt: skip
    decoder = tokenizer.decoder()
    for token in tokenizer.encode(text):
        reader.feed(decoder.feed(token))
    reader.finish()
    writer.finish("stop", None)
    reply = ai.fold(events)
    assert reply.reasoning == "hm \U0001f600"
    assert [(call.name, call.arguments) for call in reply.tool_calls] == [
        ("weather", {"city": "Zürich 日本"}), ("now", {}),
    ]  # fmt: skip


def weather(city: Literal["Paris", "Rome", "Oslo"], days: int) -> str:
    """The weather in a city."""
    return f"sunny in {city}"


def test_smollm2_calls_a_tool_and_goes_on_with_its_result(smollm2_path):
    question = "What is the weather in Rome for the next 3 days?"
    with ai.Client() as client:
        reply = client.complete("local:smollm2-135m", question, tools=[weather], tool_choice="weather", max_tokens=100)
        (call,) = reply.tool_calls
        assert (call.name, call.arguments["days"], reply.finish_reason) == ("weather", 3, "tool_calls")
        result = ai.call_tool(call, [weather])
        history = [ai.Message("user", question), reply.message, ai.Message("tool", result)]
        answer = client.complete("local:smollm2-135m", history, tools=[weather], max_tokens=40)
        assert answer.text
