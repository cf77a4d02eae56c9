"""Prompts as the transformer reads them: two CLIPs side by side, followed by T5."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
import torch
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import StageFailed
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock
from torch import Tensor

from fluent_ai_local.images.modules import T5, Clip, Encoded, Tokenizer
from fluent_ai_local.images.parts import Loading, Part, Stay
from fluent_ai_local.images.stages import infer

E = TypeVar("E")
T5_TOKENS: Final = 256
CLIP_TOKENS: Final = 77
ENCODERS: Final = 3
_KEPT: Final = 64
"""Prompts whose encoding is kept."""


class Read(msgspec.Struct, frozen=True):
    """An encoded prompt, and what of it was cut off, as sentences for people."""

    encoded: Encoded
    warnings: tuple[str, ...]


class TextEncoders:
    """CLIP-L, CLIP-G and, where there is one, T5; each with its tokenizer.

    T5 is freed after each use: it is larger than all the rest, and a prompt is encoded once. `width` is that of the
    context. Threads may share it; one at a time encodes.
    """

    def __init__(
        self,
        clips: tuple[tuple[Part[Clip], Tokenizer], tuple[Part[Clip], Tokenizer]],
        t5: tuple[Part[T5], Tokenizer] | None,
        *,
        width: int,
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self._clips = clips
        self._t5 = t5
        self._width = width
        self._device = device
        self._dtype = dtype
        self.lock: Final = new_lock()
        """Held by whoever calls `encode`."""
        self._read: OrderedDict[tuple[str, int], Read] = OrderedDict()

    @property
    def clips(self) -> tuple[Part[Clip], Part[Clip]]:
        return self._clips[0][0], self._clips[1][0]

    @property
    def t5(self) -> Part[T5] | None:
        return None if self._t5 is None else self._t5[0]

    @torch.inference_mode()
    def encode(
        self, prompts: list[str], t5_tokens: int, stay: Stay, emit: Emit[Ping | Progress], loading: Loading
    ) -> list[Read]:
        """The prompts, encoded or remembered. Emits after each of the three encoders how many are done.

        Contexts are (1, 77 + t5_tokens, width) and pooled (1, both CLIPs'). Raises StageFailed where something that
        is not a number comes out, and as `Part.used`.
        """
        missing = [prompt for prompt in dict.fromkeys(prompts) if (prompt, t5_tokens) not in self._read]
        states: dict[str, list[Encoded]] = {prompt: [] for prompt in missing}
        warnings: dict[str, list[str]] = {prompt: [] for prompt in missing}
        for number, ((part, tokenizer), name) in enumerate(zip(self._clips, ("CLIP-L", "CLIP-G"), strict=True)):
            if missing:
                with part.used("kept" if stay == "kept" else "freed", emit, loading) as clip:
                    length = min(clip.length, CLIP_TOKENS)
                    ids = [self._ids(tokenizer, prompt, length, name, warnings[prompt]) for prompt in missing]
                    read = _encoded(clip.encode, ids, emit, name)
                for prompt, encoded in zip(missing, read, strict=True):
                    states[prompt].append(encoded)
            emit(Progress("encode", number + 1, ENCODERS))
        endings = self._endings(missing, t5_tokens, warnings, stay, emit)
        emit(Progress("encode", ENCODERS, ENCODERS))
        for prompt, ending in zip(missing, endings, strict=True):
            encoded = self._joined(states[prompt], ending)
            if not (encoded.context.isfinite().all() and encoded.pooled.isfinite().all()):
                raise StageFailed("the encoded prompt is not finite: weights are damaged", stage="text encoding")
            self._read[prompt, t5_tokens] = Read(encoded, tuple(dict.fromkeys(warnings[prompt])))
        found = [self._read[prompt, t5_tokens] for prompt in prompts]
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return found

    def _endings(
        self, prompts: list[str], tokens: int, warnings: dict[str, list[str]], stay: Stay, emit: Emit[Ping | Progress]
    ) -> list[Tensor]:
        """T5's part of each context; zeros where there is none."""
        if self._t5 is None or not prompts:
            return [torch.zeros(1, tokens, self._width, device=self._device)] * len(prompts)
        part, tokenizer = self._t5
        length = min(tokens, tokenizer.most)
        with part.used("freed" if stay == "kept" else stay, emit, Loading(part.weight)) as t5:
            ids = [self._ids(tokenizer, prompt, length, "T5", warnings[prompt]) for prompt in prompts]
            return _encoded(t5.encode, ids, emit, "T5")

    def _ids(self, tokenizer: Tokenizer, prompt: str, length: int, name: str, warnings: list[str]) -> Tensor:
        words = tokenizer.encode(prompt, length)
        if words.cut:
            warnings.append(f"{name} reads {length} tokens; it did not see the end of the prompt: {words.cut}")
        return torch.tensor([words.ids], device=self._device)

    def _joined(self, clips: list[Encoded], ending: Tensor) -> Encoded:
        states = torch.cat([clip.context for clip in clips], dim=-1)
        beginning = torch.nn.functional.pad(states, (0, ending.shape[-1] - states.shape[-1]))
        context = torch.cat([beginning, ending.to(beginning)], dim=-2)
        pooled = torch.cat([clip.pooled for clip in clips], dim=-1)
        return Encoded(context.to(self._dtype), pooled.to(self._dtype))


def _encoded(encode: Callable[[Tensor], E], ids: list[Tensor], emit: Emit[Ping | Progress], name: str) -> list[E]:
    return infer(lambda: [encode(each) for each in ids], emit, name=f"encode by {name}")
