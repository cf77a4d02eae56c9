"""A chat request in, events out: the whole engine over a tiny random model."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fluent_ai import laws
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
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import (
    Cancelled,
    ConfigError,
    ContextTooLong,
    InvalidRequest,
    ModelLoadFailed,
    NotFound,
    OutOfMemory,
    UnsupportedModel,
    WeightsCorrupt,
)
from fluent_ai_local.catalog import loaded_models as engine
from fluent_ai_local.provider import LocalProvider


@pytest.fixture(scope="module")
def provider():
    return LocalProvider()


def user(text: str) -> Message:
    return Message("user", (TextPart(text),))


def request(model, **options) -> ChatRequest:
    options.setdefault("messages", (user("hello"),))
    options.setdefault("max_tokens", 40)
    return ChatRequest(model=str(model), **options)


def run(provider, model, **options) -> list[ev.Event]:
    events: list[ev.Event] = []
    provider.chat_model(str(model)).run(request(model, **options), events.append)
    laws.validate(events)
    return events


def text_of(events) -> str:
    return "".join(event.text for event in events if isinstance(event, ev.TextDelta))


def phases(events) -> list[str]:
    return list(dict.fromkeys(event.phase for event in events if isinstance(event, ev.Progress)))


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


def test_greedy_is_the_default_and_a_seed_repeats_chance(provider, tiny_path):
    greedy = text_of(run(provider, tiny_path))
    assert greedy == text_of(run(provider, tiny_path, temperature=0.0)) == text_of(run(provider, tiny_path, top_k=1))
    chance = text_of(run(provider, tiny_path, top_p=0.99, seed=5))
    assert chance != greedy
    assert chance == text_of(run(provider, tiny_path, top_p=0.99, temperature=1.0, seed=5))
    assert chance != text_of(run(provider, tiny_path, top_p=0.99, seed=6))


def test_without_a_seed_chance_differs(provider, tiny_path):
    assert len({text_of(run(provider, tiny_path, temperature=2.0)) for _ in range(3)}) > 1


def test_the_system_option_is_the_first_message(provider, tiny_path):
    as_option = run(provider, tiny_path, system="be brief")
    as_message = run(provider, tiny_path, messages=(Message("system", (TextPart("be brief"),)), user("hello")))
    assert text_of(as_option) == text_of(as_message)
    assert as_option[-1] == as_message[-1]


def test_reasoning_of_earlier_replies_is_left_out(provider, tiny_path):
    reply = Message("assistant", (ReasoningPart("hm"), TextPart("yes")))
    plain = Message("assistant", (TextPart("yes"),))
    with_reasoning = run(provider, tiny_path, messages=(user("a"), reply, user("b")))
    assert with_reasoning[-1] == run(provider, tiny_path, messages=(user("a"), plain, user("b")))[-1]


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


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ({"tools": (Tool("f"),)}, "tools"),
        ({"tool_choice": "auto"}, "tool_choice"),
        ({"output": {"not": {}}}, "output"),
        ({"reasoning": "low"}, "reasoning"),
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
        ({"messages": (Message("user", (ImagePart(data=b"x"),)),)}, r"messages\[0\] holds a ImagePart"),
        ({"messages": (user("a"), Message("tool", (ToolResultPart("1", "x"),)))}, r"messages\[1\] holds a ToolResult"),
        ({"messages": (Message("assistant", (ToolCallPart(ToolCall("1", "f", {})),)),)}, "ToolCallPart"),
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


@pytest.mark.parametrize("moment", [ev.Progress, ev.StreamStart, ev.TextStart, ev.TextDelta, ev.Ping])
def test_a_consumer_that_leaves_ends_the_run_and_the_model_stays_usable(tiny_path, moment):
    provider = LocalProvider()
    seen = []

    def leave(event):
        seen.append(event)
        if isinstance(event, moment):
            raise Cancelled("the consumer has left")

    with pytest.raises(Cancelled):
        provider.chat_model(str(tiny_path)).run(request(tiny_path, max_tokens=None, stop=("\x00",)), leave)
    assert isinstance(seen[-1], moment)
    assert isinstance(run(provider, tiny_path)[-1], ev.Finish)


def test_threads_load_once_and_get_the_replies_they_would_get_alone(tiny_path):
    provider = LocalProvider()
    together = threading.Barrier(4)

    def reply(seed: int) -> list[ev.Event]:
        together.wait()
        return run(provider, tiny_path, temperature=1.0, seed=seed)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(reply, range(4)))
    assert sum("load" in phases(events) for events in replies) == 1
    assert [text_of(events) for events in replies] == [
        text_of(run(provider, tiny_path, temperature=1.0, seed=seed)) for seed in range(4)
    ]


def test_two_replies_may_be_read_in_turns(tiny_path, provider):
    """A reply whose consumer pauses must not hold up another one."""
    paused, done = threading.Event(), threading.Event()

    def pause(event):
        if isinstance(event, ev.TextDelta):
            paused.set()
            done.wait()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), pause)
        paused.wait()
        try:
            assert isinstance(run(provider, tiny_path)[-1], ev.Finish)
        finally:
            done.set()
        first.result()


def test_who_waits_for_another_load_may_leave(tiny_path, monkeypatch):
    provider = LocalProvider()
    loading, go_on = threading.Event(), threading.Event()

    def hold(event):
        if isinstance(event, ev.Progress) and event.phase == "load":
            loading.set()
            go_on.wait()

    def leave(event):
        assert event == ev.Ping()
        raise Cancelled("gone")

    chat = provider.chat_model(str(tiny_path))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(chat.run, request(tiny_path), hold)
        loading.wait()
        try:
            with pytest.raises(Cancelled):
                chat.run(request(tiny_path), leave)
        finally:
            go_on.set()
        first.result()


class Held:
    """Holds a load until `go_on`, then lets it end, or fail with `error`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.loading, self.go_on = threading.Event(), threading.Event()
        self._error = error

    def __call__(self, event: ev.Event) -> None:
        if isinstance(event, ev.Progress) and event.phase == "load" and not self.loading.is_set():
            self.loading.set()
            assert self.go_on.wait(60)
            if self._error is not None:
                raise self._error


def test_a_model_does_not_wait_for_the_load_of_another(tiny_path, write_gguf):
    provider, held = LocalProvider(), Held()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        try:
            assert ev.Ping() not in run(provider, write_gguf(seed=9))[:2]
        finally:
            held.go_on.set()
        first.result()


def test_two_names_of_one_file_are_loaded_once(tiny_path, tmp_path):
    link = tmp_path / "link.gguf"
    link.symlink_to(tiny_path)
    provider, held = LocalProvider(), Held()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        second = pool.submit(run, provider, link)
        held.go_on.set()
        first.result()
        assert "load" not in phases(second.result())


def test_who_waits_for_a_load_that_fails_loads_it_himself(tiny_path):
    provider, held = LocalProvider(), Held(OutOfMemory("full", estimate=1))
    waiting = threading.Event()
    seen: list[ev.Event] = []

    def note(event: ev.Event) -> None:
        seen.append(event)
        waiting.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        second = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), note)
        assert waiting.wait(60)
        held.go_on.set()
        with pytest.raises(OutOfMemory):
            first.result()
        second.result()
    assert seen[0] == ev.Ping()
    assert "load" in phases(seen)
    assert "load" not in phases(run(provider, tiny_path))


def test_a_replaced_file_is_loaded_anew(write_gguf, tmp_path):
    provider = LocalProvider()
    path = tmp_path / "m.gguf"
    path.write_bytes(write_gguf(seed=1).read_bytes())
    before = text_of(run(provider, path))
    path.unlink()
    path.write_bytes(write_gguf(seed=2).read_bytes())
    assert text_of(run(provider, path)) != before


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


def test_a_folder_converses_as_the_file_does(provider, tiny_path, write_folder):
    """The same weights and the same vocabulary, published in two forms."""
    folder = write_folder(tiny_path)
    assert text_of(run(provider, folder)) == text_of(run(provider, tiny_path))
    assert text_of(run(provider, folder, stop=("t",))) == text_of(run(provider, tiny_path, stop=("t",)))


def test_a_folder_whose_weights_change_is_loaded_anew(provider, tiny_path, write_gguf, write_folder):
    folder = write_folder(tiny_path)
    before = text_of(run(provider, folder))
    (write_folder(write_gguf(seed=5)) / "model.safetensors").replace(folder / "model.safetensors")
    assert text_of(run(provider, folder)) != before


def test_a_folder_that_is_none_is_not_found(provider, tmp_path):
    with pytest.raises(NotFound, match=r"no such file, but a folder without config\.json"):
        provider.chat_model(str(tmp_path))


def test_files_that_cannot_be_used_are_typed_errors(provider, write_gguf, tmp_path):
    cut = tmp_path / "cut.gguf"
    whole = write_gguf().read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WeightsCorrupt, match="it is truncated"):
        run(provider, cut)
    with pytest.raises(UnsupportedModel, match="cannot be rendered"):
        run(provider, write_gguf(metadata={"tokenizer.chat_template": "{{ 1 / 0 }}"}))
    gone = write_gguf()
    chat = provider.chat_model(str(gone))
    gone.unlink()
    with pytest.raises(NotFound, match="no such file"):
        chat.run(request(gone), lambda event: None)
    (tmp_path / "dir.gguf").mkdir()
    with pytest.raises((ModelLoadFailed, NotFound)):
        run(provider, tmp_path / "dir.gguf")


def test_a_model_larger_than_the_memory_is_refused_with_the_estimate(tiny_path, monkeypatch):
    monkeypatch.setattr(engine, "_memory", lambda device: 1000)
    with pytest.raises(OutOfMemory, match=r"need 0\.0 GB") as raised:
        run(LocalProvider(), tiny_path)
    assert raised.value.estimate > 1000


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


def test_both_precisions_of_a_model_may_be_used_at_once(tiny_path):
    pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    provider = LocalProvider()
    exact = text_of(run(provider, tiny_path, options={"precision": "exact"}))
    loading = phases(run(provider, tiny_path, options={"precision": "fast"}))
    assert "requantise" in loading  # a file of floats
    assert text_of(run(provider, tiny_path, options={"precision": "exact"})) == exact
    assert phases(run(provider, tiny_path)) == ["prefill"]  # both stay, and the fast one is the default


def test_a_beginning_that_comes_again_is_not_computed_again(write_gguf):
    """`x` is a token, so 400 of them are a block and a bit; the reply is the one that a fresh process would give."""
    path = write_gguf(metadata={"llama.context_length": 2000})
    long, longer = (user("x" * 400),), (user("x" * 400), Message("assistant", (TextPart("yes"),)), user("y" * 300))
    fresh = [run(LocalProvider(), path, messages=messages) for messages in (long, longer)]
    provider = LocalProvider()
    again = [run(provider, path, messages=messages) for messages in (long, longer, longer)]
    assert [text_of(events) for events in again] == [text_of(events) for events in (*fresh, fresh[1])]
    assert [events[-1].usage.cached_input_tokens for events in again] == [0, 256, 512]
    prefill = [event.done for event in again[1] if isinstance(event, ev.Progress) and event.phase == "prefill"]
    assert prefill[0] == 512


def test_another_beginning_shares_nothing(provider, tiny_path):
    assert run(provider, tiny_path, messages=(user("a" * 400),))[-1].usage.cached_input_tokens == 0
    assert run(provider, tiny_path, messages=(user("b" + "a" * 400),))[-1].usage.cached_input_tokens == 0


def test_what_removes_tokens_means_chance_and_penalties_do_not(provider, tiny_path):
    greedy = text_of(run(provider, tiny_path))
    for name, value in (("min_p", 0.01), ("typical_p", 0.9), ("top_n_sigma", 3)):
        seeds = {text_of(run(provider, tiny_path, options={name: value}, seed=seed)) for seed in range(3)}
        assert len(seeds) > 1
        assert text_of(run(provider, tiny_path, options={name: value}, temperature=0.0)) == greedy
    penalised = {"frequency_penalty": 1.5, "repetition_penalty": 1.3}
    first = text_of(run(provider, tiny_path, options=penalised))
    assert first == text_of(run(provider, tiny_path, options=penalised)) != greedy
    assert text_of(run(provider, tiny_path, options={"min_p": 1.0}, seed=1)) == greedy


def test_a_bias_forces_and_forbids_tokens(provider, tiny_path):
    wanted = {"logit_bias": {"100": 1000.0}}
    text = text_of(run(provider, tiny_path, options=wanted, max_tokens=5))
    assert len(set(text)) == 1
    assert len(text) == 5
    allowed = text_of(run(provider, tiny_path))
    assert text_of(run(provider, tiny_path, options={"logit_bias": {100: 0}})) == allowed
    with pytest.raises(ConfigError, match="logit_bias holds token 262; allowed: 0 to 261"):
        run(provider, tiny_path, options={"logit_bias": {262: 1}})


@pytest.mark.parametrize(
    "options", [{"mirostat": 1}, {"mirostat": 2, "mirostat_tau": 2.0}, {"xtc_probability": 0.9, "xtc_threshold": 0.01},
                {"dynatemp_range": 0.5, "dynatemp_exponent": 2.0}],
)  # fmt: skip
def test_what_draws_is_repeated_by_a_seed(provider, tiny_path, options):
    first = text_of(run(provider, tiny_path, options=options, seed=1))
    assert first == text_of(run(provider, tiny_path, options=options, seed=1))
    assert first != text_of(run(provider, tiny_path, options=options, seed=2))
    assert first != text_of(run(provider, tiny_path))


def test_dry_ends_a_loop(provider, tiny_path):
    loop = {"logit_bias": {100: 1000.0}}
    assert len(set(text_of(run(provider, tiny_path, options=loop)))) == 1
    dry = {**loop, "dry_multiplier": 500.0}
    assert len(set(text_of(run(provider, tiny_path, options=dry)))) > 1
    letter = text_of(run(provider, tiny_path, options=loop))[0]
    broken = {**dry, "dry_breakers": [letter]}
    assert text_of(run(provider, tiny_path, options=broken)) == text_of(run(provider, tiny_path, options=loop))


def test_log_probabilities_are_those_of_the_model_for_each_token(provider, tiny_path):
    for options in ({}, {"temperature": 2.0, "seed": 4}):
        events = run(provider, tiny_path, logprobs=3, max_tokens=20, **options)
        given = [each for event in events if isinstance(event, ev.TextDelta) for each in event.logprobs or ()]
        assert len(given) == events[-1].usage.output_tokens == 20
        for each in given:
            assert len(each.top) == 3
            assert each.logprob <= each.top[0][1] <= 0
            assert [value for _, value in each.top] == sorted((value for _, value in each.top), reverse=True)
        if not options:
            assert all((each.token, each.logprob) == each.top[0] for each in given)
    plain = run(provider, tiny_path, max_tokens=20)
    assert all(event.logprobs is None for event in plain if isinstance(event, ev.TextDelta))
    chosen = run(provider, tiny_path, logprobs=0, max_tokens=20)
    assert text_of(chosen) == text_of(plain)
    assert all(each.top == () for event in chosen if isinstance(event, ev.TextDelta) for each in event.logprobs or ())
