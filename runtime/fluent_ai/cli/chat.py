"""`fluent-ai chat`: a conversation."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from fluent_ai.errors import FluentError

from . import replies, terminal
from .failures import explain

if TYPE_CHECKING:
    from fluent_ai.client.client import Client
    from fluent_ai.content.parts import Message
    from fluent_ai.verbs.chat_options import ChatOptions


def chat(
    model: replies.Model,
    system: replies.System = None,
    temperature: replies.Temperature = None,
    top_p: replies.TopP = None,
    max_tokens: replies.MaxTokens = None,
    stop: replies.Stop = None,
    seed: replies.Seed = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Talk to a model. Ctrl-C stops the reply, Ctrl-D leaves. Without a terminal, each line of input is a turn."""
    options = replies.chat_options(system, temperature, top_p, max_tokens, stop, seed)
    with replies.make_client(model, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries) as client:
        conversation = Conversation(client, model, options)
        if sys.stdin.isatty():
            _at_terminal(conversation)
        else:
            for turn in sys.stdin:
                if turn.strip():
                    conversation.say(turn.strip())


class Conversation:
    """The turns so far. A turn whose reply failed is forgotten; a reply that was stopped is kept as far as it came."""

    def __init__(self, client: Client, model: str, options: ChatOptions) -> None:
        self._client = client
        self._model = model
        self._options = options
        self._messages: list[Message] = []

    def say(self, text: str) -> None:
        """Send a turn and print the reply. Raises FluentError, or KeyboardInterrupt if the user stopped it."""
        from fluent_ai.content.parts import Message, TextPart

        turn = Message("user", (TextPart(text),))
        with self._client.stream(self._model, [*self._messages, turn], **self._options) as stream:
            try:
                reply = replies.show(stream)
            except KeyboardInterrupt:
                if stream.partial.text:
                    self._messages += [turn, stream.partial.message]
                raise
        self._messages += [turn, reply.message]


def _at_terminal(conversation: Conversation) -> None:
    with suppress(ImportError):  # line editing, if the platform has it
        import readline  # noqa: F401

    terminal.note("Ctrl-C stops a reply, Ctrl-D leaves.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            terminal.line("")
            return
        except KeyboardInterrupt:
            terminal.line("")
            continue
        if not text:
            continue
        try:
            conversation.say(text)
        except KeyboardInterrupt:
            terminal.note("stopped")
        except FluentError as error:
            terminal.error(explain(error))
