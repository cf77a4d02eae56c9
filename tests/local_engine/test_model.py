"""Each clever path against its naive twin: cached = recomputed, chunked = whole, batched = single, ours = theirs."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from fluent_ai.errors import OutOfMemory, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.architectures.decoder import Decoder
from fluent_ai_local.generate import generate
from fluent_ai_local.layers.kv_cache import CacheBatch
from fluent_ai_local.samplers import Sampling
from hypothesis import given, settings
from hypothesis import strategies as st

TOKENS = torch.arange(3, 23)[None]


def whole(model, tokens):
    """Logits after every token, from one pass with an empty cache."""
    caches = CacheBatch([model.new_cache(tokens.shape[1]) for _ in tokens])
    return model.forward(tokens, caches, every=True)


def test_logits_equal_those_of_transformers(tiny, tiny_path, to_transformers):
    with torch.inference_mode():
        expected = to_transformers(tiny_path)(TOKENS).logits
    torch.testing.assert_close(whole(tiny, TOKENS), expected, atol=1e-4, rtol=1e-4)


@settings(max_examples=25)
@given(cuts=st.lists(st.integers(1, 19), unique=True))
def test_cached_equals_recomputed_for_every_way_to_cut(tiny, cuts):
    cache = tiny.new_cache(20)
    pieces = [
        tiny.forward(TOKENS[:, start:end], cache, every=True)
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 20], strict=True)
    ]
    torch.testing.assert_close(torch.cat(pieces, 1), whole(tiny, TOKENS), atol=5e-5, rtol=1e-5)


def test_the_last_logits_are_those_of_every(tiny):
    torch.testing.assert_close(tiny.forward(TOKENS, tiny.new_cache(20)), whole(tiny, TOKENS)[:, -1])


def test_batched_equals_single(tiny):
    rows = torch.randint(3, 200, (3, 7), generator=torch.Generator().manual_seed(0))
    cache = CacheBatch([tiny.new_cache(9) for _ in rows])
    tiny.forward(rows, cache)
    batched = tiny.forward(rows[:, :1], cache)
    for number in range(3):
        row = torch.cat([rows[number : number + 1], rows[number : number + 1, :1]], 1)
        torch.testing.assert_close(batched[number], whole(tiny, row)[0, -1], atol=1e-5, rtol=1e-5)


@settings(max_examples=20)
@given(lengths=st.lists(st.integers(1, 18), min_size=1, max_size=5))
def test_rows_of_any_lengths_get_what_each_gets_alone(tiny, lengths):
    caches, alone = [tiny.new_cache(20) for _ in lengths], []
    for length, cache in zip(lengths, caches, strict=True):
        tiny.forward(TOKENS[:, :length], cache)
        alone.append(whole(tiny, TOKENS[:, : length + 1])[0, -1])
    batched = tiny.forward(torch.tensor([[3 + length] for length in lengths]), CacheBatch(caches))
    torch.testing.assert_close(batched, torch.stack(alone), atol=1e-5, rtol=1e-5)
    assert [cache.length for cache in caches] == [length + 1 for length in lengths]


def test_causal_no_token_sees_a_later_one(tiny):
    changed = TOKENS.clone()
    changed[0, 10:] = 5
    torch.testing.assert_close(whole(tiny, changed)[:, :10], whole(tiny, TOKENS)[:, :10])


@pytest.mark.parametrize("length", [1, 7, 300])
def test_generation_equals_a_loop_without_cache(tiny, length):
    """300 tokens are more than one chunk of prefill."""
    prompt = [3 + number % 200 for number in range(length)]
    tokens = list(prompt)
    for _ in range(12):
        tokens.append(int(whole(tiny, torch.tensor([tokens]))[0, -1].argmax()))
    assert list(generate(tiny, prompt, max_tokens=12, sampling=Sampling())) == tokens[length:]


def test_prefill_is_told_in_chunks_up_to_the_whole_prompt(tiny):
    seen = []
    list(generate(tiny, [5] * 300, max_tokens=1, sampling=Sampling(), prefilled=lambda *facts: seen.append(facts)))
    assert seen == [(256, 300), (300, 300)]


def test_generation_ends_before_a_stop_token(tiny):
    tokens = list(generate(tiny, [5, 6], max_tokens=9, sampling=Sampling()))
    assert (
        list(generate(tiny, [5, 6], max_tokens=9, sampling=Sampling(), stop_tokens={tokens[4]}))
        == (tokens[: tokens.index(tokens[4])])
    )


def sampled(model, seed):
    generator = np.random.default_rng(seed)
    settings = Sampling(temperature=1.5, top_k=50, top_p=0.95)
    return list(generate(model, [5, 6, 7], max_tokens=30, sampling=settings, generator=generator))


def test_a_seed_gives_the_same_tokens_and_another_seed_gives_others(tiny):
    assert sampled(tiny, 1) == sampled(tiny, 1)
    assert sampled(tiny, 1) != sampled(tiny, 2)


def test_the_global_generator_is_left_alone(tiny):
    before = torch.random.get_rng_state()
    sampled(tiny, 1)
    assert torch.equal(before, torch.random.get_rng_state())


def test_rope_factors_divide_the_frequencies(write_gguf, load_network, tiny):
    ones = load_network(write_gguf(tensors={"rope_freqs.weight": torch.ones(4).numpy()}))
    slow = load_network(write_gguf(tensors={"rope_freqs.weight": torch.full((4,), 1e9).numpy()}))
    torch.testing.assert_close(whole(ones, TOKENS), whole(tiny, TOKENS))
    # Without rotation the order of the tokens before the last one is invisible to it.
    swapped = TOKENS[:, [1, 0, *range(2, 20)]]
    one_layer = Decoder(
        slow._blocks[:1], embedding=slow._embedding, norm=slow._norm, head=slow._head,
        context_length=slow.context_length, cache_heads=2, cache_width=8,
    )  # fmt: skip
    torch.testing.assert_close(whole(one_layer, swapped)[:, -1], whole(one_layer, TOKENS)[:, -1], atol=1e-5, rtol=1e-5)


def test_an_output_matrix_of_its_own_replaces_the_tied_one(write_gguf, load_network, tiny):
    head = torch.randn(tiny._head.weight.shape, generator=torch.Generator().manual_seed(1))
    untied = load_network(write_gguf(tensors={"output.weight": head.numpy()}))
    assert torch.equal(untied._head.weight, head)
    assert torch.equal(untied._embedding.weight, tiny._embedding.weight)


@pytest.mark.parametrize(
    ("metadata", "error", "named"),
    [
        ({"general.architecture": "lama"}, UnsupportedModel, "general.architecture = 'lama'; supported: llama"),
        ({"llama.block_count": 0}, WeightsCorrupt, "llama.block_count = 0; allowed: at least 1"),
        ({"llama.block_count": "two"}, WeightsCorrupt, "llama.block_count is of type str, expected int"),
        ({"llama.block_count": None}, WeightsCorrupt, "'llama.block_count' is missing"),
        ({"llama.block_count": 1}, UnsupportedModel, "9 tensors have no place in llama: blk.1.attn_k.weight"),
        ({"llama.block_count": 3}, WeightsCorrupt, "'blk.2.attn_norm.weight' is missing"),
        ({"llama.attention.head_count_kv": 3}, WeightsCorrupt, "4 heads cannot share 3"),
        ({"llama.rope.dimension_count": 4}, UnsupportedModel, "llama.rope.dimension_count = 4; supported: 8"),
        ({"llama.rope.freq_base": -1.0}, WeightsCorrupt, "llama.rope.freq_base = -1.0; allowed: above 0"),
        (
            {"llama.rope.scaling.type": "longrope", "llama.rope.scaling.factor": 2.0},
            UnsupportedModel,
            "llama.rope.scaling.type = 'longrope'; supported: none, linear, yarn",
        ),
        ({"llama.rope.scaling.type": "yarn"}, WeightsCorrupt, "'llama.rope.scaling.factor' is missing"),
        ({"llama.expert_count": 8}, WeightsCorrupt, "'llama.expert_used_count' is missing"),
        (
            {"llama.expert_count": 8, "llama.expert_used_count": 9},
            WeightsCorrupt,
            "llama.expert_used_count = 9; allowed: 1 to 8",
        ),
        ({"llama.attention.key_length": 7}, UnsupportedModel, "llama.attention.key_length = 7; supported: an even"),
        (
            {"llama.feed_forward_length": 65},
            WeightsCorrupt,
            r"'blk.0.ffn_gate.weight' has shape (64, 32), expected (65",
        ),
    ],
)
def test_a_configuration_that_cannot_be_run_is_refused_by_name(write_gguf, load_network, metadata, error, named):
    with pytest.raises(error) as raised:
        load_network(write_gguf(metadata=metadata))
    assert named in str(raised.value)
    assert "tiny.gguf" in str(raised.value)


def test_weights_that_are_not_finite_are_refused(write_gguf, load_network):
    bad = torch.full((32,), float("nan")).numpy()
    with pytest.raises(WeightsCorrupt, match=r"blk\.1\.ffn_norm\.weight.*not finite"):
        load_network(write_gguf(tensors={"blk.1.ffn_norm.weight": bad}))


def test_quantised_weights_run(write_gguf, load_network, to_transformers):
    path = write_gguf(quantised=True)
    with torch.inference_mode():
        expected = to_transformers(path)(TOKENS).logits
    torch.testing.assert_close(whole(load_network(path), TOKENS), expected, atol=1e-4, rtol=1e-4)


def test_a_huge_context_costs_nothing_until_it_is_used(write_gguf, load_network):
    network = load_network(write_gguf(metadata={"llama.context_length": 2**32 - 1}))
    tokens = generate(network, [5], max_tokens=2**32 - 2, sampling=Sampling())
    assert [next(tokens) for _ in range(3)]
    tokens.close()


def test_a_cache_that_does_not_fit_says_what_it_would_need(tiny):
    with pytest.raises(
        OutOfMemory, match=r"a cache of 100,000,000,000,000 tokens needs 25,600,000,000 MB of memory, and"
    ) as raised:
        tiny.new_cache(2**60).reserve(10**14)
    assert raised.value.estimate == 10**14 * 2 * 2 * 2 * 8 * 4
