"""Texts as vectors, by an encoder or by any decoder: the vectors of their tokens pooled, and scaled to the length 1.

CLIP has vectors for pictures too, in the same space.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from fluent_ai.content.events import Progress, StreamStart, UsageUpdate
from fluent_ai.content.parts import ImagePart
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.errors import ConfigError, ContextTooLong, UnsupportedModel
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.embed import Embedding, EmbedRequest

from fluent_ai_local.catalog.attend import attended, until_open
from fluent_ai_local.catalog.loaded_models import Loaded, LoadedEncoder, LoadedModel, ModelCache
from fluent_ai_local.clip.loading import LoadedClip

_TOGETHER: Final = 4096
"""Tokens of a batch, padding included."""
_PICTURES: Final = 8
"""Pictures of a batch, of which no more are in memory."""


def run_embed(request: EmbedRequest, models: ModelCache, emit: Emit[Embedding | Note]) -> None:
    """Emit a vector for each input, the short ones first, loading the model first if need be.

    Raises ConfigError, ContextTooLong, the errors of loading, and what `emit` raises.
    """
    loaded = models.load(request.model, until_open(emit))
    if isinstance(loaded, LoadedEncoder) and loaded.network.labels:
        raise UnsupportedModel(
            f"{request.model} has a classifier: it scores pairs of texts (rerank), and embeds none", provider="local"
        )
    inputs = request.inputs if isinstance(loaded, LoadedClip) else request.texts
    emit(StreamStart(model=request.model, provider="local"))
    before = _prompt(request, loaded.prompts)
    texts = [number for number, each in enumerate(inputs) if isinstance(each, str)]
    ids = [_encoded(request, number, f"{before}{inputs[number]}", loaded) for number in texts]
    done = 0

    def show(numbers: Sequence[int], vectors: torch.Tensor) -> None:
        nonlocal done
        vectors = F.normalize(_shortened(vectors, request), dim=-1)
        for number, vector in zip(numbers, vectors.tolist(), strict=True):
            emit(Embedding(request.offset + number, array("f", vector)))
        done += len(numbers)
        emit(Progress("embed", done, len(inputs)))

    for batch in batches(ids):
        show([texts[each] for each in batch], vectors_of(loaded, [ids[each] for each in batch]))
    tokens = sum(map(len, ids))
    if isinstance(loaded, LoadedClip):
        pictures = {number: each for number, each in enumerate(inputs) if isinstance(each, ImagePart)}
        numbers = list(pictures)
        for first in range(0, len(numbers), _PICTURES):
            some = numbers[first : first + _PICTURES]
            named = {f"inputs[{request.offset + number}]": pictures[number] for number in some}
            show(some, _seen(loaded, named, emit))
        tokens += len(pictures) * loaded.network.patches
    emit(UsageUpdate(Usage(input_tokens=tokens)))


def _seen(loaded: LoadedClip, pictures: Mapping[str, ImagePart], emit: Emit[Embedding | Note]) -> torch.Tensor:
    """The vectors of some pictures: [pictures, width]. A consumer may leave meanwhile."""
    return attended(lambda told: loaded.see(pictures), emit, name="embed pictures")


def _prompt(request: EmbedRequest, prompts: Mapping[str, str]) -> str:
    """What the model wants before texts of the purpose. Raises ConfigError where it knows none."""
    purpose = request.input_type or ""
    if purpose and purpose not in prompts:
        known = ", ".join(repr(name) for name in prompts if name) or "none, as it states no prompts"
        raise ConfigError(f"input_type = {purpose!r}; allowed with {request.model}: {known}", provider="local")
    return prompts.get(purpose, "")


def _encoded(request: EmbedRequest, number: int, text: str, loaded: Loaded) -> list[int]:
    """Ids of the text of an input. Raises ContextTooLong where it is too long and may not be cut."""
    tokenizer, most = loaded.tokenizer, loaded.longest
    ids = tokenizer.encode_text(text)
    if len(ids) <= most:
        return ids
    if request.truncate is not True:
        raise ContextTooLong(
            f"inputs[{request.offset + number}] has {len(ids):,} tokens; {request.model} takes {most:,}. "
            "truncate=True cuts what is longer",
            provider="local",
            model=request.model,
        )
    after = tokenizer.vocabulary.after
    return [*ids[: most - len(after)], *after]


def batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Numbers of inputs, those of a like length together, so that little is padded."""
    batch: list[int] = []
    for number in sorted(range(len(ids)), key=lambda number: len(ids[number])):
        if batch and len(ids[number]) * (len(batch) + 1) > _TOGETHER:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


@torch.inference_mode()
def vectors_of(loaded: Loaded, ids: Sequence[Sequence[int]]) -> torch.Tensor:
    """The pooled vectors of some texts: [texts, width]."""
    if isinstance(loaded, LoadedClip):
        return loaded.network.texts(padded(ids, loaded.device)[0])
    if isinstance(loaded, LoadedEncoder):
        tokens, mask = padded(ids, loaded.network.device)
        hidden = loaded.network.encode(tokens, mask)
        if loaded.pooling == "cls":
            return hidden[:, 0]
        if loaded.pooling == "last":
            return hidden[torch.arange(len(ids)), mask.sum(1) - 1]
        return (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.stack([_decoded(loaded, each) for each in ids])


def padded(ids: Sequence[Sequence[int]], device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of one length, and where they hold what was given: int64 and bool [rows, longest]."""
    size = max(map(len, ids))
    tokens = torch.tensor([[*each, *[0] * (size - len(each))] for each in ids], device=device)
    mask = torch.tensor([[True] * len(each) + [False] * (size - len(each)) for each in ids], device=device)
    return tokens, mask


def _decoded(loaded: LoadedModel, ids: Sequence[int]) -> torch.Tensor:
    """What a decoder's head sees of the tokens, pooled."""
    network = loaded.network
    if not ids:
        raise ConfigError("an input is empty; a decoder embeds texts of at least one token", provider="local")
    hidden = network.hidden(torch.tensor([ids], device=network.device), network.new_cache(len(ids)))
    if loaded.pooling == "mean":
        return hidden[0].mean(0)
    return hidden[0, -1 if loaded.pooling == "last" else 0]


def _shortened(vectors: torch.Tensor, request: EmbedRequest) -> torch.Tensor:
    """The first of the dimensions, where so many were asked for (Matryoshka embeddings)."""
    if request.dimensions is None:
        return vectors
    if request.dimensions > vectors.shape[1]:
        raise ConfigError(
            f"dimensions = {request.dimensions}; {request.model} has {vectors.shape[1]}", provider="local"
        )
    return vectors[:, : request.dimensions]
