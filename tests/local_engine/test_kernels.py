"""The fast precision against its naive twins: GGUF's own dequantisation, plain products, the exact network."""

from __future__ import annotations

import operator
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import generate
from fluent_ai_local.kernels import block_product, matvec, packing
from fluent_ai_local.kernels.intrinsics import cpu_features, exp
from fluent_ai_local.kernels.team import Team
from fluent_ai_local.layers.kv_cache import CacheBatch
from fluent_ai_local.layers.packed_linear import PackedLinear, Store
from fluent_ai_local.samplers import Sampling
from fluent_ai_local.text.tokenizer import Tokenizer

TOKENS = torch.arange(3, 23)[None]
KINDS = sorted(packing.NATIVE, key=lambda kind: kind.value)


@pytest.fixture(scope="module")
def fast_tiny(write_gguf, load_network):
    return load_network(write_gguf(quantised=True), "fast")


def random_raw(kind: GGMLQuantizationType, rows: int, columns: int, seed: int = 0) -> np.ndarray:
    """Blocks of random bits, whose scales are sane."""
    block, size = GGML_QUANT_SIZES[kind]
    random = np.random.default_rng(seed)
    raw = random.integers(0, 256, (rows, columns // block, size), dtype=np.uint8)
    halves = {"Q4_1": [0, 2], "Q4_K": [0, 2], "Q6_K": [208]}.get(kind.name, [0])
    for at in halves:
        scale = random.normal(0, 0.05, raw.shape[:2]).astype(np.float16)
        raw[..., at : at + 2] = scale[..., None].view(np.uint8)
    return raw.reshape(rows, -1)


def packed(form: int, values: packing.Values, columns: int) -> PackedLinear:
    rows = len(values[0])
    store = Store(*packing.sizes(form, rows, columns))
    packing.pack(form, values, store.weights, store.scales)
    return PackedLinear(store, np.array([[form, 0, 0, rows, columns, -(-columns // 32)]]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("rows", [64, 7])
def test_packed_weights_are_those_of_gguf(kind: GGMLQuantizationType, rows: int) -> None:
    raw = random_raw(kind, rows, 512)
    form, unpack = packing.NATIVE[kind]
    expected = gguf.quants.dequantize(raw, kind)
    got = packed(form, unpack(raw), 512).rows(torch.arange(rows)).numpy()
    # Scales that are products are rounded to half precision; the others are halves already.
    exact = kind.name not in ("Q4_K", "Q6_K")
    np.testing.assert_allclose(got, expected, rtol=0, atol=0 if exact else 5e-4 * np.abs(expected).max())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("vectors", [1, 3, 6, 40])
@pytest.mark.parametrize("integers", [True, False])
def test_products_are_those_of_the_dequantised_weights(
    kind: GGMLQuantizationType, vectors: int, integers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As integers vectors meet the blocks 4 at a time or alone. 40 go through floats where those are faster."""
    monkeypatch.setattr(block_product, "outruns_floats", lambda form: integers)
    form, unpack = packing.NATIVE[kind]
    linear = packed(form, unpack(random_raw(kind, 70, 768)), 768)
    x = torch.randn(vectors, 768, generator=torch.Generator().manual_seed(0))
    expected = x @ linear.rows(torch.arange(70)).T
    torch.testing.assert_close(linear(x), expected, atol=3e-4 * float(expected.std()), rtol=1e-4)


@settings(max_examples=20)
@given(rows=st.integers(1, 100), columns=st.integers(1, 100), vectors=st.sampled_from([1, 2, 20]))
def test_any_shape_is_padded_and_nobody_sees_it(rows: int, columns: int, vectors: int) -> None:
    random = np.random.default_rng(rows * 101 + columns)
    values = random.normal(0, 1, (rows, columns)).astype(np.float32)
    linear = packed(packing.BYTES, packing.requantise(values), columns)
    got = linear.rows(torch.arange(rows))
    np.testing.assert_allclose(got.numpy(), values, atol=np.abs(values).max() / 127)
    x = torch.from_numpy(random.normal(0, 1, (vectors, columns)).astype(np.float32))
    torch.testing.assert_close(linear(x), x @ got.T, atol=3e-3, rtol=1e-4)


@pytest.mark.parametrize("features", [{"avx512vnni"}, {"avxvnni"}, {"avx2"}, set()], ids=str)
@pytest.mark.parametrize("form", ["nibbles", "bytes"])
def test_every_processor_gets_the_same_product(form: str, features: set[str], monkeypatch) -> None:
    """As far as this one has the instructions."""
    if missing := features - cpu_features():
        pytest.skip(f"this processor has no {missing}")
    monkeypatch.setattr(block_product, "cpu_features", lambda: frozenset(features))
    vectors = 2
    add = block_product._product(form, vectors)
    numba = pytest.importorskip("numba")

    @numba.njit
    def run(weights, scales, q, scale, total, blocks, out) -> None:
        for block in range(blocks):
            add(weights, block * (len(weights) // blocks), scales, block * 64, q, scale, total, block, blocks, out, 0)

    # The largest values that there are: none may overflow.
    random = np.random.default_rng(0)
    number = packing.NIBBLES if form == "nibbles" else packing.BYTES
    extreme = [0, 15] if form == "nibbles" else [0, 127, 128, 255]
    n = random.choice(np.array(extreme, np.uint8), (32, 2, 32))
    n[:2] = extreme[-1]
    store = Store(*packing.sizes(number, 32, 64))
    if form == "nibbles":
        n = n[..., :16] | (n[..., 16:] << np.uint8(4))
    packing.pack(number, (n, random.normal(0, 0.05, (32, 2, 2)).astype(np.float32)), store.weights, store.scales)
    x = random.choice(np.array([-1, 1, 0.3], np.float32), (vectors, 64))
    x[0] = 1
    q, scale, total = (
        np.empty(vectors * 128, np.int8),
        np.empty(vectors * 2, np.float32),
        np.empty(vectors * 4, np.int32),
    )
    matvec.quantise_all(x, 64, 2, q, scale, total)
    out = np.zeros(vectors * 32, np.float32)
    run(store.weights, store.scales, q, scale, total, 2, out)
    linear = PackedLinear(store, np.array([[number, 0, 0, 32, 64, 2]]))
    expected = x @ linear.rows(torch.arange(32)).numpy().T
    np.testing.assert_allclose(out.reshape(vectors, 32), expected, rtol=1e-4, atol=2e-3 if form == "nibbles" else 2e-2)


def test_a_vector_is_multiplied_alike_whoever_is_with_it() -> None:
    for kind in (GGMLQuantizationType.Q4_1, GGMLQuantizationType.Q6_K):
        form, unpack = packing.NATIVE[kind]
        linear = packed(form, unpack(random_raw(kind, 70, 512)), 512)
        x = torch.randn(40, 512, generator=torch.Generator().manual_seed(0))
        alone = torch.cat([linear(row[None]) for row in x])
        for count in (*range(2, 9), 40) if block_product.outruns_floats(form) else range(2, 9):
            assert torch.equal(linear(x[:count]), alone[:count])


def test_values_that_are_all_the_same_or_zero_are_kept() -> None:
    values = np.zeros((32, 64), np.float32)
    values[3] = -2.5
    linear = packed(packing.BYTES, packing.requantise(values), 64)
    torch.testing.assert_close(linear.rows(torch.tensor([3, 4])), torch.from_numpy(values[3:5]), atol=2e-3, rtol=0)
    assert linear(torch.zeros(1, 64)).abs().max() == 0


MAGNITUDES = st.floats(2**-99, 2**99, width=32) | st.just(0.0)


@given(st.lists(MAGNITUDES | MAGNITUDES.map(operator.neg), min_size=1, max_size=70))
def test_values_as_integers_are_near_and_their_totals_true(values: list[float]) -> None:
    x = np.array(values, np.float32)
    blocks = -(-len(x) // 32)
    q, scale, total = np.empty(64 * blocks, np.int8), np.empty(blocks, np.float32), np.empty(2 * blocks, np.int32)
    matvec.quantise(x, len(x), q, scale, total)
    whole = q.reshape(blocks, 2, 32).astype(np.int32)
    whole = 254 * whole[:, 0] + whole[:, 1]
    padded = np.concatenate([x, np.zeros(32 * blocks - len(x), np.float32)]).reshape(blocks, 32)
    assert (np.abs(whole * scale[:, None] - padded) <= 0.6 * scale[:, None]).all()
    assert (total.reshape(blocks, 2) == whole.reshape(blocks, 2, 16).sum(-1)).all()


def test_exp_is_that_of_the_standard_library() -> None:
    x = np.linspace(-87, 5, 2001, dtype=np.float32)
    np.testing.assert_allclose([exp(value) for value in x], np.exp(x), rtol=1e-6)
    assert exp(np.float32(-1000)) < 1e-37


@pytest.mark.parametrize("helpers", [1, 3])
def test_any_number_of_threads_gives_the_same_product(helpers: int) -> None:
    form, unpack = packing.NATIVE[GGMLQuantizationType.Q4_1]
    linear = packed(form, unpack(random_raw(GGMLQuantizationType.Q4_1, 4096, 256)), 256)
    x = torch.randn(1, 256, generator=torch.Generator().manual_seed(0)).numpy()
    alone = linear(torch.from_numpy(x)).numpy()
    for _ in range(20):
        out = np.empty_like(alone)
        facts = (np.zeros(2, np.int64), helpers + 1, linear.matrices, linear.store.weights, linear.store.scales, x, out)
        threads = [threading.Thread(target=matvec.multiply, args=facts) for _ in range(helpers)]
        for thread in threads:
            thread.start()
        matvec.multiply(*facts)
        assert np.array_equal(out, alone)
        for thread in threads:
            thread.join()


def test_a_team_whose_helper_is_busy_waits_for_nobody() -> None:
    team, busy, go_on = Team(), threading.Event(), threading.Event()
    main = threading.current_thread()

    def hold() -> None:
        if threading.current_thread() is not main:
            busy.set()
            go_on.wait()

    team.run(hold, 2)
    assert busy.wait(60)
    done: list[threading.Thread] = []
    for _ in range(200):  # more than may wait for the helper
        team.run(lambda: done.append(threading.current_thread()), 2)
    assert done == [main] * 200
    go_on.set()


def whole(network, tokens: torch.Tensor) -> torch.Tensor:
    return network.forward(tokens, network.new_cache(tokens.shape[1]), every=True)


def one_by_one(network, tokens: torch.Tensor) -> torch.Tensor:
    cache = network.new_cache(tokens.shape[1])
    return torch.cat([network.forward(tokens[:, at : at + 1], cache, every=True) for at in range(tokens.shape[1])], 1)


@pytest.mark.parametrize("quantised", [False, True])
def test_logits_are_near_those_of_the_exact_precision(write_gguf, load_network, quantised: bool) -> None:
    path = write_gguf(quantised=quantised)
    exact = whole(load_network(path), TOKENS)
    fast = load_network(path, "fast")
    near = exact.std() * (2e-4 if quantised else 0.03)  # floats are rounded to Q8_0 first
    assert (whole(fast, TOKENS) - exact).abs().mean() < near
    assert (one_by_one(fast, TOKENS) - exact).abs().mean() < near


def test_the_step_of_one_token_is_its_layers_one_by_one(write_gguf, load_network) -> None:
    path = write_gguf(tensors={"rope_freqs.weight": np.linspace(1, 4, 4, dtype=np.float32)})
    fast, layers = load_network(path, "fast"), load_network(path, "fast")
    layers._step = None
    cache, other = fast.new_cache(20), layers.new_cache(20)
    for token in TOKENS[0]:
        got, expected = fast.forward(token.view(1, 1), cache), layers.forward(token.view(1, 1), other)
        assert got.shape == expected.shape
        assert (got - expected).abs().max() < 0.001 * expected.std()
    torch.testing.assert_close(cache.block[..., :20, :], other.block[..., :20, :], atol=1e-3, rtol=1e-3)


@settings(max_examples=15)
@given(lengths=st.lists(st.integers(1, 18), min_size=1, max_size=7))
def test_the_step_of_many_sequences_is_that_of_each_to_the_bit(fast_tiny, lengths: list[int]) -> None:
    caches, alone = [fast_tiny.new_cache(20) for _ in lengths], []
    for length, cache in zip(lengths, caches, strict=True):
        own = fast_tiny.new_cache(20)
        for each in (cache, own):
            fast_tiny.forward(TOKENS[:, :length], each)
        alone.append(fast_tiny.forward(torch.tensor([[length]]), own)[0])
    batched = fast_tiny.forward(torch.tensor([[length] for length in lengths]), CacheBatch(caches))
    assert torch.equal(batched, torch.stack(alone))


def test_a_greedy_reply_is_the_same_with_any_number_of_threads(write_gguf, load_network) -> None:
    fast = load_network(write_gguf(quantised=True), "fast")
    before = torch.get_num_threads()
    replies = []
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            replies.append(list(generate(fast, [5, 6, 7], max_tokens=60, sampling=Sampling())))
    finally:
        torch.set_num_threads(before)
    assert replies[0] == replies[1] == replies[2]


def test_weights_that_the_kernels_cannot_hold_are_refused_by_name(write_gguf, load_network) -> None:
    bad = np.full((32, 32), np.nan, np.float32)
    with pytest.raises(WeightsCorrupt, match=r"blk\.1\.attn_q\.weight.*not finite"):
        load_network(write_gguf(tensors={"blk.1.attn_q.weight": bad}), "fast")
    huge = np.full((32, 32), 1e30, np.float32)
    with pytest.raises(UnsupportedModel, match=r"blk\.1\.attn_q\.weight.*precision='exact'"):
        load_network(write_gguf(tensors={"blk.1.attn_q.weight": huge}), "fast")


def test_code_is_compiled_anew_when_any_file_of_the_kernels_has_changed(tmp_path: Path) -> None:
    """numba itself would look at the file of the outermost function only."""
    folder = tmp_path / "kernels"
    shutil.copytree(Path(packing.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from kernels import tickets\nfrom kernels.intrinsics import kernel\nimport numpy as np\n"
        "print(tickets.piece(100, 1), sum(tickets.piece.stats.cache_hits.values()))\n"
    )

    def run() -> str:
        return subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True).stdout

    assert run() == "25 0\n"
    assert run() == "25 1\n"
    other = folder / "arrays.py"
    other.write_text(other.read_text() + "\n")
    assert run() == "25 0\n"


TEXT = (
    "The history of the lighthouse is older than the history of the compass. Sailors who came home at night needed a "
    "light that they could tell from the fires of a village, and so towers were built on rocks and headlands. Keepers "
    "trimmed the lamps, wound the clockwork that turned the lens, and wrote the weather into a book. Today most lights "
    "work without people, but their patterns of flashes are still printed on every chart."
)


def test_perplexity_is_within_one_per_cent_of_the_exact_precision(smollm2_path, load_network) -> None:
    with GGUFFile(smollm2_path) as file:
        tokens = torch.tensor([Tokenizer(file).encode(TEXT)])

    def perplexity(logits: torch.Tensor) -> float:
        return float(torch.nn.functional.cross_entropy(logits[0, :-1], tokens[0, 1:]).exp())

    exact = perplexity(whole(load_network(smollm2_path), tokens))
    fast = load_network(smollm2_path, "fast")
    assert perplexity(whole(fast, tokens)) == pytest.approx(exact, rel=0.01)
    assert perplexity(one_by_one(fast, tokens)) == pytest.approx(exact, rel=0.01)
