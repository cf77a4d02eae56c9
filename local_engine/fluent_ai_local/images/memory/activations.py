"""Bytes that a module needs beside its weights while it computes, counted in a run of it without numbers.

On the meta device a module goes through the same operators as with weights. What each of them returns is counted from
then on until nothing refers to it any more.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from fluent_ai_local.images.attention import Attention, find_kernel

_CONVOLUTION: Final = torch.ops.aten.convolution.default


def count(module: nn.Module, run: Callable[[], object], device: torch.device, attention: str | None) -> int:
    """The most bytes at once while `run` calls the `module`, which is on the meta device, as `device` would do it."""
    counter = _Counter(module, copies=device.type == "cpu")
    whole = attention == "math" or (attention is None and device.type not in ("cpu", "cuda"))
    kernel = find_kernel("math", torch.device("meta"), torch.float32) if whole else _piecewise
    with torch.no_grad(), Attention(kernel), counter:
        run()
    return counter.most


def _piecewise(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Kernels that never have all scores in memory need no more than their result."""
    return torch.empty_like(query)


class _Counter(TorchDispatchMode):  # type: ignore[no-untyped-call]
    def __init__(self, module: nn.Module, *, copies: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.most = 0
        self._now = 0
        self._copies = copies
        """oneDNN has an order of its own for what goes into a convolution, and copies it."""
        self._weights = [weight.untyped_storage() for weight in (*module.parameters(), *module.buffers())]
        self._known: dict[int, weakref.ref[object]] = {id(each): weakref.ref(each) for each in self._weights}

    def __torch_dispatch__(
        self,
        function: Callable[..., object],
        types: Sequence[type],
        given: Sequence[Any] = (),
        named: Mapping[str, Any] | None = None,
    ) -> object:
        found = function(*given, **(named or {}))
        for tensor in tree_leaves(found):
            if isinstance(tensor, Tensor):
                self._note(tensor.untyped_storage())
        if self._copies and function is _CONVOLUTION:
            self._add(given[0].nbytes, 1)
            self._add(given[0].nbytes, -1)
        return found

    def _note(self, storage: torch.UntypedStorage) -> None:
        place = id(storage)
        if place not in self._known:
            size = storage.nbytes()
            self._known[place] = weakref.ref(storage, lambda gone: self._forget(place, size))
            self._add(size, 1)

    def _forget(self, place: int, size: int) -> None:
        if self._known.pop(place, None) is not None:
            self._add(size, -1)

    def _add(self, size: int, sign: int) -> None:
        self._now += sign * size
        self.most = max(self.most, self._now)
