"""Converts what callers pass as messages into `Message` structs; errors name the place of the mistake."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast, get_args

from fluent_ai.arguments import as_flag
from fluent_ai.content.fold import parse_tool_call
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImagePart,
    Media,
    Message,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCall,
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConfigError

MessageInput: TypeAlias = Message | Reply | Mapping[str, Any]
Messages: TypeAlias = str | Message | Reply | Sequence[MessageInput]
ROLES: tuple[str, ...] = get_args(Role)
PARTS: tuple[type[Part], ...] = get_args(Part)
_KEYS = {"assistant": ("content", "tool_calls", "refusal"), "tool": ("content", "tool_call_id", "name")}
"""The keys of a dict besides `role` and `cache`; other roles have only `content`. A tool is known by its call."""
_FIELDS: dict[type[Part], Mapping[str, type]] = {
    TextPart: {"text": str},
    ToolCallPart: {"call": ToolCall},
    ToolResultPart: {"call_id": str, "content": str, "is_error": bool, "files": tuple},
    HostedToolResultPart: {"call_id": str, "content": str, "is_error": bool},
    ReasoningPart: {"text": str},
    Media: {"media_type": str, "data": bytes},
    UnknownPart: {"kind": str},
}
"""Types of the fields of parts, checked only here: constructors skip it, because parsers make parts as well."""


def to_messages(messages: Messages) -> tuple[Message, ...]:
    """Messages from a str, which is one user message, or a list of `Message` structs, replies and OpenAI-style dicts.

    Raises ConfigError that names the place, the type that was found and what is allowed, but never shows content.
    """
    if isinstance(messages, str):
        return (Message("user", messages),)
    if isinstance(messages, Message | Reply):
        messages = (messages,)
    if not isinstance(messages, Sequence) or isinstance(messages, bytes | bytearray | memoryview):
        raise _refuse("messages", messages, "a str, a Message, or a list of Messages, Replies and dicts")
    if not messages:
        raise ConfigError("messages is empty; allowed: at least one message")
    return tuple(
        _message(message, f"messages[{number}]") for number, message in enumerate(cast(Sequence[object], messages))
    )


def _message(message: object, where: str) -> Message:
    if isinstance(message, Reply):
        message = message.message
    if isinstance(message, Message):
        return _checked(message, where)
    if isinstance(message, (str, *PARTS)):
        raise _refuse(where, message, "a Message, a Reply or a dict, which have a role")
    if isinstance(message, list | tuple):
        raise _refuse(where, message, "a Message, a Reply or a dict; unpack a nested history with *")
    if not isinstance(message, Mapping):
        raise _refuse(where, message, "a Message, a Reply or a dict")
    role = message.get("role")
    if role == "developer":
        role = "system"
    if not isinstance(role, str) or role not in ROLES:
        raise ConfigError(f"{where}.role is {role!r}; allowed: {', '.join(ROLES)}")
    allowed = ("role", "cache", *_KEYS.get(role, ("content",)))
    if unknown := [str(key) for key, value in message.items() if key not in allowed and value not in (None, [], ())]:
        raise ConfigError(f"{where} holds {', '.join(sorted(unknown))}; allowed for {role!r}: {', '.join(allowed)}")
    cache = as_flag(message.get("cache") or False, f"{where}.cache")
    content = message.get("content")
    if role == "tool":
        call_id = message.get("tool_call_id")
        if not isinstance(call_id, str):
            raise ConfigError(f"{where}: a tool message needs tool_call_id, a str, and content")
        return Message("tool", _result(call_id, content, f"{where}.content"), cache)
    parts: list[Part] = list(_content(content, f"{where}.content"))
    parts += _content(message.get("refusal"), f"{where}.refusal")
    for number, call in enumerate(_list(message.get("tool_calls"), f"{where}.tool_calls")):
        parts.append(_tool_call(call, f"{where}.tool_calls[{number}]"))
    if not parts and role != "assistant":
        raise ConfigError(f"{where}.content is empty; allowed: a str or a list of parts")
    return Message(cast(Role, role), parts, cache)


def _result(call_id: str, content: object, where: str) -> ToolResultPart:
    """The result of a tool: a text, or a list of texts and files."""
    if isinstance(content, str):
        return ToolResultPart(call_id, content)
    if not isinstance(content, list | tuple):
        raise _refuse(where, content, "a str, or a list of texts and files")
    parts = _content(content, where)
    files = tuple(part for part in parts if isinstance(part, ImagePart | AudioPart | DocumentPart))
    texts = [part.text for part in parts if isinstance(part, TextPart)]
    if len(files) + len(texts) < len(parts):
        raise ConfigError(f"{where} holds more than texts and files")
    return ToolResultPart(call_id, "\n".join(texts), files=files)


def _checked(message: Message, where: str) -> Message:
    """The message, unchanged. Raises ConfigError if a field holds another type than it declares."""
    if not isinstance(message.role, str) or message.role not in ROLES:
        raise ConfigError(f"{where}.role is {message.role!r}; allowed: {', '.join(ROLES)}")
    as_flag(message.cache, f"{where}.cache")
    for number, part in enumerate(message.parts):
        _checked_part(part, f"{where}.parts[{number}]")
    return message


def _checked_part(part: object, where: str) -> Part:
    if not isinstance(part, PARTS):
        raise _refuse(where, part, "a part struct or a str")
    for field, kind in _FIELDS.get(type(part), {}).items():
        if not isinstance(value := getattr(part, field), kind):
            raise _refuse(f"{where}.{field}", value, kind.__name__)
    if isinstance(part, ToolResultPart):
        for number, file in enumerate(part.files):
            if not isinstance(file, ImagePart | AudioPart | DocumentPart):
                raise _refuse(f"{where}.files[{number}]", file, "an ImagePart, an AudioPart or a DocumentPart")
    if isinstance(part, ToolCallPart):
        call = part.call
        for field in ("id", "name"):
            if not isinstance(value := getattr(call, field), str):
                raise _refuse(f"{where}.call.{field}", value, "str")
        if not isinstance(call.arguments, dict | str):
            raise _refuse(f"{where}.call.arguments", call.arguments, "a dict, or a str if `valid` is False")
    return part


def _list(value: object, where: str) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise _refuse(where, value, "a list")
    return value


def _content(content: object, where: str) -> Sequence[Part]:
    if content is None:
        return ()
    if isinstance(content, str):
        return (TextPart(content),)
    if isinstance(content, PARTS):
        return (_checked_part(content, where),)
    if not isinstance(content, Sequence) or isinstance(content, bytes | bytearray | memoryview):
        raise _refuse(where, content, "a str or a list of parts")
    return [_part(part, f"{where}[{number}]") for number, part in enumerate(content)]


def _part(part: object, where: str) -> Part:
    if isinstance(part, PARTS):
        return _checked_part(part, where)
    if isinstance(part, str):
        return TextPart(part)
    if isinstance(part, Mapping):
        match part:
            case {"type": "text", "text": str(text), **rest}:
                _nothing_else(rest, where, "mark the whole message with cache=True" if "cache_control" in rest else "")
                return TextPart(text)
            case {"type": "image_url", "image_url": str(url), **rest}:
                _nothing_else(rest, where)
                return _image(url, f"{where}.image_url")
            case {"type": "image_url", "image_url": {"url": str(url), **more}, **rest}:
                detail = more.pop("detail", None)
                _nothing_else({**rest, **more}, where)
                return _image(url, f"{where}.image_url.url", detail)
            case {"type": "input_audio", "input_audio": {"data": str(data), "format": str(form), **more}, **rest}:
                _nothing_else({**rest, **more}, where)
                return AudioPart(data=_base64(data, f"{where}.input_audio.data"), media_type=f"audio/{form}")
            case {"type": "file", "file": {"file_data": str(url), **more}, **rest}:
                media_type, content = _data_url(url, f"{where}.file.file_data")
                name = cast("str | None", more.pop("filename", None))
                _nothing_else({**rest, **more}, where)
                return DocumentPart(data=content, media_type=media_type, name=name)
            case {"type": kind}:
                raise ConfigError(
                    f"{where}: a part of type {kind!r} cannot be read; "
                    "allowed: well-formed text, image_url, input_audio, file"
                )
            case _:
                pass
    raise _refuse(where, part, "a part struct, a str, or a dict with a type")


def _nothing_else(rest: Mapping[Any, Any], where: str, hint: str = "") -> None:
    """Raises ConfigError for keys that would be dropped, unless their value is None."""
    if lost := [str(key) for key, value in rest.items() if value is not None]:
        raise ConfigError(f"{where} holds {', '.join(sorted(lost))}, which is not supported{hint and ': '}{hint}")


def _image(url: str, where: str, detail: Any = None) -> ImagePart:
    if not url.startswith("data:"):
        return ImagePart(url=url, detail=detail)
    media_type, data = _data_url(url, where)
    return ImagePart(data=data, media_type=media_type, detail=detail)


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
        case ToolCall():
            return cast(ToolCallPart, _checked_part(ToolCallPart(call), where))
        case {"id": str(call_id), "function": {"name": str(name), "arguments": str(arguments)}}:
            return ToolCallPart(parse_tool_call(call_id, name, arguments))
        case _:
            raise _refuse(where, call, "{id, function: {name, arguments}}, all str")


def _refuse(where: str, value: object, allowed: str) -> ConfigError:
    return ConfigError(f"{where} is of type {type(value).__name__}; allowed: {allowed}")
