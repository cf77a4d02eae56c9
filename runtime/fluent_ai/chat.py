"""Chat: messages to the events of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluent_ai.events import Event
from fluent_ai.folding import Fold
from fluent_ai.messages import Messages
from fluent_ai.options import build_chat_request
from fluent_ai.reply import Reply
from fluent_ai.requests import ChatRequest
from fluent_ai.verbs import Target, Verb


def _build(target: Target, messages: Messages, options: Mapping[str, Any]) -> list[ChatRequest]:
    return [build_chat_request(target, messages, options)]


CHAT: Verb[Messages, ChatRequest, Event, Reply] = Verb("chat", _build, Fold, writes_reply=True)
