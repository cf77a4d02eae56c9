"""What a client offers to the methods of its verbs, which are rendered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from typing import Unpack

    from fluent_ai.client.core import Core
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.streams.stream import AsyncReplyStream, AsyncResultStream, ReplyStream, ResultStream
    from fluent_ai.verbs.base import Verb
    from fluent_ai_toolkit.tools.options import RunOptions as RunOptions
    from fluent_ai_toolkit.tools.run import AsyncRun as AsyncRun
    from fluent_ai_toolkit.tools.run import Run as Run

ModelT = TypeVar("ModelT")
SubjectT = TypeVar("SubjectT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


class VerbRunner(ABC, Generic[ModelT]):
    """Runs any verb on a model or a route; `ModelT` is what the client takes for a model."""

    _core: Core

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


class ToolRunner(VerbRunner[ModelT]):
    """What chat offers beside its verb: the loop of fluent_ai_toolkit, which is loaded when it is first used."""

    def run(self, model: ModelT | Route, messages: Messages, **options: Unpack[RunOptions]) -> Run:
        """Let the model call `tools` until it has its answer: the events of its replies, and of the tools as they run.

        Calls start as soon as the model has written them, at most `at_once`; with `approve`, once all of a turn are
        decided. What tools raise is told to the model, unless `on_error="raise"`. A history that ends with calls that
        have no result goes on with these. Raises ConfigError or ToolError for bad arguments, and RunLimitReached while
        iterating.
        """
        from fluent_ai_toolkit.tools.run import open_run

        return open_run(self._stream, model, messages, options, self._core.price)


class AsyncVerbRunner(ABC, Generic[ModelT]):
    """The asynchronous twin of `VerbRunner`."""

    _core: Core

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


class AsyncToolRunner(AsyncVerbRunner[ModelT]):
    """The asynchronous twin of `ToolRunner`."""

    def run(self, model: ModelT | Route, messages: Messages, **options: Unpack[RunOptions]) -> AsyncRun:
        """The asynchronous twin of `ToolRunner.run`."""
        from fluent_ai_toolkit.tools.run import open_async_run

        return open_async_run(self._stream, model, messages, options, self._core.price)
