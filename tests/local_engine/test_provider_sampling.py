"""How tokens of a local reply are chosen: the options of a request, through the whole engine."""

from __future__ import annotations

import pytest
from fluent_ai.content import events as ev
from fluent_ai.errors import ConfigError
from fluent_ai_local.provider import LocalProvider
from local_chat import run, text_of


@pytest.fixture(scope="module")
def provider():
    return LocalProvider()


def test_greedy_is_the_default_and_a_seed_repeats_chance(provider, tiny_path):
    greedy = text_of(run(provider, tiny_path))
    assert greedy == text_of(run(provider, tiny_path, temperature=0.0)) == text_of(run(provider, tiny_path, top_k=1))
    chance = text_of(run(provider, tiny_path, top_p=0.99, seed=5))
    assert chance != greedy
    assert chance == text_of(run(provider, tiny_path, top_p=0.99, temperature=1.0, seed=5))
    assert chance != text_of(run(provider, tiny_path, top_p=0.99, seed=6))


def test_without_a_seed_chance_differs(provider, tiny_path):
    assert len({text_of(run(provider, tiny_path, temperature=2.0)) for _ in range(3)}) > 1


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
