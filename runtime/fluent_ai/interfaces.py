"""The seams. The runtime and the local engine implement the same ones.

A model is either a codec or a worker. A codec is pure: it turns a request into an HTTP exchange. A worker runs in a
thread and emits items. The shells in `streams.py` derive both kinds of stream from either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.content.events import Event
from fluent_ai.content.reply import Reply
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ApiError, FluentError
from fluent_ai.http.messages import HttpRequest

T_contra = TypeVar("T_contra", contravariant=True)
RequestT_contra = TypeVar("RequestT_contra", contravariant=True)
ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)
ItemT_contra = TypeVar("ItemT_contra", contravariant=True)
ResultT_co = TypeVar("ResultT_co", covariant=True)


class Parser(Protocol[ItemT]):
    """Bytes in, items out; never touches a socket."""

    error: FluentError | None
    """Set when the wire said that the answer failed; `finish` raises it."""

    done: bool
    """The wire has said that the answer is complete; what follows can be dropped."""

    def feed(self, data: bytes) -> list[ItemT]:
        """The items that `data` completes; never raises for what the wire says."""
        ...

    def finish(self) -> list[ItemT]:
        """The body has ended: the last items, or `error`, or StreamTruncated."""
        ...


class StreamParser(Parser[Event], Protocol):
    """The parser of a chat stream. `secrets` are kept out of messages."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None: ...

    @property
    def partial(self) -> Reply:
        """The reply so far."""
        ...


class Exchange(msgspec.Struct, Generic[ItemT], frozen=True):
    """A request with the means to read its answer: a new parser for each attempt, and for a status of 400 and up
    `decode_error(status, headers, body)`.
    """

    request: HttpRequest
    new_parser: Callable[[], Parser[ItemT]]
    decode_error: Callable[[int, Mapping[str, str], bytes], ApiError]
    authenticator: Authenticator = ANONYMOUS


class Codec(Protocol[RequestT_contra, ItemT]):
    """A model behind HTTP."""

    def prepare(self, request: RequestT_contra) -> Exchange[ItemT]: ...


class Emit(Protocol[T_contra]):
    """Hands a value to the consumer; waits while the consumer is slow, raises Cancelled when it has left."""

    def __call__(self, value: T_contra, /) -> None: ...


@runtime_checkable
class Worker(Protocol[RequestT_contra, ItemT_co]):
    """A model in this process. Returns when all is said; an exception ends the stream."""

    def run(self, request: RequestT_contra, emit: Emit[ItemT_co]) -> None: ...


@runtime_checkable
class ChecksRequests(Protocol[RequestT_contra]):
    """What a worker may have as well."""

    def check(self, request: RequestT_contra) -> None:
        """Raises ConfigError for what it cannot do, as soon as the verb is called; nothing has run yet."""
        ...


class Folding(Protocol[ItemT_contra, ResultT_co]):
    """Items in, the result so far out."""

    @property
    def finished(self) -> bool:
        """Whether the items so far are a whole answer."""
        ...

    def add(self, item: ItemT_contra, /) -> None: ...

    def result(self) -> ResultT_co: ...


ChatCodec: TypeAlias = Codec[ChatRequest, Event]
ChatWorker: TypeAlias = Worker[ChatRequest, Event]


class ChatProvider(Protocol):
    """What the entry-point group `fluent_ai.providers` and `register_provider` accept for in-process providers.

    Other capabilities join in the same way: `embedding_model`, `rerank_model`, `moderation_model`,
    `transcription_model`, `speech_model` and `image_model` give the worker (or codec) of that capability.
    """

    def chat_model(self, model: str) -> ChatCodec | ChatWorker:
        """The chat model with that id; NotFound with near matches when there is none."""
        ...
