"""How a network gets its weights out of a file, and what becomes of them there: floats, or packed blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch

from fluent_ai_local.files.tensors import Tensors
from fluent_ai_local.layers.block import Block
from fluent_ai_local.layers.kv_cache import KVCache
from fluent_ai_local.layers.linear import BiasedLinear, DenseLinear, Linear
from fluent_ai_local.layers.norm import RMSNorm


class Step(Protocol):
    """A whole decoder for the next token of some sequences, faster than layer by layer."""

    def __call__(self, x: torch.Tensor, caches: Sequence[KVCache]) -> torch.Tensor:
        """Logits [rows, vocabulary] for the embeddings x [rows, width], whose keys and values go behind those of the
        caches, which have room for them.
        """
        ...


class NewStep(Protocol):
    """Makes a `Step`, or None where there is no faster way than the layers themselves."""

    def __call__(self, blocks: Sequence[Block], norm: RMSNorm, head: Linear) -> Step | None: ...


def no_step(blocks: Sequence[Block], norm: RMSNorm, head: Linear) -> Step | None:
    return None


class Weights(Protocol):
    """Hands out a network's parts by the names of a file's tensors, without their `.weight` or `.bias`.

    Each raises WeightsCorrupt when the tensor is missing, of another shape or not finite.
    """

    @property
    def new_step(self) -> NewStep: ...

    @property
    def size(self) -> int:
        """Bytes that what was handed out so far takes."""
        ...

    def linear(self, inputs: int, *parts: tuple[str, int]) -> Linear:
        """One map for several tensors, each with its number of outputs: theirs follow one another.

        It has a bias if the file has one for any of them.
        """
        ...

    def experts(self, count: int, inputs: int, *parts: tuple[str, int]) -> Sequence[Linear]:
        """A map for each of `count` experts, from tensors [count, outputs, inputs]; otherwise as `linear`."""
        ...

    def norm(self, stem: str, width: int, epsilon: float) -> RMSNorm: ...

    def values(self, name: str, *shape: int) -> torch.Tensor:
        """A tensor by its whole name, as floats."""
        ...

    def has(self, name: str) -> bool:
        """Whether the file has a tensor of this whole name."""
        ...

    def check_all_taken(self) -> None:
        """Raises UnsupportedModel for tensors that nobody has asked for."""
        ...


class FileWeights:
    """What all kinds of `Weights` take out of a file as it is."""

    def __init__(self, tensors: Tensors) -> None:
        self._take = tensors
        self.size = 0

    def norm(self, stem: str, width: int, epsilon: float) -> RMSNorm:
        return RMSNorm(self.values(f"{stem}.weight", width), epsilon)

    def values(self, name: str, *shape: int) -> torch.Tensor:
        values = self._take(name, *shape)
        self.size += values.nbytes
        return values

    def has(self, name: str) -> bool:
        return self._take.has(name)

    def check_all_taken(self) -> None:
        self._take.check_all_taken()

    def biased(self, linear: Linear, parts: Sequence[tuple[str, int]]) -> Linear:
        """The map with the biases that the file has for its parts, or as it is."""
        names = {f"{stem}.bias": outputs for stem, outputs in parts}
        if not any(map(self.has, names)):
            return linear
        biases = [
            self.values(name, outputs) if self.has(name) else torch.zeros(outputs, device=self._take.device)
            for name, outputs in names.items()
        ]
        return BiasedLinear(linear, torch.cat(biases))


class DenseWeights(FileWeights):
    """Weights as floats: exact, on any device."""

    @property
    def new_step(self) -> NewStep:
        return no_step

    def linear(self, inputs: int, *parts: tuple[str, int]) -> Linear:
        weights = [self.values(f"{stem}.weight", outputs, inputs) for stem, outputs in parts]
        return self.biased(DenseLinear(torch.cat(weights) if len(weights) > 1 else weights[0]), parts)

    def experts(self, count: int, inputs: int, *parts: tuple[str, int]) -> Sequence[Linear]:
        weights = [self.values(f"{stem}.weight", count, outputs, inputs) for stem, outputs in parts]
        return [DenseLinear(weight) for weight in (torch.cat(weights, 1) if len(weights) > 1 else weights[0])]


class OutlineWeights(FileWeights):
    """Weights without values, made of an `Outline`: a network that is loaded from them asks for all that it needs."""

    @property
    def new_step(self) -> NewStep:
        return no_step

    def linear(self, inputs: int, *parts: tuple[str, int]) -> Linear:
        weights = [self.values(f"{stem}.weight", outputs, inputs) for stem, outputs in parts]
        return self.biased(DenseLinear(weights[0]), parts)

    def experts(self, count: int, inputs: int, *parts: tuple[str, int]) -> Sequence[Linear]:
        weights = [self.values(f"{stem}.weight", count, outputs, inputs) for stem, outputs in parts]
        return [DenseLinear(weight) for weight in weights[0]]
