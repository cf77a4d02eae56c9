"""The asynchronous twins of `shells.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from typing import Unpack

    from fluent_ai.embeddings import Embedding, Embeddings, EmbedOptions
    from fluent_ai.results import Note
    from fluent_ai.streams import AsyncResultStream
    from fluent_ai.verbs import Verb

ModelT = TypeVar("ModelT")
SubjectT = TypeVar("SubjectT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class AsyncStarter(Generic[ModelT]):
    """What a client offers to its verbs."""

    def _start(
        self, verb: Verb[SubjectT, Any, ItemT, ResultT], model: ModelT, subject: SubjectT, options: Mapping[str, Any]
    ) -> AsyncResultStream[ItemT, ResultT]:
        raise NotImplementedError


class AsyncEmbeds(AsyncStarter[ModelT]):
    async def embed(self, model: ModelT, inputs: str | Sequence[str], **options: Unpack[EmbedOptions]) -> Embeddings:
        """The vectors of the inputs, in their order; what is too much for one request is sent in several."""
        async with self.stream_embed(model, inputs, **options) as stream:
            return await stream.collect()

    def stream_embed(
        self, model: ModelT, inputs: str | Sequence[str], **options: Unpack[EmbedOptions]
    ) -> AsyncResultStream[Embedding | Note, Embeddings]:
        """The vectors as they come."""
        from fluent_ai.embeddings import EMBED

        return self._start(EMBED, model, inputs, options)
