"""Samplers against the textbook formula, written out naively."""

from __future__ import annotations

import math

import pytest
import torch
from fluent_ai_local.samplers import (
    Sampling,
    choose,
    min_p,
    penalties,
    temperature,
    top_k,
    top_n_sigma,
    top_p,
    typical,
)
from hypothesis import given
from hypothesis import strategies as st

HISTORY = torch.zeros(1, 1, dtype=torch.int64)
# Halves make many ties, and sums that are exact.
logit_lists = st.lists(st.integers(-8, 8).map(lambda n: n / 2), min_size=1, max_size=12)


def probabilities(sampling: Sampling, logits: list[float]) -> list[float]:
    values = torch.tensor([logits])
    for sampler in sampling.samplers(torch.Generator().manual_seed(0)):
        values = sampler(values, HISTORY)
    return values.softmax(-1)[0].tolist()


def textbook(logits: list[float], t: float, k: int | None, p: float | None) -> list[float]:
    weights = [math.exp((value - max(logits)) / t) for value in logits]
    order = sorted(range(len(logits)), key=lambda token: (-weights[token], token))[:k]
    kept, mass = [], 0.0
    for token in order:
        kept.append(token)
        mass += weights[token] / sum(weights[other] for other in order)
        if p is not None and mass >= p - 1e-6:
            break
    total = sum(weights[token] for token in kept)
    return [weights[token] / total if token in kept else 0.0 for token in range(len(logits))]


@given(
    logits=logit_lists,
    t=st.sampled_from([0.3, 1.0, 1.7]),
    k=st.none() | st.integers(1, 15),
    p=st.none() | st.sampled_from([0.05, 0.37, 0.713, 0.9871]),
)
def test_probabilities_are_the_textbooks(logits, t, k, p):
    ours = probabilities(Sampling(temperature=t, top_k=k, top_p=p), logits)
    assert ours == pytest.approx(textbook(logits, t, k, p), abs=1e-5)


def test_ties_keep_exactly_k_the_lower_ids_first():
    assert probabilities(Sampling(temperature=1.0, top_k=2), [1.0, 3.0, 3.0, 3.0]) == [0, 0.5, 0.5, 0]


def test_top_p_needs_the_fewest_tokens_that_reach_the_mass():
    halves = [0.0, 0.0]
    assert probabilities(Sampling(temperature=1.0, top_p=0.5), halves) == [1, 0]
    assert probabilities(Sampling(temperature=1.0, top_p=0.51), halves) == [0.5, 0.5]


@given(logits=logit_lists)
def test_limits_that_limit_nothing(logits):
    values = torch.tensor([logits])
    assert top_p(1.0)(values, HISTORY) is values
    assert top_k(len(logits))(values, HISTORY) is values
    assert torch.equal(temperature(1.0)(values, HISTORY).softmax(-1), values.softmax(-1))


@given(logits=logit_lists)
def test_limits_that_leave_only_the_best(logits):
    best = max(range(len(logits)), key=lambda token: (logits[token], -token))
    only_best = [float(token == best) for token in range(len(logits))]
    assert probabilities(Sampling(temperature=1.0, top_k=1), logits) == only_best
    assert probabilities(Sampling(temperature=1.0, top_p=0.0), logits) == only_best


@pytest.mark.parametrize("value", [1e-45, 1e-30, 1e-3])
def test_a_tiny_temperature_is_nearly_greedy_and_finite(value):
    assert probabilities(Sampling(temperature=value), [900.0, 1000.0, -1000.0]) == [0, 1, 0]


def test_rows_of_a_batch_are_independent():
    rows = torch.randn(4, 30, generator=torch.Generator().manual_seed(0))
    for sampler in (temperature(0.7), top_k(5), top_p(0.6)):
        together = sampler(rows, HISTORY)
        assert torch.equal(together, torch.cat([sampler(row[None], HISTORY) for row in rows]))


def test_temperature_0_is_greedy_whatever_else_is_set():
    assert Sampling(temperature=0, top_k=3, top_p=0.5).samplers(None) == ()
    assert choose(torch.tensor([[1.0, 5.0, 5.0], [2.0, 0.0, 1.0]]), None).tolist() == [1, 0]


def test_the_choice_follows_the_probabilities():
    logits = torch.tensor([0.1, 0.2, 0.7]).log().expand(20_000, 3)
    drawn = choose(logits, torch.Generator().manual_seed(3)).bincount(minlength=3) / 20_000
    assert drawn.tolist() == pytest.approx([0.1, 0.2, 0.7], abs=0.015)


def test_a_removed_token_is_never_chosen():
    logits = top_k(2)(torch.zeros(5_000, 6), HISTORY)
    assert set(choose(logits, torch.Generator().manual_seed(0)).tolist()) == {0, 1}


def kept(logits: torch.Tensor) -> list[int]:
    return [number for number, value in enumerate(logits[0].tolist()) if value != -math.inf]


@given(logits=logit_lists, p=st.sampled_from([0.0, 0.02, 0.33, 0.9, 1.0]))
def test_min_p_keeps_what_is_at_least_a_part_of_the_best(logits, p):
    probability = [math.exp(value) for value in logits]
    expected = [n for n, value in enumerate(probability) if value >= p * max(probability) * (1 - 1e-5)]
    assert kept(min_p(p)(torch.tensor([logits]), HISTORY)) == expected


@given(logits=logit_lists, n=st.sampled_from([0.31, 1.03, 2.57]))
def test_top_n_sigma_keeps_what_is_near_the_best(logits, n):
    mean = sum(logits) / len(logits)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in logits) / len(logits))
    expected = [k for k, value in enumerate(logits) if value >= max(logits) - n * deviation - 1e-5]
    assert kept(top_n_sigma(n)(torch.tensor([logits]), HISTORY)) == expected


@given(logits=logit_lists, p=st.sampled_from([0.213, 0.517, 0.871]))
def test_typical_keeps_what_surprises_as_much_as_expected(logits, p):
    total = sum(math.exp(value) for value in logits)
    surprise = [math.log(total) - value for value in logits]
    entropy = sum(math.exp(-value) * value for value in surprise)
    distance = [abs(value - entropy) for value in surprise]
    got = kept(typical(p)(torch.tensor([logits]), HISTORY))
    mass = sum(math.exp(-surprise[token]) for token in got)
    left = [distance[token] for token in range(len(logits)) if token not in got]
    assert not left or max(distance[token] for token in got) <= min(left) + 1e-5
    assert mass > p - 1e-5 or len(got) == len(logits)
    furthest = max(distance[token] for token in got)
    last = max(math.exp(-surprise[token]) for token in got if distance[token] >= furthest - 1e-5)
    assert len(got) == 1 or mass - last <= p + 1e-5


@given(logits=logit_lists, data=st.data())
def test_penalties_are_the_textbooks(logits, data):
    history = data.draw(st.lists(st.integers(0, len(logits) - 1), min_size=1, max_size=9))
    repetition, frequency, presence = data.draw(st.sampled_from([(1.3, 0.0, 0.0), (1.0, 0.7, 0.2), (0.8, -0.5, 1.0)]))
    expected = []
    for token, value in enumerate(logits):
        count = history.count(token)
        if count:
            value = value / repetition if value > 0 else value * repetition
        expected.append(value - count * frequency - (count > 0) * presence)
    got = penalties(repetition, frequency, presence)(torch.tensor([logits]), torch.tensor([history]))
    assert got[0].tolist() == pytest.approx(expected, abs=1e-5)


def test_samplers_leave_removed_tokens_removed_and_one_at_least():
    logits = torch.tensor([[1.0, -math.inf, 0.5, -3.0]])
    for sampler in (min_p(1.0), typical(0.01), top_n_sigma(0.01), top_k(1), top_p(0.01)):
        assert len(kept(sampler(logits, HISTORY))) == 1
    for sampler in (min_p(0.0), typical(1.0), top_n_sigma(9.0), penalties(1.5, 1.0, 1.0)):
        assert kept(sampler(logits, HISTORY)) == [0, 2, 3]


def test_the_chain_has_the_documented_order():
    chain = Sampling(
        temperature=1.0, top_k=3, top_p=0.9, min_p=0.1, typical_p=0.9, top_n_sigma=2.0, presence_penalty=1.0
    ).samplers(None)
    names = [sampler.__qualname__.partition(".")[0] for sampler in chain]
    assert names == ["penalties", "temperature", "top_n_sigma", "top_k", "typical", "top_p", "min_p"]
    assert [sampler.__qualname__.partition(".")[0] for sampler in Sampling(presence_penalty=1.0).samplers(None)] == [
        "penalties"
    ]
