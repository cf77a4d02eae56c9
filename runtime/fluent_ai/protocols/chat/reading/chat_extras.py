"""What stands beside the text of a chat completion: images, sound, annotations and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fluent_ai.content.documents import position
from fluent_ai.content.events import Citation
from fluent_ai.content.files import sniff
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.protocols.shared.decoding import from_base64

_DATA_URL = re.compile(r"data:([^;,]*)(?:;[^,]*)?;base64,", re.IGNORECASE)


def add_images(writer: ReplyWriter, found: object) -> None:
    """Images of a delta: https://openrouter.ai/docs/features/multimodal/image-generation. Raises ProtocolError."""
    for image in found if isinstance(found, list) else ():
        if not isinstance(image, dict):
            continue
        place = image.get("image_url")
        url = place.get("url") if isinstance(place, dict) else place
        head = _DATA_URL.match(url) if isinstance(url, str) else None
        if head is None:
            # An address, which is not fetched here.
            writer.unknown(str(image.get("type") or "image"), image)
        else:
            data = from_base64(head.string[head.end() :], "image of a chat completion")
            writer.media(head[1] or sniff(data) or "image/png", data)


def cite_annotations(writer: ReplyWriter, found: object) -> None:
    """Annotations of the text so far: https://platform.openai.com/docs/guides/tools-web-search.

    They stay with their text as they came, and each that names an address is a citation.
    """
    if not isinstance(found, list) or not found or (part := writer.latest("text")) is None:
        return
    state = writer.fold.parts[part]
    kept = state.raw or {}
    writer.keep(part, {**kept, "annotations": [*kept.get("annotations", ()), *found]})
    for annotation in found:
        if isinstance(annotation, dict):
            inner = annotation.get(str(annotation.get("type")))
            source = inner if isinstance(inner, dict) else annotation
            title = _text(source, "title") or _text(source, "name") or _text(source, "filename")
            url, quote = _text(source, "url"), _text(source, "quote")
            given = position(_text(source, "document_id")) if writer.documents else None
            if url or title or given is not None:
                place = _place(source, "start_index"), _place(source, "end_index")
                writer.cite(Citation(part, url, title, quote, *place), given)


def sources(citations: object, results: object) -> Iterator[Citation]:
    """Sources that stand beside the choices: those with a title where both are told.

    https://docs.perplexity.ai/api-reference/chat-completions-post and https://docs.x.ai/docs/guides/live-search.
    """
    found = results if isinstance(results, list) and results else citations
    for source in found if isinstance(found, list) else ():
        if isinstance(source, dict):
            url, title = _text(source, "url"), _text(source, "title")
            if url or title:
                yield Citation(url=url, title=title, quote=_text(source, "snippet"))
        elif isinstance(source, str) and source:
            yield Citation(url=source)


class ChatSound:
    """The voice of a reply, whole or in pieces, and what it says: https://platform.openai.com/docs/guides/audio."""

    __slots__ = ("_part", "_rest", "_said", "_writer")

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self._part: int | None = None
        self._rest = ""
        """Base64 that does not make up whole bytes yet."""
        self._said: JsonObject = {}

    def add(self, found: object) -> None:
        """Raises ProtocolError for sound that is not base64."""
        if not isinstance(found, dict):
            return
        if transcript := _text(found, "transcript"):
            self._writer.text(transcript)
        self._said |= {key: value for key, value in found.items() if key not in ("data", "transcript")}
        self._rest += _text(found, "data") or ""
        whole = len(self._rest) - len(self._rest) % 4
        if whole:
            self._write(from_base64(self._rest[:whole], "audio of a chat completion"))
            self._rest = self._rest[whole:]

    def end(self) -> None:
        if self._part is not None:
            self._writer.end_media(self._part, {"audio": self._said} if self._said else None)
            self._part = None

    def _write(self, data: bytes) -> None:
        if self._part is None:
            self._part = self._writer.start_media(sniff(data) or "audio/pcm")
        self._writer.media_data(self._part, data)


def _text(found: JsonObject, key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) and value else None


def _place(found: JsonObject, key: str) -> int | None:
    value = found.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
