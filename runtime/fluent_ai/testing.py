"""For the tests of programs that use fluent-ai: a provider with scripted answers, and a transport without a network.

with fake_provider("Hello!", ToolCall("1", "ask", {"q": "name?"})) as fake:
    assert Client().complete("fake:any-model", "hi").text == "Hello!"
    assert fake.requests[0].messages[0].text == "hi"
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import msgspec

from fluent_ai.content.events import Event
from fluent_ai.content.parts import ToolCall
from fluent_ai.content.reply import Usage
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.providers.table import register_provider, unregister_provider

ScriptedReply: TypeAlias = str | ToolCall | FluentError | Sequence[Event]
"""Text, a tool call, an error that ends the stream, or a list of events."""


class FakeProvider:
    """Answers each request with the next of `answers`; `requests` records the requests."""

    def __init__(self, answers: Sequence[ScriptedReply], id: str = "fake") -> None:
        self.id = id
        """The name before the colon."""
        self.requests: list[ChatRequest] = []
        """The requests, in order."""
        self._answers = iter(answers)

    def chat_model(self, model: str) -> FakeProvider:
        """This provider, for every id."""
        return self

    def run(self, request: ChatRequest, emit: Emit[Event]) -> None:
        """Emit the next answer."""
        self.requests.append(request)
        answer = next(self._answers, None)
        if answer is None:
            raise ConfigError(f"fake provider {self.id!r}: no answer left for request {len(self.requests)}")
        if isinstance(answer, FluentError):
            raise answer
        for event in _events(answer, self.id, request.model):
            emit(event)


def _events(answer: str | ToolCall | Sequence[Event], provider: str, model: str) -> Sequence[Event]:
    if not isinstance(answer, str | ToolCall):
        return answer
    events: list[Event] = []
    writer = ReplyWriter(provider, events.append)
    writer.start("fake", model)
    if isinstance(answer, ToolCall):
        arguments = answer.arguments
        text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
        writer.call_arguments(writer.start_call(answer.id, answer.name), text)
    else:
        for number, word in enumerate(answer.split(" ")):
            writer.text(f" {word}" if number else word)
    writer.usage(Usage(input_tokens=1, output_tokens=1))
    reason = "tool_calls" if isinstance(answer, ToolCall) else "stop"
    writer.finish("tool_calls" if isinstance(answer, ToolCall) else "stop", reason)
    return events


@contextmanager
def fake_provider(*answers: ScriptedReply, id: str = "fake") -> Iterator[FakeProvider]:
    """Registers a provider for all clients inside the block; it gives the answers in order."""
    fake = FakeProvider(answers, id)
    route = Route(protocol="worker")
    manifest = Manifest(id=id, name="Fake", docs="", auth=Auth(scheme="none", required=False), chat=(route,))
    register_provider(manifest, lambda: fake)
    try:
        yield fake
    finally:
        unregister_provider(id)


class FakeResponse(msgspec.Struct):
    """A response of `FakeTransport`, whose body arrives in the given chunks."""

    body: Sequence[bytes] = ()
    """The chunks of the body."""
    status: int = 200
    """The HTTP status code."""
    headers: Mapping[str, str] = msgspec.field(default_factory=lambda: {"content-type": "text/event-stream"})
    """The headers, by lower-case name."""

    def chunks(self) -> Iterator[bytes]:
        """The body, chunk by chunk."""
        return iter(self.body)

    def close(self) -> None:
        """Does nothing: there is no connection."""

    def abort(self) -> None:
        """Does nothing: there is no connection."""


class FakeTransport:
    """Passes each request to `answer` instead of a network; `requests` records the requests."""

    def __init__(self, answer: Callable[[HttpRequest], FakeResponse]) -> None:
        self.requests: list[HttpRequest] = []
        """The requests that were sent, in order."""
        self._answer = answer

    def send(self, request: HttpRequest, timeouts: Timeouts) -> FakeResponse:
        """Pass the request to `answer`."""
        self.requests.append(request)
        return self._answer(request)

    def close(self) -> None:
        """Does nothing: there is no connection."""


class AsyncFakeResponse:
    """The asynchronous twin of `FakeResponse`."""

    def __init__(self, response: FakeResponse) -> None:
        self.status = response.status
        """The HTTP status code."""
        self.headers = response.headers
        """The headers, by lower-case name."""
        self._body = response.body

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body, chunk by chunk."""
        for chunk in self._body:
            yield chunk

    async def close(self) -> None:
        """Does nothing: there is no connection."""

    def abort(self) -> None:
        """Does nothing: there is no connection."""


class AsyncFakeTransport:
    """The asynchronous twin of `FakeTransport`."""

    def __init__(self, answer: Callable[[HttpRequest], FakeResponse]) -> None:
        self._blocking = FakeTransport(answer)
        self.requests = self._blocking.requests
        """The requests that were sent, in order."""

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncFakeResponse:
        """Pass the request to `answer`."""
        return AsyncFakeResponse(self._blocking.send(request, timeouts))

    async def close(self) -> None:
        """Does nothing: there is no connection."""
