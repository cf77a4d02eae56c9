"""What a reply holds that nothing here reads: it is kept as it came, and becomes a part of its own."""

from __future__ import annotations

from collections.abc import Collection

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter

BESIDE = frozenset({
    "channel",  # Groq: which channel of gpt-oss a piece came over
    "name",  # TGI: always null or the role
    "provider_specific_fields",  # LiteLLM: what its other fields say, as the provider of the model calls it
    "token_id",  # Together, Hugging Face
    "graph_data", "image_data", "llm_data", "translation_data", "web_search_data",  # Writer: about its own tools
})  # fmt: skip
"""Fields of recorded messages that say nothing of the reply itself."""


class UnknownFields:
    """The unknown fields of a message or a block, gathered from its pieces until its end."""

    def __init__(self, writer: ReplyWriter, known: Collection[str]) -> None:
        self._writer = writer
        self._known = frozenset(known) | BESIDE
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
