"""What of a message every provider can be told, whoever made it."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImagePart,
    Media,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)

PortablePart: TypeAlias = (
    TextPart | ImagePart | AudioPart | DocumentPart | ToolCallPart | ToolResultPart | ReasoningPart
)


def portable(message: Message) -> list[PortablePart]:
    """The parts without those that only the provider that made them understands, and without an assistant's media."""
    parts: list[PortablePart] = []
    for part in message.parts:
        match part:
            case HostedToolResultPart() | UnknownPart():
                pass
            case ToolCallPart(call) if call.hosted:
                pass
            case Media():
                if message.role != "assistant":
                    parts.append(as_file(part))
            case _:
                parts.append(part)
    return parts


def as_file(media: Media) -> ImagePart | AudioPart | DocumentPart:
    """Generated media as the part by which a caller would send it."""
    match media.media_type.partition("/")[0]:
        case "image":
            return ImagePart(data=media.data, media_type=media.media_type)
        case "audio":
            return AudioPart(data=media.data, media_type=media.media_type)
        case _:
            return DocumentPart(data=media.data, media_type=media.media_type)
