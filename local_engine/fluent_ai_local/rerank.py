"""Documents by how well they answer a query: by a cross-encoder's classifier, or by the cosines of embeddings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from fluent_ai.content.events import Progress, StreamStart, UsageUpdate
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.errors import ContextTooLong, UnsupportedModel
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.rerank import Ranked, RerankRequest, best_first

from fluent_ai_local.catalog.attend import until_open
from fluent_ai_local.catalog.loaded_models import LoadedEncoder, ModelCache
from fluent_ai_local.clip.loading import LoadedClip
from fluent_ai_local.embed import batches, padded, vectors_of
from fluent_ai_local.text.tokenizer import Tokenizer

_QUERY: Final = -1


def run_rerank(request: RerankRequest, models: ModelCache, emit: Emit[Ranked | Note]) -> None:
    """Emit each document with its score, as it is computed, or the best ones alone at the end.

    A model with a classifier of one label scores each pair of query and document, as Sentence Transformers'
    CrossEncoder does; another encoder scores by the cosine of their embeddings. Raises UnsupportedModel for other
    models, ContextTooLong, the errors of loading, and what `emit` raises.
    """
    loaded = models.load(request.model, until_open(emit))
    if not isinstance(loaded, LoadedEncoder):
        what = "was trained to compare texts with pictures" if isinstance(loaded, LoadedClip) else "writes texts"
        raise UnsupportedModel(
            f"{request.model} {what}; rerank takes a cross-encoder, or an encoder that embeds", provider="local"
        )
    if loaded.network.labels > 1:
        raise UnsupportedModel(
            f"{request.model} tells {loaded.network.labels} labels apart; rerank takes a classifier of one",
            provider="local",
        )
    emit(StreamStart(model=request.model, provider="local"))
    found: list[Ranked] = []
    tokens = 0
    for number, score, count in _pairs(loaded, request) if loaded.network.labels else _cosines(loaded, request):
        tokens += count
        if number == _QUERY:
            continue
        ranked = Ranked(number, score, request.documents[number])
        found.append(ranked)
        if request.top_n is None:
            emit(ranked)
        emit(Progress("rerank", len(found), len(request.documents)))
    if request.top_n is not None:
        for ranked in best_first(found)[: request.top_n]:
            emit(ranked)
    emit(UsageUpdate(Usage(input_tokens=tokens)))


def _pairs(loaded: LoadedEncoder, request: RerankRequest) -> Iterator[tuple[int, float, int]]:
    """Number, score and tokens of each document, together with the query."""
    vocabulary = loaded.tokenizer.vocabulary
    query, after = [*loaded.tokenizer.encode_text(request.query), *vocabulary.between], vocabulary.after
    pairs = []
    for number, document in enumerate(request.documents):
        inside = _inside(document, loaded.tokenizer)
        room = loaded.longest - len(query) - len(after)
        if len(inside) > room and (request.truncate is not True or room < 1):
            raise _too_long(request, number, len(query) + len(inside) + len(after), loaded.longest, room < 1)
        pairs.append([*query, *inside[:room], *after])
    for batch in batches(pairs):
        ids, mask = padded([pairs[number] for number in batch], loaded.network.device)
        kinds = torch.zeros_like(ids)
        kinds[:, len(query) :] = mask[:, len(query) :]
        scores = loaded.network.classify(ids, mask, kinds)[:, 0]
        for number, score in zip(batch, (scores.sigmoid() if loaded.sigmoid else scores).tolist(), strict=True):
            yield number, score, len(pairs[number])


def _cosines(loaded: LoadedEncoder, request: RerankRequest) -> Iterator[tuple[int, float, int]]:
    """As `_pairs`; the query counts for itself."""
    before = loaded.prompts.get("query", ""), loaded.prompts.get("document", "")
    query = _fitting(before[0] + request.query, request, _QUERY, loaded)
    direction = F.normalize(vectors_of(loaded, [query]), dim=-1)[0]
    yield _QUERY, 0.0, len(query)
    ids = [_fitting(before[1] + document, request, number, loaded) for number, document in enumerate(request.documents)]
    for batch in batches(ids):
        vectors = F.normalize(vectors_of(loaded, [ids[number] for number in batch]), dim=-1)
        for number, score in zip(batch, (vectors @ direction).tolist(), strict=True):
            yield number, score, len(ids[number])


def _fitting(text: str, request: RerankRequest, number: int, loaded: LoadedEncoder) -> list[int]:
    ids = loaded.tokenizer.encode_text(text)
    if len(ids) <= loaded.longest:
        return ids
    if request.truncate is not True:
        raise _too_long(request, number, len(ids), loaded.longest, number == _QUERY)
    after = loaded.tokenizer.vocabulary.after
    return [*ids[: loaded.longest - len(after)], *after]


def _inside(text: str, tokenizer: Tokenizer) -> list[int]:
    """Ids of a text without those that the model wants around it."""
    ids: Sequence[int] = tokenizer.encode_text(text)
    vocabulary = tokenizer.vocabulary
    return list(ids[len(vocabulary.before) : len(ids) - len(vocabulary.after)])


def _too_long(request: RerankRequest, number: int, tokens: int, most: int, of_query: bool) -> ContextTooLong:
    what = "the query" if of_query else f"documents[{number}]"
    return ContextTooLong(
        f"{what} is too long: {tokens:,} tokens; {request.model} takes {most:,}. truncate=True cuts documents",
        provider="local",
        model=request.model,
    )
