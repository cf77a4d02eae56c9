"""Samplers against the textbook formula, written out naively."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest
from fluent_ai.errors import StageFailed
from fluent_ai_local.samplers import (
    Chain,
    Logits,
    Sampling,
    bias,
    choose,
    dry,
    min_p,
    penalties,
    temperature,
    top_k,
    top_n_sigma,
    top_p,
    typical,
)
from fluent_ai_local.samplers.distribution import first_of_mass, smallest, softmax
from hypothesis import given
from hypothesis import strategies as st

HISTORY = np.zeros(1, np.int64)
# Halves make many ties, and sums that are exact.
logit_lists = st.lists(st.integers(-8, 8).map(lambda n: n / 2), min_size=1, max_size=12)


def array(logits: list[float]) -> Logits:
    return np.array(logits, np.float32)


def probabilities(sampling: Sampling, logits: list[float]) -> list[float]:
    values = array(logits)
    for sampler in sampling.samplers(np.random.default_rng(0)):
        values = sampler(values, HISTORY)
    return softmax(values).tolist()


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
    values = array(logits)
    assert top_p(1.0)(values, HISTORY) is values
    assert top_k(len(logits))(values, HISTORY) is values
    assert softmax(temperature(1.0)(values, HISTORY)).tolist() == softmax(values).tolist()


@given(logits=logit_lists)
def test_limits_that_leave_only_the_best(logits):
    best = max(range(len(logits)), key=lambda token: (logits[token], -token))
    only_best = [float(token == best) for token in range(len(logits))]
    assert probabilities(Sampling(temperature=1.0, top_k=1), logits) == only_best
    assert probabilities(Sampling(temperature=1.0, top_p=0.0), logits) == only_best


@pytest.mark.parametrize("value", [1e-45, 1e-30, 1e-3])
def test_a_tiny_temperature_is_nearly_greedy_and_finite(value):
    assert probabilities(Sampling(temperature=value), [900.0, 1000.0, -1000.0]) == [0, 1, 0]


def test_temperature_0_is_greedy_whatever_else_is_set():
    assert Sampling(temperature=0, top_k=3, top_p=0.5).samplers(None) == ()
    assert choose(array([1.0, 5.0, 5.0]), None) == 1


@pytest.mark.parametrize("places", [(0, 1, 2), (3, 700, 999)])
def test_the_choice_follows_the_probabilities(places):
    logits = np.full(1000, -np.inf, np.float32)
    logits[list(places)] = np.log([0.1, 0.2, 0.7])
    generator = np.random.default_rng(3)
    drawn = [choose(logits, generator) for _ in range(10_000)]
    assert [drawn.count(place) / 10_000 for place in places] == pytest.approx([0.1, 0.2, 0.7], abs=0.02)
    assert set(drawn) == set(places)


class Fixed:
    """Draws the same number for ever."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        return self.number


@given(
    logits=st.lists(st.floats(-30, 30, width=32) | st.just(-math.inf), min_size=1, max_size=600).filter(
        lambda values: max(values) > -math.inf
    ),
    number=st.sampled_from([0.0, 0.5, 1 - 2**-53]) | st.floats(0, 1, exclude_max=True),
)
def test_the_choice_is_the_token_at_that_place_of_the_sum(logits, number):
    token = choose(array(logits), cast("np.random.Generator", Fixed(number)))
    weights = [math.exp(value - max(logits)) for value in logits]
    before, total = math.fsum(weights[:token]), math.fsum(weights)
    assert weights[token] > 0
    assert before / total - 1e-5 <= number <= (before + weights[token]) / total + 1e-5


@pytest.mark.parametrize("broken", [[1.0, math.nan], [math.inf, 0.0], [-math.inf, -math.inf]])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_logits_that_are_no_numbers_are_an_error(broken, value):
    chain = Chain(Sampling(temperature=value, top_k=1), np.random.default_rng(0))
    with pytest.raises(StageFailed, match="no numbers"):
        chain.choose(array(broken), HISTORY)


def kept(logits: Logits) -> list[int]:
    return [number for number, value in enumerate(logits.tolist()) if value != -math.inf]


@given(logits=logit_lists, p=st.sampled_from([0.0, 0.02, 0.33, 0.9, 1.0]))
def test_min_p_keeps_what_is_at_least_a_part_of_the_best(logits, p):
    probability = [math.exp(value) for value in logits]
    expected = [n for n, value in enumerate(probability) if value >= p * max(probability) * (1 - 1e-5)]
    assert kept(min_p(p)(array(logits), HISTORY)) == expected


@given(logits=logit_lists, n=st.sampled_from([0.31, 1.03, 2.57]))
def test_top_n_sigma_keeps_what_is_near_the_best(logits, n):
    mean = sum(logits) / len(logits)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in logits) / len(logits))
    expected = [k for k, value in enumerate(logits) if value >= max(logits) - n * deviation - 1e-5]
    assert kept(top_n_sigma(n)(array(logits), HISTORY)) == expected


@given(logits=logit_lists, p=st.sampled_from([0.213, 0.517, 0.871]))
def test_typical_keeps_what_surprises_as_much_as_expected(logits, p):
    total = sum(math.exp(value) for value in logits)
    surprise = [math.log(total) - value for value in logits]
    entropy = sum(math.exp(-value) * value for value in surprise)
    distance = [abs(value - entropy) for value in surprise]
    got = kept(typical(p)(array(logits), HISTORY))
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
    got = penalties(repetition, frequency, presence)(array(logits), np.array(history))
    assert got.tolist() == pytest.approx(expected, abs=1e-5)


def test_samplers_leave_removed_tokens_removed_and_one_at_least():
    logits = array([1.0, -math.inf, 0.5, -3.0])
    for sampler in (min_p(1.0), typical(0.01), top_n_sigma(0.01), top_k(1), top_p(0.01)):
        assert len(kept(sampler(logits, HISTORY))) == 1
    for sampler in (min_p(0.0), typical(1.0), top_n_sigma(9.0), penalties(1.5, 1.0, 1.0)):
        assert kept(sampler(logits, HISTORY)) == [0, 2, 3]


@given(keys=st.lists(st.integers(-5, 5), min_size=1, max_size=900), data=st.data())
def test_the_smallest_are_those_of_a_stable_sort(keys, data):
    count = data.draw(st.integers(1, len(keys)))
    expected = sorted(range(len(keys)), key=lambda token: (keys[token], token))[:count]
    assert smallest(array(keys), count).tolist() == expected
    mass = data.draw(st.sampled_from([0.0, 0.3, 0.9, 1.0]))
    probabilities = softmax(array(data.draw(st.permutations(keys))))
    order, before = first_of_mass(array(keys), probabilities, mass)
    assert order.tolist() == sorted(range(len(keys)), key=lambda token: (keys[token], token))[: len(order)]
    assert before.tolist() == pytest.approx([math.fsum(probabilities[order[:n]]) for n in range(len(order))], abs=1e-6)
    assert len(order) == len(keys) or before[-1] + probabilities[order[-1]] > mass


def test_what_is_added_may_be_without_measure():
    logits = array([1.0, 2.0, -math.inf])
    for sampler in (
        bias({0: 1e300, 1: -1e300, 2: 1e300}),
        penalties(5e-324, 0.0, 0.0),
        penalties(1.0, -1e300, 1e300),
        dry(1e300, 2.0, 1),
    ):
        values = sampler(logits, np.array([0, 0, 2, 0]))
        assert np.isfinite(values[:2]).all()
        assert values[2] == -math.inf
        assert np.isfinite(softmax(values)).all()


def test_the_chain_has_the_documented_order():
    chain = Sampling(
        temperature=1.0, top_k=3, top_p=0.9, min_p=0.1, typical_p=0.9, top_n_sigma=2.0, presence_penalty=1.0
    ).samplers(None)
    names = [sampler.__qualname__.partition(".")[0] for sampler in chain]
    assert names == ["penalties", "temperature", "top_n_sigma", "top_k", "typical", "top_p", "min_p"]
    assert [sampler.__qualname__.partition(".")[0] for sampler in Sampling(presence_penalty=1.0).samplers(None)] == [
        "penalties"
    ]
