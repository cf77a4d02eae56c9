"""Embeddings: from texts and images to vectors."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from fluent_ai.arguments import check_choice, check_flag, check_whole
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import ImagePart
from fluent_ai.content.requests import InputType, Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.content.token_counts import likely_most_tokens
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options, texts_and_images

if TYPE_CHECKING:
    Vector: TypeAlias = array[float]
else:
    Vector = array  # not a generic class before Python 3.12
"""32-bit floats, one for each dimension. It is a buffer: `numpy.frombuffer(vector, "f4")` reads it without a copy."""


EmbedInput: TypeAlias = str | ImagePart


class Embedding(JsonStruct, frozen=True):
    """The vector of one input."""

    index: int
    """The position of the input, from 0."""
    vector: Vector
    """The input's vector."""


_IMAGE_TOKENS = 4_000
"""Of 2 megapixels at Voyage AI, which counts a token for every 560 pixels."""


class Embeddings(Result, frozen=True, kw_only=True):
    """The vectors, in the order of the inputs. It is a sequence of them."""

    vectors: tuple[Vector, ...] = ()
    """One vector for each input."""

    def __len__(self) -> int:
        return len(self.vectors)

    def __getitem__(self, index: int) -> Vector:
        return self.vectors[index]

    def __iter__(self) -> Iterator[Vector]:
        return iter(self.vectors)

    def __repr__(self) -> str:
        size = len(self.vectors[0]) if self.vectors else 0
        return f"Embeddings({len(self.vectors)} x {size}, usage={self.usage!r}, model={self.model!r})"


class EmbedOptions(Extras, total=False):
    """`input_type` is the purpose of the texts; `truncate=False` refuses texts that are too long for the model."""

    dimensions: int | None
    """The length of the vectors, for models that can shorten them."""
    input_type: InputType | None
    """The purpose of the texts: `query`, `document`, `classification` or `clustering`."""
    truncate: bool | None
    """True cuts texts that are too long for the model; False refuses them."""


class EmbedRequest(Request, frozen=True, kw_only=True):
    """A checked request of one batch; `offset` is the position of its first input among all inputs."""

    inputs: tuple[EmbedInput, ...]
    offset: int = 0
    dimensions: int | None = None
    input_type: InputType | None = None
    truncate: bool | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The inputs, where there are only texts. Raises ConfigError, which numbers it, for an image."""
        for index, each in enumerate(self.inputs):
            if not isinstance(each, str):
                raise ConfigError(f"inputs[{self.offset + index}] is an image; allowed here: str", model=self.model)
        return tuple(each for each in self.inputs if isinstance(each, str))


def _build(target: Target, inputs: EmbedInput | Sequence[EmbedInput], options: Mapping[str, Any]) -> list[EmbedRequest]:
    found = texts_and_images(target, inputs)
    given = common_options(target, "embeddings", options, ("dimensions", "input_type", "truncate"))
    check_whole(given, "dimensions", 1)
    check_choice(given, "input_type", get_args(InputType))
    check_flag(given, "truncate")
    batches = _batches(found, target.route.batch or len(found), _budget(target))
    return [EmbedRequest(inputs=found[start:end], offset=start, **given) for start, end in batches]


def _budget(target: Target) -> float:
    """How many tokens one request may hold."""
    limits = target.route.batch_tokens.items()
    return next((most for pattern, most in limits if fnmatchcase(target.model, pattern)), math.inf)


def _batches(inputs: Sequence[EmbedInput], most: int, budget: float) -> Iterator[tuple[int, int]]:
    """Neighbouring inputs together, as many as one request may hold. A text that is too long alone goes alone.

    An image counts as `_IMAGE_TOKENS`, because its pixels are not looked at.
    """
    start, tokens = 0, 0
    for end, each in enumerate(inputs):
        size = 0 if budget == math.inf else likely_most_tokens(each) if isinstance(each, str) else _IMAGE_TOKENS
        if end > start and (end - start == most or tokens + size > budget):
            yield start, end
            start, tokens = end, 0
        tokens += size
    if inputs:
        yield start, len(inputs)


def _result(items: list[Embedding], head: Head) -> Embeddings:
    return Embeddings(vectors=tuple(item.vector for item in sorted(items, key=lambda item: item.index)), **head)


def embed_fold() -> ResultFold[Embedding, Embeddings]:
    return ResultFold(_result)


EMBED: Verb[EmbedInput | Sequence[EmbedInput], EmbedRequest, Embedding | Note, Embeddings] = Verb(
    "embeddings",
    _build,
    embed_fold,
    Door(
        options=EmbedOptions,
        answer="The vectors, in the order of the inputs. Inputs that are too many for one request are sent in several.",
        stream="The vectors as they arrive.",
        kind="embedding",
        public=(Embeddings, Embedding),
    ),
)
