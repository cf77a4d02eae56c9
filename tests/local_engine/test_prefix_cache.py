"""Prefixes against the naive twin: a prompt that is computed anew."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from fluent_ai_local.generate import forward, generate
from fluent_ai_local.layers.kv_counts import KVCounter
from fluent_ai_local.layers.prefix_cache import BLOCK, PrefixCache
from fluent_ai_local.samplers import Sampling
from hypothesis import given, settings
from hypothesis import strategies as st
from together import together

PROMPT = [3 + number * number % 200 for number in range(590)]


def reply(
    network, prompt: list[int], prefixes: PrefixCache | None, count: int = 4
) -> tuple[int, list[int], torch.Tensor]:
    """Tokens reused, the reply, and the keys and values of the prompt."""
    cache = network.new_cache(len(prompt) + count)
    reused = prefixes.fill(cache, prompt) if prefixes is not None else 0
    tokens = list(generate(network, prompt, max_tokens=count, sampling=Sampling(), cache=cache))
    if prefixes is not None:
        prefixes.keep(cache, prompt)
    return reused, tokens, cache.block[..., : len(prompt), :].clone()


@settings(max_examples=15)
@given(shared=st.integers(1, 580), length=st.integers(1, 585))
def test_a_reply_after_a_known_beginning_is_the_fresh_one_to_the_bit(tiny, shared: int, length: int) -> None:
    prefixes = PrefixCache()
    first = PROMPT[:shared] + [9] * (585 - shared)
    reply(tiny, first, prefixes)
    prompt = PROMPT[:length]
    reused, tokens, kept = reply(tiny, prompt, prefixes)
    _, expected, fresh = reply(tiny, prompt, None)
    assert tokens == expected
    assert torch.equal(kept, fresh)
    same = next((at for at, (a, b) in enumerate(zip(first, prompt, strict=False)) if a != b), min(length, len(first)))
    assert reused == min(same, length - 1) // BLOCK * BLOCK


@settings(max_examples=15)
@given(length=st.integers(1, 585))
def test_a_prompt_that_comes_again_is_not_computed_at_all(tiny, length: int) -> None:
    counter = KVCounter()
    prefixes = PrefixCache(counter=counter)
    prompt = PROMPT[:length]

    def computed() -> tuple[torch.Tensor, torch.Tensor, int]:
        cache = tiny.new_cache(length)
        prefixes.fill(cache, prompt)
        logits = prefixes.finish(cache, prompt)
        done = cache.length
        while cache.length < length:
            tokens = np.array(prompt[cache.length : (cache.length // BLOCK + 1) * BLOCK])
            (logits,) = forward(tiny, [tokens], cache)
            prefixes.keep(cache, prompt)
        assert logits is not None
        prefixes.keep_end(cache, prompt, logits)
        return logits, cache.block[..., :length, :].clone(), done

    logits, fresh, done = computed()
    assert done == 0
    again, kept, done = computed()
    end = (length - 1) % BLOCK + 1
    assert done == (length if end >= 32 else length - end)
    assert np.array_equal(logits, again)
    assert torch.equal(fresh, kept)
    counts = counter.counts
    assert (counts.kept, counts.evicted) == (length // BLOCK + (end >= 32), 0)
    assert counts.reused == (length - 1) // BLOCK + (end >= 32)


def test_an_end_belongs_to_its_whole_prompt(tiny) -> None:
    prefixes = PrefixCache()
    cache = tiny.new_cache(100)
    (logits,) = forward(tiny, [np.array(PROMPT[:100])], cache)
    prefixes.keep_end(cache, PROMPT[:100], logits)
    for other in (PROMPT[:99], [*PROMPT[:99], 250], PROMPT[:101], [4, *PROMPT[1:100]]):
        empty = tiny.new_cache(101)
        assert prefixes.finish(empty, other) is None
        assert empty.length == 0


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_in_either_precision(tiny_path, load_network, precision: str) -> None:
    if precision == "fast":
        pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    network, prefixes = load_network(tiny_path, precision), PrefixCache()
    assert reply(network, PROMPT, prefixes)[0] == 0
    reused, tokens, kept = reply(network, PROMPT, prefixes)
    assert reused == 512
    _, expected, fresh = reply(network, PROMPT, None)
    assert tokens == expected
    assert torch.equal(kept, fresh)


def test_memory_is_bounded_and_what_was_used_last_stays(tiny) -> None:
    block = tiny.new_cache(1).block.new_empty(0).element_size() * 2 * 2 * 2 * BLOCK * 8
    prefixes = PrefixCache(limit=2 * block)
    prompts = [[number] * 300 for number in (5, 6, 7)]
    for prompt in prompts:
        reply(tiny, prompt, prefixes)
        assert prefixes.size <= 2 * block
    assert [reply(tiny, prompt, prefixes)[0] for prompt in (prompts[2], prompts[1], prompts[0])] == [BLOCK, BLOCK, 0]


def test_threads_may_share_it(tiny) -> None:
    prefixes = PrefixCache(limit=2**17)
    expected = {number: reply(tiny, [number] * 300, None, 1)[1] for number in (5, 6, 7)}

    def ask(number: int) -> None:
        assert reply(tiny, [number] * 300, prefixes, 1)[1] == expected[number]

    together(*[lambda number=number: ask(number) for number in (5, 6, 7, 5)], seconds=1.5)
    assert prefixes.size == sum(block.nbytes for block in prefixes._blocks.values()) <= 2**17
