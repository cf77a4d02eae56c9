"""Chat: from messages to the events of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluent_ai.content.events import Event
from fluent_ai.content.fold import Fold
from fluent_ai.content.message_input import Messages
from fluent_ai.content.reply import Reply
from fluent_ai.content.requests import ChatRequest
from fluent_ai.verbs.base import Door, Target, Verb
from fluent_ai.verbs.chat_options import ChatOptions, build_chat_request


def _build(target: Target, messages: Messages, options: Mapping[str, Any]) -> list[ChatRequest]:
    return [build_chat_request(target, messages, options)]


CHAT: Verb[Messages, ChatRequest, Event, Reply] = Verb(
    "chat",
    _build,
    Fold,
    Door(
        options=ChatOptions,
        answer="The whole reply.",
        stream="The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating.",
        kind="chat",
    ),
    writes_reply=True,
)
