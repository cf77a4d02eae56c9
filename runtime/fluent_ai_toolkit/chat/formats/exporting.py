"""A chat as Markdown, JSON or HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final, Literal

import msgspec
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImagePart,
    Media,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)

from fluent_ai_toolkit.chat.messages import ChatMessage, ChatSummary

ExportFormat = Literal["markdown", "json", "html"]
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "article{border-top:1px solid #ccc;padding:.5rem 0}pre{white-space:pre-wrap;font:inherit;margin:.5rem 0}"
    ".about{color:#666;font-size:.85rem}img{max-width:100%}"
)
_SHOWN: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Pictures that a page may hold: what else there is could hold scripts."""


def export(chat: ChatSummary, messages: Sequence[ChatMessage], kind: ExportFormat) -> str:
    """The whole chat as one text."""
    return _WRITERS[kind](chat, messages)


def _json(chat: ChatSummary, messages: Sequence[ChatMessage]) -> str:
    document = {"format": "fluent-ai chat", "version": 1, "chat": chat.to_dict()}
    document["messages"] = [each.to_dict() for each in messages]
    return msgspec.json.format(msgspec.json.encode(document)).decode() + "\n"


def _markdown(chat: ChatSummary, messages: Sequence[ChatMessage]) -> str:
    blocks = [f"# {' '.join(chat.title.split()) or chat.id}", f"{chat.model or 'no model'}, {_when(chat.created)}"]
    if chat.system:
        blocks += ["## System", chat.system]
    for each in messages:
        blocks.append(f"## {each.role.capitalize()}")
        blocks += [text for part in each.parts if (text := _part_as_text(part))]
        if about := _about(each):
            blocks.append(f"*{about}*")
    return "\n\n".join(blocks) + "\n"


def _html(chat: ChatSummary, messages: Sequence[ChatMessage]) -> str:
    title = escape(chat.title or chat.id)
    head = (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n<h1>{title}</h1>\n"
        f'<p class="about">{escape(chat.model or "no model")}, {_when(chat.created)}</p>\n'
    )
    body = [f"<article><h2>System</h2><pre>{escape(chat.system)}</pre></article>"] if chat.system else []
    for each in messages:
        parts = "".join(_part_as_html(part) for part in each.parts)
        about = _about(each)
        note = f'<p class="about">{escape(about)}</p>' if about else ""
        body.append(f"<article><h2>{escape(each.role.capitalize())}</h2>{parts}{note}</article>")
    return head + "\n".join(body) + "\n</html>\n"


def _part_as_text(part: Part) -> str:
    match part:
        case TextPart():
            return part.text
        case ReasoningPart():
            return "\n".join(f"> {line}" for line in part.text.splitlines())
        case ToolCallPart():
            arguments = part.call.arguments
            shown = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
            return f"Calls `{part.call.name}`:\n\n{_fenced(shown)}"
        case ToolResultPart() | HostedToolResultPart():
            return _fenced(part.content)
        case ImagePart() | AudioPart() | DocumentPart() | Media():
            return f"[{_file_of(part)}]"
        case UnknownPart():
            return f"[{part.kind}]"


def _part_as_html(part: Part) -> str:
    if isinstance(part, ImagePart | Media) and part.data and part.media_type in _SHOWN:
        from base64 import b64encode

        return f'<img alt="" src="data:{part.media_type};base64,{b64encode(part.data).decode()}">'
    return f"<pre>{escape(_part_as_text(part))}</pre>"


def _fenced(text: str) -> str:
    """The text as a block, in a fence that it cannot hold."""
    longest, run = 2, 0
    for letter in text:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _file_of(part: ImagePart | AudioPart | DocumentPart | Media) -> str:
    if not isinstance(part, Media) and part.url is not None:
        return part.url
    return f"{part.media_type or 'file'}, {len(part.data or b''):,} bytes"


def _about(message: ChatMessage) -> str:
    facts = [message.model] if message.model else []
    if message.status != "complete":
        facts.append(message.status if message.error is None else f"{message.status}: {message.error}")
    if message.cost is not None:
        facts.append(f"${message.cost:.6f}")
    return ", ".join(facts)


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


_WRITERS: Final[dict[ExportFormat, Callable[[ChatSummary, Sequence[ChatMessage]], str]]] = {
    "markdown": _markdown,
    "json": _json,
    "html": _html,
}
SUFFIXES: Final[dict[str, ExportFormat]] = {".md": "markdown", ".json": "json", ".html": "html"}
