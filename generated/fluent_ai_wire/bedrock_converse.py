# Generated from specs/wire/bedrock_converse.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ToolUse(Struct, gc=False):
    toolUseId: str | None = None
    name: str | None = None
    type: str | None = None
    input: Any | None = None


class ReasoningDelta(Struct, gc=False):
    text: str | None = None
    signature: str | None = None
    redactedContent: str | None = None


class DocumentPlace(Struct, gc=False):
    documentIndex: int | None = None


class Web(Struct, gc=False):
    url: str | None = None


class ImageSource(Struct, gc=False):
    bytes: str | None = None


class Text(Struct, gc=False):
    text: str | None = None


class Reasoning(Struct, gc=False):
    reasoningText: ReasoningDelta | None = None
    redactedContent: str | None = None


class Location(Struct, gc=False):
    web: Web | None = None
    documentChar: DocumentPlace | None = None
    documentPage: DocumentPlace | None = None
    documentChunk: DocumentPlace | None = None


class Image(Struct, gc=False):
    format: str | None = None
    source: ImageSource | None = None


class BlockStart(Struct, gc=False, forbid_unknown_fields=True):
    toolUse: ToolUse | None = None
    image: Image | None = None
    toolResult: Any | None = None


class Citation(Struct, gc=False):
    title: str | None = None
    source: str | None = None
    sourceContent: list[Text] | None = None
    location: Location | None = None


class CitedText(Struct, gc=False):
    content: list[Text] | None = None
    citations: list[Citation] | None = None


class BlockDelta(Struct, gc=False, forbid_unknown_fields=True):
    text: str | None = None
    toolUse: ToolUse | None = None
    reasoningContent: ReasoningDelta | None = None
    citation: Citation | None = None
    image: Image | None = None
    toolResult: Any | None = None


class ContentBlock(Struct, gc=False, forbid_unknown_fields=True):
    text: str | None = None
    toolUse: ToolUse | None = None
    reasoningContent: Reasoning | None = None
    citationsContent: CitedText | None = None
    image: Image | None = None
    toolResult: Any | None = None


class ConverseEvent(Struct, gc=False):
    """
    The payload of one event of the stream.
    """

    contentBlockIndex: int | None = None
    delta: BlockDelta | None = None
    start: BlockStart | None = None
    stopReason: str | None = None
    usage: Any | None = None
    serviceTier: Any | None = None
    performanceConfig: Any | None = None


class Message(Struct, gc=False):
    content: list[ContentBlock] | None = None


class Output(Struct, gc=False):
    message: Message | None = None


class ConverseAnswer(Struct, gc=False):
    """
    A whole answer, or an error.
    """

    output: Output | None = None
    stopReason: str | None = None
    usage: Any | None = None
    serviceTier: Any | None = None
    performanceConfig: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    ToolUse,
    ReasoningDelta,
    DocumentPlace,
    Web,
    ImageSource,
    Text,
    Reasoning,
    Location,
    Image,
    BlockStart,
    Citation,
    CitedText,
    BlockDelta,
    ContentBlock,
    ConverseEvent,
    Message,
    Output,
    ConverseAnswer,
):
    Decoder(_struct)
