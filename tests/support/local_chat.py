"""Chat with a model of the local engine, without a client."""

from __future__ import annotations

from fluent_ai import laws
from fluent_ai.content import events as ev
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.requests import ChatRequest


def user(text: str) -> Message:
    return Message("user", (TextPart(text),))


def request(model, **options) -> ChatRequest:
    options.setdefault("messages", (user("hello"),))
    options.setdefault("max_tokens", 40)
    return ChatRequest(model=str(model), **options)


def run(provider, model, **options) -> list[ev.Event]:
    events: list[ev.Event] = []
    provider.chat_model(str(model)).run(request(model, **options), events.append)
    laws.validate(events)
    return events


def text_of(events) -> str:
    return "".join(event.text for event in events if isinstance(event, ev.TextDelta))


def phases(events) -> list[str]:
    return list(dict.fromkeys(event.phase for event in events if isinstance(event, ev.Progress)))
