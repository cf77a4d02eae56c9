"""Chats of both kinds behind the same words, and a provider that breaks off where a test wants it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fluent_ai as ai
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Route
from shells import Shell

WAIT = 30.0


def chat_of(shell: Shell, *arguments: Any, **options: Any) -> Any:
    """A Chat or an AsyncChat, as the client of the shell wants it."""
    kind = ai.Chat if isinstance(shell.client, ai.Client) else ai.AsyncChat
    return kind(shell.client, *arguments, **options)


def say(shell: Shell, chat: Any, *said: Any, **options: Any) -> Any:
    """The result of a turn."""
    return shell.do(chat.say(*said, **options).collect())


def texts(chat: Any) -> list[str]:
    return [each.text for each in chat.messages]


class Pausing:
    """A model that says `one two `, waits for `go_on`, and says `three`, or fails if `error` is given."""

    def __init__(self, error: ai.FluentError | None) -> None:
        self.go_on = threading.Event()
        self.waits = threading.Event()
        self.requests: list[ai.ChatRequest] = []
        self._error = error

    def chat_model(self, model: str) -> Pausing:
        return self

    def run(self, request: ai.ChatRequest, emit: Emit[ai.Event]) -> None:
        self.requests.append(request)
        writer = ReplyWriter("pausing", emit)
        writer.start("pausing", "x")
        writer.text("one ")
        writer.text("two ")
        self.waits.set()
        while not self.go_on.wait(0.05):
            emit(ai.Ping())  # raises once the stream is closed
        if self._error is not None:
            raise self._error
        writer.text("three")
        writer.usage(ai.Usage(input_tokens=3, output_tokens=4))
        writer.finish("stop", "stop")


@contextmanager
def pausing(error: ai.FluentError | None = None) -> Iterator[Pausing]:
    """The provider `pausing`."""
    model = Pausing(error)
    auth, route = Auth(scheme="none", required=False), Route(protocol="worker")
    ai.register_provider(ai.Manifest(id="pausing", name="P", docs="", auth=auth, chat=(route,)), lambda: model)
    try:
        yield model
    finally:
        model.go_on.set()
        ai.unregister_provider("pausing")
