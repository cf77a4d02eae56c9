"""The components of a model, each of which is in memory only while it has to be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Final, Generic, Literal, TypeAlias, TypeVar

import torch
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import OutOfMemory
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock
from torch import Tensor, nn

from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.catalog.freed_memory import trim
from fluent_ai_local.modules.filling import Readers, check_names, fill

F = TypeVar("F")
_PAUSE: Final = 0.05
"""Seconds between events."""
Stay: TypeAlias = Literal["kept", "freed", "by groups"]
"""What becomes of the weights after their use; by groups, a block's weights are there while the block computes."""
Open: TypeAlias = Callable[[nn.Module], AbstractContextManager[Readers]]
"""Opens the files of a module: its tensors, by the names that the module has for them."""


class Loading:
    """How far the loading of a request is, in bytes of memory.

    Models have hundreds of tensors, most of them small, so most of them are not worth an event.
    """

    def __init__(self, total: int) -> None:
        self._done = 0
        self._total = total
        self._said = float("-inf")

    def tell(self, told: Callable[[Progress], None], read: int = 0) -> None:
        """Counts bytes, and tells of them if it has not done so for a while, or if they are the last."""
        self._done = min(self._done + read, self._total)
        now = time.monotonic()
        if self._done == self._total or now - self._said > _PAUSE:
            self._said = now
            told(Progress("load", self._done, self._total))


class Part(Generic[F]):
    """One component: `build` makes its module on the meta device, and `view` what the engine calls it by.

    `facts` is such a view of a module without weights: its configuration. `blocks` is where the module has its equal
    blocks, if any. Any number of threads may use a part at the same time.
    """

    def __init__(
        self,
        where: str,
        build: Callable[[], nn.Module],
        view: Callable[[nn.Module], F],
        opened: Open,
        *,
        device: torch.device,
        dtype: torch.dtype,
        blocks: str | None = None,
    ) -> None:
        self._where = where
        self._build = build
        self._view = view
        self._opened = opened
        self._device = device
        self._dtype = dtype
        self._blocks = blocks
        module = nn.Module.to(build(), dtype=dtype)  # diffusers' own warns, whatever the module
        self.facts: Final[F] = view(module)
        self.weight: Final = _weight(module)
        """Bytes of its weights in memory, and of the positions that some modules have beside them."""
        own = [_weight(block) for block in module.get_submodule(blocks).children()] if blocks else [self.weight]
        self._rest: Final = self.weight - sum(own)
        self.group: Final = max(own) + self._rest
        """Bytes of the weights that are in memory at once by groups."""
        self._loading = new_lock()
        """Held while it is loaded."""
        self._lock = new_lock()
        """Guards the three below."""
        self._module: nn.Module | None = None
        self._users = 0
        self._kept = True

    @property
    def in_memory(self) -> int:
        """Bytes of the weights that are in memory now."""
        return self.weight if self._module is not None else 0

    @contextmanager
    def used(self, stay: Stay, emit: Emit[Ping | Progress], loading: Loading) -> Iterator[F]:
        """The component with its weights, which are loaded if need be, with Progress or Ping meanwhile.

        Raises ModelLoadFailed, UnsupportedModel, WeightsCorrupt, OutOfMemory, and what `emit` raises.
        """
        if stay == "by groups" and self._blocks and not self.in_memory:
            with self._by_groups(self._blocks, emit, Loading(self._rest)) as streamed:
                yield self._view(streamed)
            return
        with hold(self._loading, emit):
            module = self._taken()
            if module is None:
                module = attended(partial(self._load, loading=loading), emit, name=f"load {self._where}")
                with self._lock:
                    self._module, self._users = module, 1
        try:
            yield self._view(module)
        finally:
            self._leave(stay)

    def release(self) -> None:
        """Let go of the weights now, or with their last user, and of any that are loaded after this."""
        with self._lock:
            self._kept = False
            gone = self._unused()
        _let_go(gone)

    def _taken(self) -> nn.Module | None:
        with self._lock:
            if self._module is not None:
                self._users += 1
            return self._module

    def _leave(self, stay: Stay) -> None:
        with self._lock:
            self._users -= 1
            gone = self._unused() if stay != "kept" or not self._kept else None
        _let_go(gone)

    def _unused(self) -> nn.Module | None:
        """The module, which is no longer there after this, unless somebody uses it."""
        if self._users:
            return None
        module, self._module = self._module, None
        return module

    def _load(self, told: Callable[[Progress], None], loading: Loading) -> nn.Module:
        module = self._build()
        with self._opened(module) as tensors:
            self._load_rest(module, tensors, told, loading, None)
        return module

    def _load_rest(
        self,
        module: nn.Module,
        tensors: Readers,
        told: Callable[[Progress], None],
        loading: Loading,
        without: str | None,
    ) -> None:
        """All weights but those whose names begin with `without`."""
        loading.tell(told)
        check_names(module, tensors, self._where)
        try:
            self._fill(module, tensors, partial(loading.tell, told), without=without)
        except (MemoryError, torch.OutOfMemoryError):
            raise OutOfMemory(
                f"{self._where}: out of memory; its weights need {self.weight / 1e9:.1f} GB",
                estimate=self.weight,
                provider="local",
            ) from None

    def _fill(
        self,
        module: nn.Module,
        tensors: Readers,
        told: Callable[[int], None],
        prefix: str = "",
        without: str | None = None,
    ) -> None:
        fill(
            module,
            tensors,
            self._where,
            device=self._device,
            dtype=self._dtype,
            told=told,
            prefix=prefix,
            without=without,
        )

    @contextmanager
    def _by_groups(self, blocks: str, emit: Emit[Ping | Progress], loading: Loading) -> Iterator[nn.Module]:
        module = self._build()
        try:
            with self._opened(module) as tensors:
                load = partial(self._load_rest, module, tensors, loading=loading, without=f"{blocks}.")
                attended(load, emit, name=f"load {self._where}")
                for name, block in module.get_submodule(blocks).named_children():
                    self._come_and_go(block, tensors, f"{blocks}.{name}.")
                yield module
        finally:
            _let_go(module)

    def _come_and_go(self, block: nn.Module, tensors: Readers, prefix: str) -> None:
        """Weights of a block come before it computes, and go afterwards."""
        away: dict[str, Tensor] = block.state_dict()

        def come(*given: object) -> None:
            self._fill(block, tensors, lambda read: None, prefix)

        def go(*given: object) -> None:
            block.load_state_dict(away, assign=True)

        block.register_forward_pre_hook(come)
        block.register_forward_hook(go)


def _let_go(module: nn.Module | None) -> None:
    """Free the weights now, rather than when nothing refers to the module: references go round in it, and all threads
    would have to wait for the search for such.
    """
    if module is not None:
        module.to_empty(device="meta")
        trim()


def _weight(module: nn.Module) -> int:
    kept = module.state_dict().keys()
    positions = (tensor for name, tensor in module.named_buffers() if name in kept)
    return sum(tensor.nbytes for tensor in (*module.parameters(), *positions))
