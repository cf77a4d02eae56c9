"""The exports of ChatGPT and Claude, whose conversations are in `conversations.json`, and our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from fluent_ai.content.parts import Part, ReasoningPart, TextPart
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.chat.formats.imported import ImportedChat, ImportedMessage, list_at, moment_of, text_at
from fluent_ai_toolkit.chat.messages import ChatMessage, ChatSummary

_NAME: Final = "conversations.json"
_LARGEST: Final = 4 * 1024**3
"""Bytes of a file within an archive; a larger one is no export."""


def read_exports(path: Path, data: bytes) -> Iterator[ImportedChat]:
    """The chats of an export, which is JSON or a ZIP archive. Raises ConfigError for anything else."""
    if data.startswith(b"PK"):
        data = _unpacked(path, data)
    try:
        document = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid JSON: {error}") from None
    if text_at(document, "format") == "fluent-ai chat":
        yield _own(path, document)
        return
    conversations = document if isinstance(document, list) else list_at(document, "conversations")
    known = False
    for each in conversations:
        if isinstance(each, Mapping) and isinstance(each.get("mapping"), Mapping):
            known = True
            yield _of_chatgpt(each)
        elif isinstance(each, Mapping) and isinstance(each.get("chat_messages"), list):
            known = True
            yield _of_claude(each)
    if not known:
        raise ConfigError(
            f"{path}: allowed: an export of ChatGPT or Claude, the logs.db of llm, or a chat that was exported as JSON"
        )


def _unpacked(path: Path, data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [each for each in archive.infolist() if Path(each.filename).name == _NAME]
            if not found or found[0].file_size > _LARGEST:
                raise ConfigError(f"{path}: the archive has no {_NAME}, or too large a one")
            return archive.read(found[0])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise ConfigError(f"{path}: not a readable archive: {error}") from None


_KEPT: Final = tuple(name for name in ImportedMessage.__struct_fields__ if name not in ("key", "parent"))
"""What a message of our own has under the same names."""


def _own(path: Path, document: Mapping[str, Any]) -> ImportedChat:
    try:
        chat = ChatSummary.from_dict(document.get("chat") or {})
        messages = [ChatMessage.from_dict(each) for each in list_at(document, "messages")]
    except ConfigError as error:
        raise ConfigError(f"{path}: {error.message}") from None
    return ImportedChat(
        source=f"fluent-ai:{chat.id}",
        title=chat.title,
        created=chat.created,
        model=chat.model,
        system=chat.system,
        options=chat.options,
        head=None if chat.head is None else str(chat.head),
        tags=chat.tags,
        messages=[
            ImportedMessage(
                key=str(each.id),
                parent=None if each.parent is None else str(each.parent),
                **{name: getattr(each, name) for name in _KEPT},
            )
            for each in messages
        ],
    )


def _of_chatgpt(data: Mapping[str, Any]) -> ImportedChat:
    mapping: Mapping[str, Any] = data["mapping"]
    kept: dict[str, ImportedMessage] = {}
    for key, node in mapping.items():
        message = node.get("message") if isinstance(node, Mapping) else None
        role = text_at(message, "author", "role")
        parts = _chatgpt_parts(message) if role in ("user", "assistant") else []
        if parts and isinstance(message, Mapping):
            model = text_at(message, "metadata", "model_slug") or None
            kept[key] = ImportedMessage(
                key=key,
                parent=None,
                role=role,
                parts=parts,
                created=moment_of(message.get("create_time")),
                model=model if role == "assistant" else None,
            )

    def nearest(key: object) -> str | None:
        """The nearest ancestor that is kept: what tools and the system said is passed over."""
        seen: set[object] = set()
        while isinstance(key, str) and key not in kept and key not in seen:
            seen.add(key)
            node = mapping.get(key)
            key = node.get("parent") if isinstance(node, Mapping) else None
        return key if isinstance(key, str) and key in kept else None

    messages = [msgspec.structs.replace(each, parent=nearest(mapping[key].get("parent"))) for key, each in kept.items()]
    identity = text_at(data, "conversation_id") or text_at(data, "id") or next(iter(mapping), "")
    return ImportedChat(
        source=f"chatgpt:{identity}",
        title=text_at(data, "title"),
        created=moment_of(data.get("create_time")),
        messages=messages,
        head=nearest(data.get("current_node")),
    )


def _chatgpt_parts(message: object) -> list[Part]:
    content = message.get("content") if isinstance(message, Mapping) else None
    kind = text_at(content, "content_type")
    if kind == "thoughts":
        thoughts = (text_at(each, "content") or text_at(each, "summary") for each in list_at(content, "thoughts"))
        return [ReasoningPart(text) for text in thoughts if text]
    texts = [each if isinstance(each, str) else _mention(each) for each in list_at(content, "parts")]
    texts.append(text_at(content, "text"))
    return [TextPart(text) for text in texts if text.strip()]


def _mention(part: object) -> str:
    """A part that is no text: what was spoken, or a line that says what was there."""
    if text := text_at(part, "text"):
        return text
    kind = text_at(part, "content_type")
    return f"[{kind.replace('_', ' ').removesuffix(' asset pointer')}]" if kind else ""


def _of_claude(data: Mapping[str, Any]) -> ImportedChat:
    messages: list[ImportedMessage] = []
    known: set[str] = set()
    for number, each in enumerate(data["chat_messages"]):
        role = {"human": "user", "assistant": "assistant"}.get(text_at(each, "sender"))
        parts = _claude_parts(each)
        if role is None or not parts:
            continue
        parent = text_at(each, "parent_message_uuid")
        before = messages[-1].key if messages else None
        key = text_at(each, "uuid") or str(number)
        messages.append(
            ImportedMessage(
                key=key,
                parent=parent if parent in known else before,
                role=role,
                parts=parts,
                created=moment_of(each.get("created_at")),
            )
        )
        known.add(key)
    return ImportedChat(
        source=f"claude:{text_at(data, 'uuid')}",
        title=text_at(data, "name"),
        created=moment_of(data.get("created_at")),
        messages=messages,
    )


def _claude_parts(message: object) -> list[Part]:
    files = list_at(message, "attachments")
    attached = ((text_at(each, "file_name"), text_at(each, "extracted_content")) for each in files)
    parts: list[Part] = [TextPart(f"{name or 'attachment'}:\n\n{text}") for name, text in attached if text]
    texts = 0
    for each in list_at(message, "content"):
        if text := text_at(each, "text"):
            parts.append(TextPart(text))
            texts += 1
        elif text := text_at(each, "thinking"):
            parts.append(ReasoningPart(text))
    if not texts and (text := text_at(message, "text")):
        parts.append(TextPart(text))
    return parts
