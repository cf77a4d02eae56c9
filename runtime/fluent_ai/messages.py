"""What callers may pass as messages, made into `Message` structs; mistakes are named by their place."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast, get_args

from fluent_ai.errors import ConfigError
from fluent_ai.folding import parse_tool_call
from fluent_ai.vocabulary import (
    AudioPart,
    DocumentPart,
    ImagePart,
    Message,
    Part,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

MessageInput: TypeAlias = Message | Mapping[str, Any]
Messages: TypeAlias = str | Message | Sequence[MessageInput]
ROLES: tuple[str, ...] = get_args(Role)


def to_messages(messages: Messages) -> tuple[Message, ...]:
    """A str is one user message; a list may mix `Message` structs and OpenAI-style dicts.

    Raises ConfigError naming the place, what was found and what is allowed; the content itself is never shown.
    """
    if isinstance(messages, str):
        return (Message("user", (TextPart(messages),)),)
    if isinstance(messages, Message):
        return (messages,)
    if not isinstance(messages, Sequence) or isinstance(messages, bytes | bytearray):
        raise _refuse("messages", messages, "a str, a Message, or a list of Messages or dicts")
    if not messages:
        raise ConfigError("messages is empty; allowed: at least one message")
    return tuple(
        _message(message, f"messages[{number}]") for number, message in enumerate(cast(Sequence[object], messages))
    )


def _message(message: object, where: str) -> Message:
    if isinstance(message, Message):
        return message
    if not isinstance(message, Mapping):
        raise _refuse(where, message, "a Message or a dict")
    role = message.get("role")
    if role == "developer":
        role = "system"
    if role not in ROLES:
        raise ConfigError(f"{where}.role is {role!r}; allowed: {', '.join(ROLES)}")
    if unknown := set(message) - {"role", "content", "name", "tool_calls", "tool_call_id", "refusal", "cache"}:
        raise ConfigError(
            f"{where} has unknown keys {sorted(map(str, unknown))}; "
            "allowed: role, content, name, tool_calls, tool_call_id, cache"
        )
    content = message.get("content")
    if role == "tool":
        call_id = message.get("tool_call_id")
        if not isinstance(call_id, str) or not isinstance(content, str):
            raise ConfigError(f"{where}: a tool message needs tool_call_id and content, both str")
        return Message("tool", (ToolResultPart(call_id, content),), bool(message.get("cache")))
    parts: list[Part] = list(_content(content, f"{where}.content"))
    for number, call in enumerate(message.get("tool_calls") or ()):
        parts.append(_tool_call(call, f"{where}.tool_calls[{number}]"))
    if not parts and role != "assistant":
        raise ConfigError(f"{where}.content is empty; allowed: a str or a list of parts")
    return Message(cast(Role, role), tuple(parts), bool(message.get("cache")))


def _content(content: object, where: str) -> Sequence[Part]:
    if content is None:
        return ()
    if isinstance(content, str):
        return (TextPart(content),)
    if not isinstance(content, Sequence):
        raise _refuse(where, content, "a str or a list of parts")
    return [_part(part, f"{where}[{number}]") for number, part in enumerate(content)]


def _part(part: object, where: str) -> Part:
    if isinstance(part, get_args(Part)):
        return cast(Part, part)
    if isinstance(part, str):
        return TextPart(part)
    if isinstance(part, Mapping):
        match part:
            case {"type": "text", "text": str(text)}:
                return TextPart(text)
            case {"type": "image_url", "image_url": {"url": str(url)} | str(url)}:
                return _image(url, f"{where}.image_url.url")
            case {"type": "input_audio", "input_audio": {"data": str(data), "format": str(form)}}:
                return AudioPart(data=_base64(data, f"{where}.input_audio.data"), media_type=f"audio/{form}")
            case {"type": "file", "file": {"file_data": str(url), **rest}}:
                media_type, content = _data_url(url, f"{where}.file.file_data")
                name = rest.get("filename")
                return DocumentPart(data=content, media_type=media_type, name=name if isinstance(name, str) else None)
            case {"type": kind}:
                raise ConfigError(
                    f"{where}: a part of type {kind!r} cannot be read; "
                    "allowed: well-formed text, image_url, input_audio, file"
                )
            case _:
                pass
    raise _refuse(where, part, "a part struct, a str, or a dict with a type")


def _image(url: str, where: str) -> ImagePart:
    if not url.startswith("data:"):
        return ImagePart(url=url)
    media_type, data = _data_url(url, where)
    return ImagePart(data=data, media_type=media_type)


def _data_url(url: str, where: str) -> tuple[str, bytes]:
    head, comma, data = url.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        raise ConfigError(f"{where} is not a base64 data URL")
    return head.removeprefix("data:").partition(";")[0], _base64(data, where)


def _base64(data: str, where: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise ConfigError(f"{where} is not valid base64") from None


def _tool_call(call: object, where: str) -> ToolCallPart:
    match call:
        case {"id": str(call_id), "function": {"name": str(name), "arguments": str(arguments)}}:
            return ToolCallPart(parse_tool_call(call_id, name, arguments))
        case _:
            raise _refuse(where, call, "{id, function: {name, arguments}}, all str")


def _refuse(where: str, value: object, allowed: str) -> ConfigError:
    return ConfigError(f"{where} is of type {type(value).__name__}; allowed: {allowed}")
