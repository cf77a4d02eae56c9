"""Reads the numbers that describe a network out of a file's metadata, and refuses those that cannot be."""

from __future__ import annotations

import math

import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.layers.rope import Rope, frequencies, llama3_factors, yarn_factors


class Hyperparameters:
    """Those of one file; keys are given without the architecture's name.

    Raises WeightsCorrupt, which names the key, where a value is missing or impossible.
    """

    def __init__(self, file: ModelFile) -> None:
        self.file = file
        self.architecture = file.architecture
        self.width = self.whole("embedding_length")
        self.layers = self.whole("block_count")
        self.heads = self.whole("attention.head_count")
        self.context_length = self.whole("context_length")
        tokens = len(file.get_list("tokenizer.ggml.tokens", str))
        self.vocabulary = tokens or self.whole("vocab_size")

    def key(self, name: str) -> str:
        return f"{self.architecture}.{name}"

    def has(self, name: str) -> bool:
        return self.key(name) in self.file.metadata

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number above 0."""
        value = self.file.get(self.key(name), int, default)
        if value < 1:
            raise WeightsCorrupt(f"{self.file.path}: {self.key(name)} = {value}; allowed: at least 1")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number above 0."""
        value = self.file.get(self.key(name), float, default)
        if not 0 < value < math.inf:
            raise WeightsCorrupt(f"{self.file.path}: {self.key(name)} = {value}; allowed: above 0")
        return value

    def optional_whole(self, name: str) -> int | None:
        return self.whole(name) if self.has(name) else None

    def optional_number(self, name: str) -> float | None:
        return self.number(name) if self.has(name) else None

    def flag(self, name: str, default: bool) -> bool:
        return self.file.get(self.key(name), bool, default)

    def kv_heads(self) -> int:
        count = self.whole("attention.head_count_kv", self.heads)
        if self.heads % count:
            raise WeightsCorrupt(f"{self.file.path}: {self.heads} heads cannot share {count} key and value heads")
        return count

    def head_dim(self) -> int:
        size = self.whole("attention.key_length", self.width // self.heads)
        if size % 2 or self.whole("attention.value_length", size) != size:
            raise self.unsupported("attention.key_length", "an even number, the same as attention.value_length")
        turned = self.whole("rope.dimension_count", size)
        if turned != size:
            raise UnsupportedModel(
                f"{self.file.path}: {self.key('rope.dimension_count')} = {turned}; supported: {size}, all of a head"
            )
        return size

    def rope(self, size: int, *, halves: bool, device: torch.device, factors: torch.Tensor | None = None) -> Rope:
        """The rotation of `size` values, stretched as the file says; `factors` divide its frequencies."""
        base = self.number("rope.freq_base", 10000.0)
        plain = frequencies(size, base, factors=factors, device=device)
        kind = self.file.get(self.key("rope.scaling.type"), str, "none")
        if kind == "none":
            return Rope(plain, halves)
        factor = self.number("rope.scaling.factor")
        if kind == "linear":
            return Rope(plain / factor, halves)
        original = self.whole("rope.scaling.original_context_length", self.context_length)
        if kind == "llama3":
            low, high = self.number("rope.scaling.low_freq_factor"), self.number("rope.scaling.high_freq_factor")
            return Rope(plain / llama3_factors(plain, factor=factor, low=low, high=high, original=original), halves)
        if kind != "yarn":
            raise self.unsupported("rope.scaling.type", "none, linear, yarn")
        fast = self.number("rope.scaling.yarn_beta_fast", 32.0)
        slow = self.number("rope.scaling.yarn_beta_slow", 1.0)
        divisors = yarn_factors(plain, base, factor=factor, original=original, fast=fast, slow=slow)
        magnitude = self.number("rope.scaling.attn_factor", 1.0) * (1 + 0.1 * math.log(factor))
        return Rope(plain / divisors, halves, magnitude)

    def unsupported(self, name: str, allowed: str) -> UnsupportedModel:
        value = self.file.metadata.get(self.key(name))
        return UnsupportedModel(f"{self.file.path}: {self.key(name)} = {value!r}; supported: {allowed}")
