"""What the codecs of embeddings share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, TypeAlias, TypeVar

from fluent_ai.arguments import unsupported
from fluent_ai.content.events import Warned
from fluent_ai.content.requests import InputType
from fluent_ai.content.results import Note
from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai.protocols.embeddings.vectors import read_vector
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.embed import Embedding, EmbedRequest

AnswerT = TypeVar("AnswerT")
InputTypes: TypeAlias = Mapping[InputType, str]

GOOGLE_TASKS: InputTypes = {
    "query": "RETRIEVAL_QUERY",
    "document": "RETRIEVAL_DOCUMENT",
    "classification": "CLASSIFICATION",
    "clustering": "CLUSTERING",
}
"""Google's task types, in the Gemini API and on Vertex AI."""


class EmbedCodec(WholeResponseCodec[EmbedRequest, Embedding | Note, AnswerT]):
    input_types: ClassVar[InputTypes] = {}
    """The protocol's words for what texts are embedded for."""

    def purpose(self, request: EmbedRequest) -> str | None:
        """What the texts are for, in the provider's words. Raises ConfigError where it has none."""
        words = self.endpoint.route.input_types or self.input_types
        if request.input_type is None or request.input_type in words:
            return None if request.input_type is None else words[request.input_type]
        if not words:
            raise unsupported("input_type", self.provider)
        raise ConfigError(f"input_type is {request.input_type!r}; allowed by {self.provider}: {', '.join(words)}")

    def embeddings(self, request: EmbedRequest, vectors: Iterable[object]) -> Iterator[Embedding | Note]:
        """Vectors that come in the order of the inputs."""
        return self.indexed(request, [(None, vector) for vector in vectors])

    def indexed(self, request: EmbedRequest, rows: Sequence[tuple[int | None, object]]) -> Iterator[Embedding | Note]:
        """Vectors with the numbers of their inputs. Raises ProtocolError unless each input has one of the same size."""
        count = len(request.inputs)
        if len(rows) != count:
            raise ProtocolError(f"{count} inputs were sent and {len(rows)} vectors came back")
        seen: set[int] = set()
        sizes: set[int] = set()
        for position, (number, found) in enumerate(rows):
            index = position if number is None else number
            if not 0 <= index < count:
                raise ProtocolError(f"vector number {index} answers none of {count} inputs")
            if index in seen:
                raise ProtocolError(f"vector number {index} came twice")
            vector = read_vector(found, self.endpoint.route.vectors)
            seen.add(index)
            sizes.add(len(vector))
            yield Embedding(request.offset + index, vector)
        if len(sizes) > 1:
            raise ProtocolError(f"vectors of different sizes came back: {', '.join(map(str, sorted(sizes)))}")
        if request.dimensions is not None and sizes != {request.dimensions}:
            yield Warned(f"{request.dimensions} dimensions were asked for and {sizes.pop()} came back")
