"""Llama (Touvron et al. 2023): RMSNorm, rotary grouped-query attention, SwiGLU, optionally tied embeddings."""

from __future__ import annotations

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.layers.kv_cache import Cache, KVCache
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.rope import frequencies, rotate, rotations
from fluent_ai_local.layers.weights import NewStep, Weights, no_step


class LlamaConfig(msgspec.Struct, frozen=True, kw_only=True):
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    head_dim: int
    vocabulary: int
    context_length: int
    rope_base: float
    norm_epsilon: float

    @classmethod
    def read(cls, file: GGUFFile) -> LlamaConfig:
        """From the metadata. Raises WeightsCorrupt naming the key whose value is missing or impossible."""

        def positive(key: str, default: int | None = None) -> int:
            value = file.get(key, int, default)
            if value < 1:
                raise WeightsCorrupt(f"{file.path}: {key} = {value}; allowed: at least 1")
            return value

        def positive_float(key: str, default: float | None = None) -> float:
            value = file.get(key, float, default)
            if not 0 < value < float("inf"):
                raise WeightsCorrupt(f"{file.path}: {key} = {value}; allowed: above 0")
            return value

        width = positive("llama.embedding_length")
        heads = positive("llama.attention.head_count")
        kv_heads = positive("llama.attention.head_count_kv", heads)
        head_dim = positive("llama.rope.dimension_count", width // heads)
        if heads % kv_heads:
            raise WeightsCorrupt(f"{file.path}: {heads} heads cannot share {kv_heads} key and value heads")
        if head_dim * heads != width or head_dim % 2:
            raise UnsupportedModel(f"{file.path}: {heads} heads of {head_dim} do not make up the width {width}")
        scaling = file.get("llama.rope.scaling.type", str, "none")
        if scaling != "none":
            raise UnsupportedModel(f"{file.path}: llama.rope.scaling.type = {scaling!r}; supported: 'none'")
        if file.get("llama.expert_count", int, 0):
            raise UnsupportedModel(f"{file.path}: llama.expert_count > 0: mixtures of experts are not implemented")
        return cls(
            layers=positive("llama.block_count"),
            width=width,
            feed_forward=positive("llama.feed_forward_length"),
            heads=heads,
            kv_heads=kv_heads,
            head_dim=head_dim,
            vocabulary=len(file.get_list("tokenizer.ggml.tokens", str)),
            context_length=positive("llama.context_length"),
            rope_base=positive_float("llama.rope.freq_base", 10000.0),
            norm_epsilon=positive_float("llama.attention.layer_norm_rms_epsilon"),
        )


class _Layer(msgspec.Struct, frozen=True):
    """One block; q, k, v and gate, up are one matrix product each."""

    attention_norm: RMSNorm
    qkv: Linear
    output: Linear
    feed_forward_norm: RMSNorm
    gate_up: Linear
    down: Linear


class Llama:
    """A loaded model: a `Network`."""

    def __init__(
        self,
        config: LlamaConfig,
        layers: tuple[_Layer, ...],
        *,
        embedding: Linear,
        norm: RMSNorm,
        head: Linear,
        rope_factors: torch.Tensor | None,
        new_step: NewStep = no_step,
        size: int = 0,
    ) -> None:
        self.config = config
        self.size = size
        self.context_length = config.context_length
        self.device = norm.weight.device
        self.dtype = norm.weight.dtype
        self._layers = layers
        self._embedding = embedding
        self._norm = norm
        self._head = head
        self._frequencies = frequencies(config.head_dim, config.rope_base, factors=rope_factors, device=self.device)
        self._step = new_step(
            [[layer.qkv, layer.output, layer.gate_up, layer.down] for layer in layers],
            [norm for layer in layers for norm in (layer.attention_norm, layer.feed_forward_norm)] + [norm],
            head,
            self._frequencies,
        )

    @classmethod
    def load(cls, file: GGUFFile, weights: Weights) -> Llama:
        config = LlamaConfig.read(file)
        width, feed_forward = config.width, config.feed_forward
        kv_width = config.kv_heads * config.head_dim

        def norm(stem: str) -> RMSNorm:
            return weights.norm(stem, width, config.norm_epsilon)

        layers = []
        for number in range(config.layers):
            block = f"blk.{number}."
            layers.append(
                _Layer(
                    attention_norm=norm(block + "attn_norm"),
                    qkv=weights.linear(
                        width, (block + "attn_q", width), (block + "attn_k", kv_width), (block + "attn_v", kv_width)
                    ),
                    output=weights.linear(width, (block + "attn_output", width)),
                    feed_forward_norm=norm(block + "ffn_norm"),
                    gate_up=weights.linear(width, (block + "ffn_gate", feed_forward), (block + "ffn_up", feed_forward)),
                    down=weights.linear(feed_forward, (block + "ffn_down", width)),
                )
            )
        embedding = weights.linear(width, ("token_embd", config.vocabulary))
        model = cls(
            config,
            tuple(layers),
            embedding=embedding,
            norm=norm("output_norm"),
            head=weights.linear(width, ("output", config.vocabulary)) if weights.has("output") else embedding,
            rope_factors=weights.vector("rope_freqs", config.head_dim // 2) if weights.has("rope_freqs") else None,
            new_step=weights.new_step,
            size=weights.size,
        )
        weights.check_all_taken()
        return model

    def new_cache(self, capacity: int) -> KVCache:
        """A cache for `capacity` tokens."""
        return KVCache(
            layers=self.config.layers,
            heads=self.config.kv_heads,
            capacity=capacity,
            head_dim=self.config.head_dim,
            device=self.device,
            dtype=self.dtype,
        )

    @torch.inference_mode()
    def forward(self, tokens: torch.Tensor, cache: Cache, *, every: bool = False) -> torch.Tensor:
        """Logits [batch, vocabulary] after the last of `tokens` [batch, tokens], which are appended to the caches.

        With `every`, the logits after each token: [batch, tokens, vocabulary].
        """
        config = self.config
        batch, count = tokens.shape
        if self._step is not None and batch == count == 1:
            cache.reserve(1)
            logits = self._step(self._embedding.rows(tokens[0, 0]), cache.rows[0])[None]
            cache.advance(1)
            return logits[:, None] if every else logits
        rotation = rotations(self._frequencies, cache.positions(count))
        cache.reserve(count)
        x = self._embedding.rows(tokens)
        for number, layer in enumerate(self._layers):
            qkv = layer.qkv(layer.attention_norm(x)).view(batch, count, -1, config.head_dim)
            rotated = rotate(qkv[:, :, : -config.kv_heads], rotation)
            query, key, value = (
                rotated[:, :, : config.heads],
                rotated[:, :, config.heads :],
                qkv[:, :, -config.kv_heads :],
            )
            attended = cache.attend(number, query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2))
            x = x + layer.output(attended.transpose(1, 2).reshape(batch, count, config.width))
            gate, up = layer.gate_up(layer.feed_forward_norm(x)).chunk(2, dim=-1)
            x = x + layer.down(F.silu(gate) * up)
        cache.advance(count)
        return self._head(self._norm(x if every else x[:, -1]))
