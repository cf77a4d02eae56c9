"""The interfaces that the runtime and the local engine both implement.

A model is either a codec or a worker. A codec is pure: it turns a request into an HTTP exchange. A worker runs in a
thread and emits items. Both kinds of stream, synchronous and asynchronous, are derived from either.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Generator, Mapping, Sequence
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.content.documents import Document
from fluent_ai.content.events import Event, Progress
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
    """Turns bytes into items; never touches a socket."""

    error: FluentError | None
    """The failure that the wire reported, if any; `finish` raises it."""

    done: bool
    """True once the wire has marked the answer as complete; anything after that can be dropped."""

    def feed(self, data: bytes) -> list[ItemT]:
        """The items that `data` completes; malformed input sets `error` instead of raising."""
        ...

    def finish(self) -> list[ItemT]:
        """Called at the end of the body: returns the last items, or raises `error` or StreamTruncated."""
        ...


class StreamParser(Parser[Event], Protocol):
    """The parser of a chat stream. `secrets` are kept out of messages."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None: ...

    @property
    def partial(self) -> Reply:
        """The reply so far."""
        ...


class Exchange(msgspec.Struct, Generic[ItemT], frozen=True):
    """A request and how to read its response: `new_parser` for each attempt, and `decode_error(status, headers, body)`
    for a status of 400 and above.
    """

    request: HttpRequest
    new_parser: Callable[[], Parser[ItemT]]
    decode_error: Callable[[int, Mapping[str, str], bytes], ApiError]
    authenticator: Authenticator = ANONYMOUS
    notes: tuple[str, ...] = ()
    """What was left out of the request because the provider does not take it, as sentences for people."""


class Codec(Protocol[RequestT_contra, ItemT]):
    """A model behind HTTP."""

    def prepare(self, request: RequestT_contra) -> Exchange[ItemT]: ...


class Emit(Protocol[T_contra]):
    """Hands a value to the consumer; blocks while the consumer is slow, and raises Cancelled once it has closed."""

    def __call__(self, value: T_contra, /) -> None: ...


class AsyncEmit(Protocol[T_contra]):
    """The asynchronous twin of `Emit`: suspends while the consumer is slow."""

    def __call__(self, value: T_contra, /) -> Awaitable[None]: ...


@runtime_checkable
class Worker(Protocol[RequestT_contra, ItemT_co]):
    """A model in this process. It returns when the answer is complete; an exception ends the stream."""

    def run(self, request: RequestT_contra, emit: Emit[ItemT_co]) -> None: ...


@runtime_checkable
class ChecksRequests(Protocol[RequestT_contra]):
    """An optional method of workers."""

    def check(self, request: RequestT_contra) -> None:
        """Raises ConfigError for an unsupported request. Called as soon as the verb is called, before anything runs."""
        ...


class Collected(Protocol):
    """What was found for a question."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, the best first."""
        ...

    @property
    def notes(self) -> Sequence[str]:
        """What people should know of it, such as how much was left out."""
        ...


@runtime_checkable
class CollectsDocuments(Protocol):
    """Finds documents when a call is sent, such as `ai.context`."""

    def collect(
        self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None
    ) -> Collected:
        """Those that fit into `room` tokens; None if no more is known than what it knows itself. Raises Cancelled soon
        after `left` has begun to say that nobody waits for them any more.
        """
        ...

    async def acollect(self, question: str = "", *, room: int | None = None) -> Collected:
        """The same without blocking the event loop."""
        ...


@runtime_checkable
class CollectsInSteps(CollectsDocuments, Protocol):
    """Says how far it is meanwhile, which the stream of the reply passes on."""

    def steps(
        self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None
    ) -> Generator[Progress, None, Collected]:
        """As `collect`; closing it ends the reading."""
        ...

    def asteps(self, question: str = "", *, room: int | None = None) -> AsyncGenerator[Progress | Collected, None]:
        """As `acollect`; what was found comes last, and closing it ends the reading."""
        ...


class Folding(Protocol[ItemT_contra, ResultT_co]):
    """Takes items and gives the result so far."""

    @property
    def finished(self) -> bool:
        """True if the items so far make up a complete answer."""
        ...

    def add(self, item: ItemT_contra, /) -> None: ...

    def result(self) -> ResultT_co: ...


ChatCodec: TypeAlias = Codec[ChatRequest, Event]
ChatWorker: TypeAlias = Worker[ChatRequest, Event]


class ChatProvider(Protocol):
    """An in-process provider, as `register_provider` and the entry-point group `fluent_ai.providers` accept it.

    Other capabilities have methods of the same form: `embedding_model`, `rerank_model`, `moderation_model`,
    `transcription_model`, `speech_model` and `image_model` return the worker (or codec) of that capability.
    """

    def chat_model(self, model: str) -> ChatCodec | ChatWorker:
        """The chat model with that id. Raises NotFound, with similar names, for an unknown id."""
        ...


class LocalSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the local engine computes, and keeps what it fetches from the hub.

    client = ai.Client(local=ai.LocalSettings(device="auto"))
    """

    device: str = "cpu"
    """A torch device, such as `cuda:1`, or `auto`: Metal, then the CUDA device with the most free memory, then the CPU.
    """
    cache_dir: str | None = None
    """The folder of the hub's own tool, if that is neither in `HF_HUB_CACHE` nor in `HF_HOME`."""


@runtime_checkable
class TakesSettings(Protocol):
    """An optional method of in-process providers."""

    def with_settings(self, settings: LocalSettings) -> object:
        """The provider as a client with these settings uses it; it shares what it can with others."""
        ...


class KeptModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model that an in-process provider knows, and where it is; `size` and `in_memory` in bytes."""

    id: str
    name: str
    license: str
    size: int
    """Bytes of its weights, to fetch and on disk."""
    path: str | None = None
    """Where it is on disk; None until it is pulled."""
    in_memory: int = 0
    """Bytes that it takes in this process; 0 if it is not loaded."""


@runtime_checkable
class KeepsModels(Protocol):
    """Optional methods of an in-process provider that keeps weights on disk."""

    def known_models(self) -> list[KeptModel]:
        """All models that can be pulled by name."""
        ...

    def remove_model(self, model: str) -> int:
        """Remove the files of a model that was pulled. Returns the bytes freed; raises NotFound for an unknown one."""
        ...
