"""A chat with documents that are yet to be found: how much room there is for them, and its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from fluent_ai.client.route import Route
from fluent_ai.content.documents import Document
from fluent_ai.content.message_input import Messages, to_messages
from fluent_ai.content.parts import Message, TextPart, ToolResultPart
from fluent_ai.content.token_counts import likely_most_tokens
from fluent_ai.streams.collecting_source import CollectingSource

if TYPE_CHECKING:
    from fluent_ai.client.core import Core
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.interfaces import CollectsDocuments
    from fluent_ai.streams.stream import Source

ANSWER = 4_096
"""How many tokens are kept for an answer where nothing says how long it may be: at most a quarter of the window."""
_FILE = 1_000
"""How many tokens a file in a message is taken to have, or any other part that is no text."""


class OpensCall(Protocol):
    """Opens the call with these options, and raises what it raises."""

    def __call__(self, *, options: Mapping[str, Any]) -> tuple[Source[Any, Any], tuple[str, ...]]: ...


def open_collecting(
    core: Core, collects: CollectsDocuments, model: ModelName | Route, subject: object, options: Mapping[str, Any],
    open_call: OpensCall,
) -> Source[Any, Any]:  # fmt: skip
    """The source of the reply. Everything but the documents is checked here; raises ConfigError."""
    open_call(options={**options, "documents": ()})
    messages = to_messages(cast("Messages", subject))
    question = next((each.text for each in reversed(messages) if each.role == "user" and each.text.strip()), "")
    room = _room(core, model, messages, options)

    def open_with(documents: Sequence[Document]) -> tuple[Source[Any, Any], tuple[str, ...]]:
        return open_call(options={**options, "documents": documents})

    return CollectingSource(collects, question, room, open_with, blocking=core.blocking)


def _room(core: Core, model: ModelName | Route, messages: Sequence[Message], options: Mapping[str, Any]) -> int | None:
    """Tokens that every model that may be asked has for documents, beside messages and answer; None if it is unknown.

    Whole texts are estimated, rarely too low; schemas and what a provider adds by itself are left to a 20th of the
    window.
    """
    rooms: list[int] = []
    for each in [leg.model for leg in model.legs] if isinstance(model, Route) else [model]:
        manifest, model_id = core.find(each)
        info = core.registry.lookup(manifest.id, model_id)
        if info is not None and info.context_window is not None:
            window, asked = info.context_window, options.get("max_tokens")
            answer = asked if isinstance(asked, int) else min(info.max_output_tokens or ANSWER, window // 4)
            rooms.append(min(window - answer, info.max_input_tokens or window) - window // 20)
    if not rooms:
        return None
    system = options.get("system")
    said = likely_most_tokens(system) if isinstance(system, str) else 0
    said += sum(_tokens(part) for message in messages for part in message.parts)
    return max(0, min(rooms) - said)


def _tokens(part: object) -> int:
    if isinstance(part, TextPart):
        return likely_most_tokens(part.text)
    return likely_most_tokens(part.content) if isinstance(part, ToolResultPart) else _FILE
