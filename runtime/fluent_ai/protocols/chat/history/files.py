"""Files where the dialect takes them: what models and tools made goes back, if need be through the user's turn."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Message, Part, TextPart, ToolResultPart
from fluent_ai.content.requests import FileKind
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.origin import is_seal
from fluent_ai.protocols.chat.history.rules import Rules

_File = ImagePart | AudioPart | DocumentPart
_KINDS: dict[type[_File], tuple[FileKind, str]] = {
    ImagePart: ("image", "an image"), AudioPart: ("audio", "a sound"), DocumentPart: ("document", "a document"),
}  # fmt: skip


def place_files(messages: Sequence[Message], rules: Rules, notes: Notes) -> list[Message]:
    """The files of a paired conversation. Those that wait for the user's turn come after the results of all calls.

    A file of a kind that the dialect does not know is left out, unless the user sends it now: the codec refuses that.
    """
    last = max((place for place, message in enumerate(messages) if message.role == "assistant"), default=-1)
    found: list[Message] = []
    waiting: list[Part] = []
    for place, message in enumerate(messages):
        if place < last and message.role == "user":
            message = _earlier(message, rules, notes)
        if waiting and message.role == "user":
            message = msgspec.structs.replace(message, parts=(*waiting, *message.parts))
            waiting = []
        elif waiting and message.role != "tool":
            found.append(Message("user", waiting))
            waiting = []
        if message.role == "assistant":
            message = _reply(message, rules, notes, waiting)
        elif message.role == "tool":
            message = _results(message, rules, notes, waiting)
        if not rules.image_detail:
            message = _without_details(message, notes)
        found.append(message)
    if waiting and found[-1].role == "assistant":
        notes.leave_out("an image of the assistant", sum(isinstance(part, ImagePart) for part in waiting))
    elif waiting:
        found.append(Message("user", waiting))
    return found


def _reply(message: Message, rules: Rules, notes: Notes, waiting: list[Part]) -> Message:
    kept: list[Part] = []
    for part in message.parts:
        if isinstance(part, ImagePart) and not _carries(part, rules):
            notes.leave_out("an image of the assistant")
        elif isinstance(part, ImagePart) and not _stays(rules, kept):
            waiting += [TextPart("The image that you made:"), part]
        elif isinstance(part, AudioPart | DocumentPart) and not rules.reply_files:
            notes.leave_out(f"{_KINDS[type(part)][1]} of the assistant")
        else:
            kept.append(part)
    return message if len(kept) == len(message.parts) else msgspec.structs.replace(message, parts=tuple(kept))


def _stays(rules: Rules, before: list[Part]) -> bool:
    """Whether an image after these parts may stand in the model's own turn."""
    return rules.reply_images == "inside" or (rules.reply_images == "sealed" and bool(before) and is_seal(before[-1]))


def _results(message: Message, rules: Rules, notes: Notes, waiting: list[Part]) -> Message:
    if not any(isinstance(part, ToolResultPart) and part.files for part in message.parts):
        return message
    parts: list[Part] = []
    for part in message.parts:
        if isinstance(part, ToolResultPart) and part.files:
            files = tuple(file for file in part.files if _carries(file, rules))
            for file in part.files:
                if file not in files:
                    notes.leave_out(f"{_KINDS[type(file)][1]} of a tool")
            if files and rules.result_files == "after":
                waiting += [TextPart("What the tool returned:"), *files]
                files = ()
            part = msgspec.structs.replace(part, files=files)
        parts.append(part)
    return msgspec.structs.replace(message, parts=tuple(parts))


def _earlier(message: Message, rules: Rules, notes: Notes) -> Message:
    """What another provider took from the user before may be unknown to this one."""
    parts: list[Part] = []
    for part in message.parts:
        if isinstance(part, ImagePart | AudioPart | DocumentPart) and not _carries(part, rules):
            notes.leave_out(f"{_KINDS[type(part)][1]} of an earlier turn")
            part = TextPart(f"({_KINDS[type(part)][1].capitalize()} was here.)")
        parts.append(part)
    return msgspec.structs.replace(message, parts=tuple(parts))


def _carries(part: _File, rules: Rules) -> bool:
    kind = _KINDS[type(part)][0]
    if part.url is None or (part.url.startswith("s3://") and not rules.urls):
        return kind in rules.files
    return kind in rules.files and kind in rules.urls


def _without_details(message: Message, notes: Notes) -> Message:
    """Images do not say how closely to look."""
    parts: list[Part] = []
    for part in message.parts:
        if isinstance(part, ToolResultPart) and part.files:
            part = msgspec.structs.replace(part, files=tuple(_without_detail(file, notes) for file in part.files))
        elif isinstance(part, ImagePart):
            part = _without_detail(part, notes)
        parts.append(part)
    kept = tuple(parts)
    return message if kept == message.parts else msgspec.structs.replace(message, parts=kept)


def _without_detail(file: _File, notes: Notes) -> _File:
    if not isinstance(file, ImagePart) or file.detail is None:
        return file
    notes.leave_out("the detail of an image", file.detail != "auto")
    return msgspec.structs.replace(file, detail=None)
