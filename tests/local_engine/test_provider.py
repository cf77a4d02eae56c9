"""A chat request in, events out: the whole engine over a tiny random model."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fluent_ai.content import events as ev
from fluent_ai.content.parts import (
    ImagePart,
    Message,
    ReasoningPart,
    TextPart,
    Tool,
    ToolCall,
    ToolCallPart,
    ToolResultPart,
)
from fluent_ai.content.reply import Usage
from fluent_ai.errors import (
    ConfigError,
    ContextTooLong,
    InvalidRequest,
    NotFound,
    UnsupportedModel,
)
from fluent_ai_local.provider import LocalProvider
from local_chat import phases, request, run, text_of, user


@pytest.fixture(scope="module")
def provider():
    return LocalProvider()


def test_a_reply_is_events_in_order_with_usage(tiny_path):
    provider = LocalProvider()
    events = run(provider, tiny_path, max_tokens=12)
    assert [phase for phase in phases(events) if phase not in ("requantise", "compile")] == ["load", "prefill"]
    assert phases(run(provider, tiny_path)) == ["prefill"]
    start = next(event for event in events if isinstance(event, ev.StreamStart))
    assert (start.model, start.provider) == (str(tiny_path), "local")
    assert start.id
    loading = [event for event in events if isinstance(event, ev.Progress) and event.phase in ("load", "requantise")]
    assert loading[-1].done == loading[-1].total
    # <|im_start|> user \n h e l l o <|im_end|> \n <|im_start|> assistant \n
    assert events[-1] == ev.Finish(
        "length", "max_tokens", Usage(input_tokens=24, output_tokens=12, cached_input_tokens=0)
    )


def test_streamed_pieces_joined_are_the_reply(provider, tiny_path):
    events = run(provider, tiny_path, temperature=1.0, seed=3)
    end = next(event for event in events if isinstance(event, ev.TextEnd))
    assert end.text == text_of(events) != ""


def test_the_system_option_is_the_first_message(provider, tiny_path):
    as_option = run(provider, tiny_path, system="be brief")
    as_message = run(provider, tiny_path, messages=(Message("system", (TextPart("be brief"),)), user("hello")))
    assert text_of(as_option) == text_of(as_message)
    assert as_option[-1].usage.input_tokens == as_message[-1].usage.input_tokens


def test_reasoning_of_earlier_replies_is_left_out(provider, tiny_path):
    reply = Message("assistant", (ReasoningPart("hm"), TextPart("yes")))
    plain = Message("assistant", (TextPart("yes"),))
    with_reasoning = run(provider, tiny_path, messages=(user("a"), reply, user("b")))
    without = run(provider, tiny_path, messages=(user("a"), plain, user("b")))
    assert text_of(with_reasoning) == text_of(without)
    assert with_reasoning[-1].usage.input_tokens == without[-1].usage.input_tokens


def test_a_stop_string_ends_the_reply_before_it(provider, tiny_path):
    whole = text_of(run(provider, tiny_path))
    stop = whole[10:14]
    events = run(provider, tiny_path, stop=(stop, "never said"))
    assert text_of(events) == whole[: whole.index(stop)]
    assert (events[-1].reason, events[-1].raw_reason) == ("stop", "stop_string")


def test_a_stop_string_that_only_began_is_part_of_the_reply(provider, tiny_path):
    whole = text_of(run(provider, tiny_path))
    events = run(provider, tiny_path, stop=(whole[-2:] + "never said",))
    assert text_of(events) == whole
    assert events[-1].reason == "length"


def test_an_end_of_turn_token_ends_the_reply(write_gguf, tiny_path, provider):
    """Sampled from a random model, an end-of-turn token comes sooner or later."""
    events = run(provider, tiny_path, max_tokens=None, temperature=2.0, seed=1)
    assert (events[-1].reason, events[-1].raw_reason) == ("stop", "end_of_turn")
    assert "<|im_end|>" not in text_of(events)


def test_a_conversation_that_does_not_fit_says_its_counts(provider, tiny_path):
    with pytest.raises(ContextTooLong, match=r"prompt has 719 tokens .* room for 1; .* holds 600"):
        run(provider, tiny_path, messages=(user("x" * 700),), max_tokens=None)
    with pytest.raises(ContextTooLong, match=r"prompt has 24 tokens .* room for 577"):
        run(provider, tiny_path, max_tokens=577)
    assert run(provider, tiny_path, max_tokens=576)[-1].usage.output_tokens <= 576


def test_without_max_tokens_the_window_is_the_limit(write_gguf, provider):
    path = write_gguf(metadata={"llama.context_length": 30})
    events = run(provider, path, max_tokens=None)
    assert events[-1] == ev.Finish(
        "length", "context_length", Usage(input_tokens=24, output_tokens=6, cached_input_tokens=0)
    )


def nested(levels: int) -> list[object]:
    value: list[object] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ({"output": {"not": {}}}, "output"),
        ({"tools": (Tool("f"),), "options": {"template": ""}}, "tools and template = '' are given"),
        ({"tools": (Tool("f"),), "tool_choice": "f", "output": {}}, "tool_choice = 'f' and output are given"),
        ({"tools": (Tool("f", parameters={"not": {}}),), "tool_choice": "f"}, r"tools\[0\] \(f\) cannot be enforced"),
        ({"tools": (Tool("f", "\ud800"),)}, r"tools\[0\] holds a lone surrogate"),
        ({"options": {"tool_format": "xml"}}, "tool_format = 'xml'; allowed: 'kimi', "),
        ({"options": {"mirostats": 2}}, "options holds mirostats; allowed: dry_allowed_length, dry_base, "),
        ({"options": {"mirostat": 3}}, r"mirostat = 3; allowed: 0 \(off\), 1, 2"),
        ({"options": {"mirostat": 2}, "top_k": 40}, "mirostat = 2 and top_k = 40 are given"),
        ({"options": {"mirostat": 1, "min_p": 0.1}}, r"mirostat = 1 and min_p = 0\.1 are given"),
        ({"options": {"mirostat": 1}, "temperature": 0.0}, "mirostat = 1 and temperature = 0 are given; 0 is greedy"),
        ({"options": {"mirostat_tau": 3.0}}, "mirostat_tau is given without mirostat"),
        ({"options": {"dry_breakers": ["x"]}}, "dry_breakers is given without dry_multiplier"),
        ({"options": {"dry_multiplier": 1, "dry_breakers": "x"}}, "dry_breakers = 'x'; allowed: a list of texts"),
        ({"options": {"dry_multiplier": 1, "dry_allowed_length": 0}}, "dry_allowed_length = 0; allowed: a whole num"),
        ({"options": {"xtc_probability": 0.5, "xtc_threshold": 0.6}}, r"xtc_threshold = 0\.6; allowed: 0 to 0\.5"),
        ({"options": {"dynatemp_range": -1}}, "dynatemp_range = -1; allowed: at least 0"),
        ({"options": {"logit_bias": {"x": 1}}}, "logit_bias = {'x': 1}; allowed: a dict of token ids and numbers"),
        ({"options": {"logit_bias": {5: float("inf")}}}, "logit_bias = {5: inf}; allowed"),
        ({"options": {"min_p": 1.5}}, r"min_p = 1\.5; allowed: 0 to 1"),
        ({"options": {"typical_p": 0}}, "typical_p = 0; allowed: above 0, to 1"),
        ({"options": {"top_n_sigma": -1}}, "top_n_sigma = -1; allowed: above 0"),
        ({"options": {"repetition_penalty": 0}}, "repetition_penalty = 0; allowed: above 0; 1 is none"),
        ({"options": {"presence_penalty": float("nan")}}, "presence_penalty = nan; allowed: any number"),
        ({"options": {"frequency_penalty": True}}, "frequency_penalty = True; allowed: any number"),
        ({"options": {"precision": "half"}}, "precision = 'half'; allowed: 'exact', 'fast'"),
        ({"extra_body": {"a": 1}}, "extra_body"),
        ({"extra_headers": {"a": "b"}}, "extra_headers"),
        ({"messages": ()}, "messages is empty"),
        ({"messages": (Message("user", (ImagePart(data=b"x"),)),)}, "an ImagePart; the local engine reads text only"),
        ({"messages": (user("a"), Message("tool", (ToolResultPart("1", "x", files=(ImagePart(b"x"),)),)))},
         r"messages\[1\] holds a ToolResultPart with ImagePart; the local engine reads text only"),
        ({"messages": (Message("user", (ToolCallPart(ToolCall("1", "f", {})),)),)}, "which only the assistant makes"),
        ({"messages": (Message("assistant", (ToolCallPart(ToolCall("1", "f", {"a": "\ud800"})),)),)}, "surrogate"),
        ({"messages": (Message("assistant", (ToolCallPart(ToolCall("1", "f", {"a": nested(101)})),)),)},
         r"messages\[0\] is nested deeper than 100 levels"),
        ({"messages": (Message("tool", (TextPart("x"),)),)}, "role 'tool'"),
        ({"messages": (user("a"), user("\ud800"))}, r"messages\[1\] holds a lone surrogate"),
        ({"system": "\ud800"}, "system holds a lone surrogate"),
    ],
)  # fmt: skip
def test_what_the_engine_cannot_do_is_refused_before_loading(tiny_path, option, named):
    events = []
    with pytest.raises(ConfigError, match=named):
        LocalProvider().chat_model(str(tiny_path)).run(request(tiny_path, **option), events.append)
    assert events == []


def test_unknown_models_are_refused_at_once(provider):
    with pytest.raises(NotFound, match=r"did you mean smollm2-135m\?"):
        provider.chat_model("smolm2-135m")


def test_a_model_without_a_template_continues_one_text(provider, tiny_path, write_gguf):
    base = write_gguf(metadata={"tokenizer.chat_template": None})
    continued = run(provider, base, messages=(user("the"),))
    raw = run(provider, tiny_path, messages=(user("the"),), options={"template": ""})
    assert text_of(continued) == text_of(raw)
    assert continued[-1].usage.input_tokens == 1
    for options in ({"system": "be brief"}, {"messages": (user("a"), Message("assistant", (TextPart("b"),)))}):
        with pytest.raises(InvalidRequest, match="the model has no chat template: it continues one text"):
            run(provider, base, **options)


def test_a_template_of_the_callers_replaces_that_of_the_model(provider, tiny_path):
    def given(template):
        return run(provider, tiny_path, options={"template": template})

    assert text_of(
        given("<|im_start|>user\n{{ messages[0].content }}<|im_end|>\n<|im_start|>assistant{{ '\\n' }}")
    ) == text_of(run(provider, tiny_path))
    with pytest.raises(InvalidRequest, match="refuses the messages: not now"):
        given("{{ raise_exception('not now') }}")
    with pytest.raises(UnsupportedModel, match=r"template: .* cannot be rendered: line 1"):
        given("{% if %}")


def test_an_empty_prompt_is_refused(provider, write_gguf):
    with pytest.raises(Exception, match="makes an empty prompt"):
        run(provider, write_gguf(metadata={"tokenizer.chat_template": "{% if false %}{% endif %}"}))


@pytest.mark.parametrize("missing", ["torch", "tokenizers", "gguf", "jinja2"])
def test_a_missing_extra_is_one_clear_error(tiny_path, missing):
    program = f"""
import sys
sys.modules[{missing!r}] = None
from fluent_ai.content.requests import ChatRequest
from fluent_ai_local.provider import LocalProvider
try:
    LocalProvider().chat_model({str(tiny_path)!r}).run(ChatRequest(model="m", messages=()), print)
except Exception as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == f"ConfigError: the local engine needs {missing}: pip install 'fluent-ai[local]'\n"


def test_importing_the_provider_imports_nothing_heavy():
    program = (
        "import fluent_ai_local.provider, sys; sys.exit(' '.join({'torch', 'numpy', 'jinja2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).stderr == b"\n"


@pytest.mark.parametrize(("asked", "allowed"), [("fast", False), (None, True), ("exact", True)])
def test_without_numba_only_the_exact_precision_runs(tiny_path, asked, allowed):
    program = f"""
import sys
sys.modules["numba"] = None
from fluent_ai.content.requests import ChatRequest
from fluent_ai.content.parts import Message, TextPart
from fluent_ai_local.provider import LocalProvider
options = {{"precision": {asked!r}}} if {asked!r} else {{}}
try:
    message = Message("user", (TextPart("hi"),))
    request = ChatRequest(model="m", messages=(message,), max_tokens=3, options=options)
    LocalProvider().chat_model({str(tiny_path)!r}).run(request, lambda event: None)
except Exception as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    refused = "ConfigError: precision = 'fast' needs numba: pip install 'fluent-ai[local]'\n"
    assert done.stderr == ("" if allowed else refused)


def test_a_beginning_that_comes_again_is_not_computed_again(write_gguf):
    """`x` is a token, so 400 of them are a block and a bit; the reply is the one that a fresh process would give."""
    path = write_gguf(metadata={"llama.context_length": 2000})
    long, longer = (user("x" * 400),), (user("x" * 400), Message("assistant", (TextPart("yes"),)), user("y" * 300))
    fresh = [run(LocalProvider(), path, messages=messages) for messages in (long, longer)]
    provider = LocalProvider()
    again = [run(provider, path, messages=messages) for messages in (long, longer, longer)]
    assert [text_of(events) for events in again] == [text_of(events) for events in (*fresh, fresh[1])]
    whole = again[2][-1].usage.input_tokens
    assert [events[-1].usage.cached_input_tokens for events in again] == [0, 256, whole]
    prefill = [event.done for event in again[1] if isinstance(event, ev.Progress) and event.phase == "prefill"]
    assert prefill[0] == 512


def test_another_beginning_shares_nothing(provider, tiny_path):
    assert run(provider, tiny_path, messages=(user("a" * 400),))[-1].usage.cached_input_tokens == 0
    assert run(provider, tiny_path, messages=(user("b" + "a" * 400),))[-1].usage.cached_input_tokens == 0
