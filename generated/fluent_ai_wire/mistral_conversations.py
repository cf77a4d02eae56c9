# Generated from specs/wire/mistral_conversations.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ConversationEvent(Struct, gc=False):
    """
    One event of a streamed answer, an entry of a whole one, or that answer, which has no type.
    """

    type: str | None = None
    id: str | None = None
    conversation_id: str | None = None
    model: str | None = None
    output_index: int | None = None
    content: Any | None = None
    name: str | None = None
    tool_call_id: str | None = None
    arguments: Any | None = None
    info: Any | None = None
    usage: Any | None = None
    outputs: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (ConversationEvent,):
    Decoder(_struct)
