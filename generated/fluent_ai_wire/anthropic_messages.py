# Generated from specs/wire/anthropic_messages.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Message(Struct, gc=False):
    id: str | None = None
    model: str | None = None
    usage: Any | None = None


class ContentBlock(Struct, gc=False):
    """
    The start of a block in a stream, or a whole one. Blocks of the provider's own tools are not read.
    """

    type: str | None = None
    text: str | None = None
    thinking: str | None = None
    signature: str | None = None
    data: str | None = None
    id: str | None = None
    name: str | None = None
    input: Any | None = None
    citations: Any | None = None


class Delta(Struct, gc=False):
    type: str | None = None
    text: str | None = None
    thinking: str | None = None
    signature: str | None = None
    partial_json: str | None = None
    citation: Any | None = None
    stop_reason: str | None = None
    stop_details: Any | None = None


class Citation(Struct, gc=False):
    cited_text: str | None = None
    title: str | None = None
    document_title: str | None = None
    document_index: int | None = None
    url: str | None = None
    source: str | None = None


class MessageEvent(Struct, gc=False):
    """
    One event of the stream, told by its type, or a whole message.
    """

    type: str | None = None
    index: int | None = None
    delta: Delta | None = None
    content_block: ContentBlock | None = None
    message: Any | None = None
    usage: Any | None = None
    error: Any | None = None
    id: str | None = None
    model: str | None = None
    content: Any | None = None
    stop_reason: str | None = None
    stop_details: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Message,
    ContentBlock,
    Delta,
    Citation,
    MessageEvent,
):
    Decoder(_struct)
