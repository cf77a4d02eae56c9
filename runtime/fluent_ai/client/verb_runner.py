"""What a client offers to the methods of its verbs, which are rendered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.streams.stream import AsyncReplyStream, AsyncResultStream, ReplyStream, ResultStream
    from fluent_ai.verbs.base import Verb

ModelT = TypeVar("ModelT")
SubjectT = TypeVar("SubjectT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


class VerbRunner(ABC, Generic[ModelT]):
    """Runs any verb on a model or a route; `ModelT` is what the client takes for a model."""

    @abstractmethod
    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelT | Route,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> ResultStream[ItemT, ResultT]: ...

    @abstractmethod
    def _stream(self, model: ModelT | Route, messages: Messages, options: Mapping[str, Any]) -> ReplyStream: ...


class AsyncVerbRunner(ABC, Generic[ModelT]):
    """The asynchronous twin of `VerbRunner`."""

    @abstractmethod
    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelT | Route,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> AsyncResultStream[ItemT, ResultT]: ...

    @abstractmethod
    def _stream(self, model: ModelT | Route, messages: Messages, options: Mapping[str, Any]) -> AsyncReplyStream: ...
