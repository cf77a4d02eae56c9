"""The seams. The runtime and the local engine implement the same ones.

A model is either a codec or a worker. A codec is pure: it turns a request into an HTTP exchange. A worker runs in a
thread and emits items. The shells in `streams.py` derive both kinds of stream from either.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec

from fluent_ai.auth import ANONYMOUS, Authenticator
from fluent_ai.errors import ApiError, FluentError
from fluent_ai.events import Event
from fluent_ai.veiled import Veiled
from fluent_ai.vocabulary import ChatRequest, Reply

T_contra = TypeVar("T_contra", contravariant=True)
RequestT_contra = TypeVar("RequestT_contra", contravariant=True)
ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)
ItemT_contra = TypeVar("ItemT_contra", contravariant=True)
ResultT_co = TypeVar("ResultT_co", covariant=True)


class HttpRequest(Veiled, frozen=True):
    """A request as bytes. The repr shows neither header values nor body nor query."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {self.url.partition('?')[0]}, {len(self.body)} bytes)"


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


class Response(Protocol):
    """An HTTP answer whose head has arrived. Header names are lower case."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> Iterator[bytes]:
        """The decoded body as it arrives."""
        ...

    def close(self) -> None:
        """Gives the connection back, or drops it when the body was not read to its end."""

    def abort(self) -> None:
        """Shuts the socket down; safe from any thread, and wakes a blocked reader."""


class AsyncResponse(Protocol):
    status: int
    headers: Mapping[str, str]

    def chunks(self) -> AsyncIterator[bytes]: ...

    async def close(self) -> None: ...

    def abort(self) -> None: ...


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds; `first_byte` counts from the sent request to the answer's head, `read` between chunks of its body."""

    connect: float | None = 10.0
    """To open a connection, with its TLS handshake."""
    first_byte: float | None = 120.0
    """From the sent request to the head of the answer."""
    read: float | None = 120.0
    """Between two chunks of the answer's body."""
    write: float | None = 60.0
    """To send the request."""
    pool: float | None = 30.0
    """To wait for a free connection."""


class Transport(Protocol):
    """Sends one request. Raises ConnectionFailed or DeadlineExceeded, never an error of the library below."""

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Response: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncResponse: ...

    async def close(self) -> None: ...


class ChatProvider(Protocol):
    """What the entry-point group `fluent_ai.providers` and `register_provider` accept for in-process providers.

    Other capabilities join in the same way: `embedding_model`, `rerank_model`, `moderation_model`,
    `transcription_model`, `speech_model` and `image_model` give the worker (or codec) of that capability.
    """

    def chat_model(self, model: str) -> ChatCodec | ChatWorker:
        """The chat model with that id; NotFound with near matches when there is none."""
        ...
