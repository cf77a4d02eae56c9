"""What a reply holds that nothing here reads: it is kept as it came, and becomes a part of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import UnknownPart
from fluent_ai.content.reply_writer import ReplyWriter

BESIDE = frozenset({
    "channel",  # Groq: which channel of gpt-oss a piece came over
    "name",  # TGI: always null or the role
    "provider_specific_fields",  # LiteLLM: what its other fields say, as the provider of the model calls it
    "token_id",  # Together, Hugging Face
    "graph_data", "image_data", "llm_data", "translation_data", "web_search_data",  # Writer: about its own tools
})  # fmt: skip
"""Fields of recorded messages that say nothing of the reply itself."""


def known_fields(*kinds: type[Struct]) -> frozenset[str]:
    """The fields that are read of these types, and those that say nothing of the reply."""
    return BESIDE.union(*(kind.__struct_encode_fields__ for kind in kinds))


class UnknownFields:
    """The unknown fields of a message or a block, gathered from its pieces until its end."""

    __slots__ = ("_found", "_known", "_writer")

    def __init__(self, writer: ReplyWriter, known: frozenset[str]) -> None:
        self._writer = writer
        self._known = known
        self._found: JsonObject = {}

    def take(self, message: object) -> bool:
        """Keep what one piece holds beside what is known; False if there is nothing. Empty values say nothing."""
        if not isinstance(message, dict):
            return False
        more = {name: value for name, value in message.items() if value and name not in self._known}
        grow(self._found, more)
        return bool(more)

    def end(self) -> None:
        for name, value in self._found.items():
            self._writer.unknown(name, {name: value})
        self._found = {}


class UnknownEvents:
    """Events that are not known, gathered by their kind until the reply ends; `raw` holds `events`, a list of them.

    Most have no end that would say when a piece is whole, and none has a place among the parts of the reply.
    """

    __slots__ = ("_found", "_is_known", "_writer")

    def __init__(self, writer: ReplyWriter, is_known: Callable[[str], bool]) -> None:
        self._writer = writer
        self._is_known = is_known
        self._found: dict[str, list[JsonObject]] = {}

    def take(self, kind: object, event: JsonObject) -> bool:
        """Keep an event; False if its kind is known, or if it has none."""
        if not isinstance(kind, str) or self._is_known(kind):
            return False
        self._found.setdefault(kind, []).append(event)
        return True

    def end(self) -> None:
        """Called before the reply is finished."""
        if self._found:
            self._writer.start(None, None)
        for kind, events in self._found.items():
            self._writer.unknown(kind, {"events": events})
        self._found = {}


def holds_events(part: UnknownPart) -> bool:
    """Whether a part is made of events, which no request can hold: a block has its kind as its type or its key."""
    return part.raw is not None and part.raw.keys() == {"events"} and part.kind != "events"


def grow(raw: JsonObject, more: object, without: Collection[str] = ()) -> None:
    """Add a piece to what came before it: texts, lists and objects go on, all else is as the piece says."""
    for name, value in more.items() if isinstance(more, dict) else ():
        before = raw.get(name)
        match before, value:
            case _ if name in without:
                pass
            case str(), str():
                raw[name] = before + value
            case list(), list():
                raw[name] = [*before, *value]
            case dict(), dict():
                grow(before, value)
            case _:
                raw[name] = value
