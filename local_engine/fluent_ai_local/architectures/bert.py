"""BERT (Devlin et al. 2019, https://arxiv.org/abs/1810.04805): every token sees every other one. Also RoBERTa and XLM-R
(https://arxiv.org/abs/1907.11692, https://arxiv.org/abs/1911.02116), which are the same but for their positions.

It embeds texts, or scores pairs of them where it has a classifier.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.architectures.hyperparameters import Hyperparameters
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import LayerNorm
from fluent_ai_local.layers.weights import Weights


class _Layer(msgspec.Struct, frozen=True):
    """One block; q, k and v are one matrix product, and norms come after what they norm."""

    qkv: Linear
    output: Linear
    attention_norm: LayerNorm
    up: Linear
    down: Linear
    norm: LayerNorm
    heads: int

    def __call__(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, count, width = x.shape
        query, key, value = self.qkv(x).view(batch, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None])
        x = self.attention_norm(x + self.output(attended.transpose(1, 2).reshape(batch, count, width)))
        return self.norm(x + self.down(F.gelu(self.up(x))))


class _Head(msgspec.Struct, frozen=True):
    """A classifier over the first token's vector, which goes through a layer of its own first."""

    pooler: Linear
    output: Linear
    labels: int

    def __call__(self, first: torch.Tensor) -> torch.Tensor:
        """first [batch, width] to [batch, labels]."""
        return self.output(torch.tanh(self.pooler(first)))


class Bert:
    """A loaded model: an `Encoder`."""

    def __init__(
        self,
        layers: Sequence[_Layer],
        *,
        embedding: Linear,
        positions: torch.Tensor,
        kinds: torch.Tensor,
        norm: LayerNorm,
        head: _Head | None,
        size: int,
    ) -> None:
        """`positions` [context, width], and `kinds` [kinds, width] for the first and, where there are two, the second
        text, are added to the embeddings.
        """
        self.size = size
        self.context_length = len(positions)
        self.device = positions.device
        self._layers = layers
        self._embedding = embedding
        self._positions = positions
        self._kinds = kinds
        self._norm = norm
        self._head = head
        self.labels = 0 if head is None else head.labels

    @torch.inference_mode()
    def encode(self, tokens: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor | None = None) -> torch.Tensor:
        """Vectors [batch, tokens, width] of `tokens` [batch, tokens] int64 where `mask`, bool of that shape, holds.

        `kinds`, int64 of that shape, is 1 for tokens of a second text.
        """
        added = self._kinds[0] if kinds is None or len(self._kinds) == 1 else F.embedding(kinds, self._kinds)
        x = self._norm(self._embedding.rows(tokens) + (self._positions[: tokens.shape[1]] + added))
        for layer in self._layers:
            x = layer(x, mask)
        return x

    @torch.inference_mode()
    def classify(self, tokens: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """What the classifier says of each row, as `encode` takes them: [batch, labels]."""
        if self._head is None:
            raise UnsupportedModel("the model has no classifier", provider="local")
        return self._head(self.encode(tokens, mask, kinds)[:, 0])


def load(file: ModelFile, weights: Weights) -> Bert:
    """The model in `file`. Raises WeightsCorrupt or UnsupportedModel."""
    found = Hyperparameters(file)
    width, hidden = found.width, found.whole("feed_forward_length")
    epsilon = found.number("attention.layer_norm_epsilon")

    def norm(stem: str) -> LayerNorm:
        return LayerNorm(weights.values(f"{stem}.weight", width), weights.values(f"{stem}.bias", width), epsilon)

    layers = []
    for number in range(found.layers):
        stem = f"blk.{number}."
        layers.append(
            _Layer(
                weights.linear(width, *((f"{stem}attn_{part}", width) for part in "qkv")),
                weights.linear(width, (f"{stem}attn_output", width)),
                norm(f"{stem}attn_output_norm"),
                weights.linear(width, (f"{stem}ffn_up", hidden)),
                weights.linear(hidden, (f"{stem}ffn_down", width)),
                norm(f"{stem}layer_output_norm"),
                found.heads,
            )
        )
    head = None
    if weights.has("cls.output.weight"):
        labels = file.info("cls.output.weight").shape[0]
        head = _Head(weights.linear(width, ("cls", width)), weights.linear(width, ("cls.output", labels)), labels)
    context, offset = found.context_length, found.file.get(found.key("position_offset"), int, 0)
    model = Bert(
        layers,
        embedding=weights.linear(width, ("token_embd", found.vocabulary)),
        positions=weights.values("position_embd.weight", context + offset, width)[offset:],
        kinds=weights.values("token_types.weight", found.whole("token_type_count", 2), width),
        norm=norm("token_embd_norm"),
        head=head,
        size=weights.size,
    )
    weights.check_all_taken()
    return model
