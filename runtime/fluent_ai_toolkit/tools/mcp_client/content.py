"""Content of an MCP server as a model is shown it (MCP 2025-11-25, "Tool Result", "Resources", "Prompts")."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from typing import Final, TypeAlias

import mcp_types as types
from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Message, TextPart, ToolResultPart
from fluent_ai.schema.json_types import to_json

File: TypeAlias = ImagePart | AudioPart | DocumentPart
_IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""The pictures that models are shown; others would be refused with the whole turn."""


def to_result(result: types.CallToolResult) -> ToolResultPart:
    """Its texts, one after the other, or else its structured content as JSON; pictures, sounds and PDFs are files.

    Links to resources, and data that no model is shown, are named in the text. The id of the call is left empty.
    """
    texts: list[str] = []
    files: list[File] = []
    for block in result.content:
        made = _shown(block)
        if isinstance(made, str):
            texts.append(made)
        else:
            files.append(made)
    if result.structured_content is not None and not any(
        isinstance(each, types.TextContent) for each in result.content
    ):
        texts.append(to_json(result.structured_content))
    return ToolResultPart("", "\n".join(texts), is_error=result.is_error, files=tuple(files))


def to_messages(prompt: types.GetPromptResult) -> list[Message]:
    """The messages of a prompt."""
    return [Message(each.role, _part(_shown(each.content))) for each in prompt.messages]


def to_parts(contents: Sequence[types.TextResourceContents | types.BlobResourceContents]) -> list[TextPart | File]:
    """The contents of a resource as parts of a message: texts as they are, other data as files."""
    found: list[TextPart | File] = []
    for each in contents:
        if isinstance(each, types.TextResourceContents):
            found.append(TextPart(each.text))
            continue
        media_type = each.mime_type or "application/octet-stream"
        made = _file(each.blob, media_type, each.uri)
        if isinstance(made, str) and (data := _decoded(each.blob)) is not None:
            made = DocumentPart(data, media_type=media_type, name=each.uri.rsplit("/", 1)[-1] or None)
        found.append(_part(made))
    return found


def _part(shown: str | File) -> TextPart | File:
    return TextPart(shown) if isinstance(shown, str) else shown


def _shown(block: types.ContentBlock) -> str | File:
    match block:
        case types.TextContent():
            return block.text
        case types.ImageContent() | types.AudioContent():
            return _file(block.data, block.mime_type, "content")
        case types.ResourceLink():
            about = [f"link to {block.title or block.name}: {block.uri}", block.mime_type, block.description]
            return f"[{', '.join(each for each in about if each)}]"
    match block.resource:
        case types.TextResourceContents() as resource:
            return f"[{resource.uri}]\n{resource.text}"
        case types.BlobResourceContents() as resource:
            return _file(resource.blob, resource.mime_type or "application/octet-stream", str(resource.uri))


def _file(data: str, media_type: str, what: str) -> str | File:
    found = _decoded(data)
    if found is None:
        return f"[{what} of type {media_type}, which is not valid base64]"
    if media_type in _IMAGES:
        return ImagePart(found, media_type=media_type)
    if media_type.startswith("audio/"):
        return AudioPart(found, media_type=media_type)
    if media_type == "application/pdf":
        return DocumentPart(found, media_type=media_type)
    return f"[{what} of type {media_type}, {len(found):,} bytes, which is not shown]"


def _decoded(data: str) -> bytes | None:
    try:
        return b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None
