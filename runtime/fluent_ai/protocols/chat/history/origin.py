"""Where pieces come from that only their maker understands: they go back to that provider and family of models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from fluent_ai.content.parts import (
    HostedToolResultPart,
    Media,
    Message,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    UnknownPart,
)
from fluent_ai.content.portable import as_file
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.rules import Rules
from fluent_ai.protocols.chat.reading.unknown_fields import holds_events

_Made = ReasoningPart | TextPart | ToolCallPart | HostedToolResultPart | UnknownPart | Media


def keep_own(messages: Sequence[Message], rules: Rules, provider: str, model: str, notes: Notes) -> list[Message]:
    """Leave out what another provider, or another family of its models, would have to read; media become files."""
    found: list[Message] = []
    for message in messages:
        parts: list[Part] = []
        for part in message.parts:
            own = isinstance(part, _Made) and is_own(part, provider, model, rules.seals)
            match part:
                case ReasoningPart() if not own:
                    notes.leave_out("reasoning of another model")
                case UnknownPart() if holds_events(part):
                    notes.leave_out(_foreign(part))
                case HostedToolResultPart() | UnknownPart() if own and rules.hosted:
                    parts += [part] if part.raw is not None else []
                case ToolCallPart(call) if call.hosted and own and rules.hosted:
                    parts += [part] if part.raw is not None else []
                case Media() if own and rules.hosted and part.raw is not None and is_generated(part):
                    parts.append(part)
                case HostedToolResultPart() | UnknownPart():
                    notes.leave_out(_foreign(part))
                case ToolCallPart(call) if call.hosted:
                    notes.leave_out(f"a call of {call.name}, which the provider ran itself")
                case Media():
                    parts.append(as_file(part))
                case TextPart() | ToolCallPart() if part.raw is not None and not own:
                    parts.append(msgspec.structs.replace(part, raw=None))
                case _:
                    parts.append(part)
        kept = tuple(parts)
        found.append(message if kept == message.parts else msgspec.structs.replace(message, parts=kept))
    return found


def _foreign(part: HostedToolResultPart | UnknownPart) -> str:
    if isinstance(part, UnknownPart):
        return f"a piece of the kind {part.kind!r}"
    return "the result of a tool that the provider ran itself"


def is_own(part: _Made, provider: str, model: str, seals: Literal["family", "row"] = "family") -> bool:
    """Whether a piece was made by this provider, and by this family of models unless `seals` is `row`.

    A model that is asked again by the name that it was asked by is the same one, whatever it calls itself.
    """
    if part.provider != provider:
        return False
    if seals == "row" or model in (part.model, part.requested_model):
        return True
    return part.model is not None and family(part.model) == family(model)


_OWN_NAMES = re.compile(r"arn:.*:(?:application-inference-profile|provisioned-model|custom-model|imported-model)/")
"""Of resources of the account, which say nothing of the model."""


def family(model: str) -> str:
    """The first word of a model's id, whichever vendor, region, folder or tuning stands before it: `gpt`, `claude`."""
    if _OWN_NAMES.match(model):
        return model
    name = model.rpartition("/")[2].removeprefix("ft:")
    found = re.match(r"(?:[a-z-]+\.)*([^\W\d_]*)", name, re.IGNORECASE)
    return found.group(1).lower() if found is not None else ""


def is_generated(part: Media) -> bool:
    """Whether this is the image of an item of Responses, which goes back with it."""
    return part.raw is not None and part.raw.get("type") == "image_generation_call"


def is_seal(part: Part) -> bool:
    """Whether this is a bare signature, which seals the part after it."""
    return isinstance(part, ReasoningPart) and not part.text and part.signature is not None and part.redacted is None
