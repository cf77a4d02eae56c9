"""A conversation as the next provider takes it, whoever made its turns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fluent_ai.content.parts import Message, ReasoningPart, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.history.call_ids import fit_call_ids
from fluent_ai.protocols.chat.history.files import place_files
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.order import cap_cache_marks, order_turns
from fluent_ai.protocols.chat.history.origin import keep_own
from fluent_ai.protocols.chat.history.rules import rules_for
from fluent_ai.protocols.chat.history.texts import fit_texts
from fluent_ai.protocols.chat.history.tool_pairs import pair, without_tools
from fluent_ai.providers.endpoints import Endpoint


def normalise(request: ChatRequest, endpoint: Endpoint) -> tuple[ChatRequest, tuple[str, ...]]:
    """The request with messages that obey the rules of its dialect, and what was left out of them.

    Calls and results stand in pairs, in the order of the calls; call ids are unique and of the accepted form; nothing
    is blank where that is refused; sealed pieces are there only where they were made.
    """
    if _is_one_question(request.messages):
        return request, ()
    return fit(request, endpoint)


def _is_one_question(messages: Sequence[Message]) -> bool:
    """Whether all of the conversation is a question in words, which every dialect takes as it is."""
    if len(messages) != 1 or messages[0].role != "user" or messages[0].cache or not messages[0].parts:
        return False
    return all(type(part) is TextPart and part.raw is None and part.text.strip() for part in messages[0].parts)


def fit(request: ChatRequest, endpoint: Endpoint) -> tuple[ChatRequest, tuple[str, ...]]:
    """`normalise` for any conversation."""
    provider, notes = endpoint.manifest.id, Notes()
    rules = rules_for(endpoint, request.model)
    if unread := request.limits.unread:
        files = tuple(kind for kind in rules.files if kind not in unread)
        rules = msgspec.structs.replace(rules, files=files)
    paired = pair(keep_own(request.messages, rules, provider, request.model, notes))
    if not rules.tools:
        paired.messages = without_tools(paired.messages, notes)
    notes.leave_out("a tool call without a result", paired.unanswered)
    notes.leave_out("a tool result without its call", paired.orphans)
    messages = place_files(paired.messages, rules, notes)
    messages = fit_texts(messages, rules, notes)
    messages = fit_call_ids(messages, rules.call_ids)
    messages = order_turns(messages, rules)
    messages = cap_cache_marks(messages, rules.cache_marks, notes)
    if not messages:
        raise ConfigError("messages hold no content to send; allowed: at least one part that is not empty")
    fitted = msgspec.structs.replace(request, messages=tuple(messages))
    if rules.thinks_through_tools and request.reasoning not in (None, "none") and not _may_think(messages):
        notes.say(f"reasoning is left out for {provider}: it answers calls that were made without reasoning of its own")
        fitted = msgspec.structs.replace(fitted, reasoning=None)
    return fitted, notes.texts(provider)


def _may_think(messages: Sequence[Message]) -> bool:
    """Whether no calls are being answered, or those of a turn that began with reasoning."""
    place = len(messages)
    answered = False
    while place and messages[place - 1].role in ("tool", "user"):
        place -= 1
        answered = answered or messages[place].role == "tool"
    first = place
    while first and messages[first - 1].role == "assistant":
        first -= 1
    return not answered or first == place or isinstance(messages[first].parts[0], ReasoningPart)
