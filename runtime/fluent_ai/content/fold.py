"""A reply is a pure fold of the events of its stream, so `complete` and `stream` cannot disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import msgspec

from fluent_ai.content import events as ev
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import (
    Citation,
    HostedToolResultPart,
    Media,
    ReasoningPart,
    TextPart,
    TokenLogprob,
    ToolCall,
    ToolCallPart,
    UnknownPart,
)
from fluent_ai.content.reply import FinishReason, Reply, ReplyPart, Usage
from fluent_ai.errors import ConfigError

PartKind = Literal["text", "reasoning", "tool_call", "hosted_tool_result", "media", "unknown"]


class PartState(msgspec.Struct):
    """One part while it grows; `pieces` are joined only on demand."""

    kind: PartKind
    pieces: list[Any]
    call_id: str = ""
    name: str = ""
    call: ToolCall | None = None
    signature: str | None = None
    redacted: str | None = None
    media_type: str = ""
    hosted: bool = False
    is_error: bool = False
    raw: JsonObject | None = None
    maker: tuple[str | None, str | None, str | None] | None = None
    """Provider and model, if another leg of the route has gone on with the reply since."""

    def text(self) -> str:
        if len(self.pieces) != 1:
            self.pieces[:] = ["".join(self.pieces)]
        piece: str = self.pieces[0]
        return piece


def parse_tool_call(call_id: str, name: str, arguments: str, hosted: bool = False) -> ToolCall:
    """The call with its arguments parsed, or kept as text with `valid=False` if they are not a JSON object.

    Empty text means `{}`.
    """
    if not arguments.strip():
        return ToolCall(call_id, name, {}, hosted=hosted)
    try:
        parsed: JsonObject = msgspec.json.decode(arguments, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
        return ToolCall(call_id, name, arguments, valid=False, hosted=hosted)
    return ToolCall(call_id, name, parsed, hosted=hosted)


class Fold:
    """Takes events and gives the reply so far, in amortised constant time per event."""

    def __init__(self) -> None:
        self.id: str | None = None
        self.model: str | None = None
        self.provider: str | None = None
        self.requested_model: str | None = None
        self.parts: list[PartState] = []
        self.citations: list[Citation] = []
        self.logprobs: list[TokenLogprob] | None = None
        self.usage: Usage | None = None
        self.finish_reason: FinishReason | None = None
        self.raw_reason: str | None = None
        self.warnings: list[str] = []
        self.finished = False

    def add(self, event: ev.Event) -> None:
        match event:
            case ev.TextDelta():
                self.parts[event.part].pieces.append(event.text)
                if event.logprobs is not None:
                    self.add_logprobs(event.logprobs)
            case ev.ReasoningDelta():
                self.parts[event.part].pieces.append(event.text)
            case ev.ToolCallDelta():
                self.parts[event.part].pieces.append(event.arguments)
            case ev.StreamStart():
                self.id, self.model, self.provider = event.id, event.model, event.provider
                self.requested_model = event.requested_model
            case ev.TextStart():
                self.parts.append(PartState("text", []))
            case ev.TextEnd():
                part = self.parts[event.part]
                part.pieces[:] = [event.text]
                part.raw = event.raw
            case ev.UsageUpdate():
                self.usage = event.usage
            case ev.Finish():
                self.finish_reason, self.raw_reason, self.finished = event.reason, event.raw_reason, True
                if event.usage is not None:
                    self.usage = event.usage
            case ev.MediaDelta():
                self.parts[event.part].pieces.append(event.data)
            case ev.ReasoningStart():
                self.parts.append(PartState("reasoning", []))
            case ev.ToolCallStart():
                self.parts.append(PartState("tool_call", [], event.call_id, event.name, hosted=event.hosted))
            case ev.MediaStart():
                self.parts.append(PartState("media", [], media_type=event.media_type))
            case ev.ReasoningEnd():
                part = self.parts[event.part]
                part.pieces[:] = [event.text]
                part.signature, part.redacted, part.raw = event.signature, event.redacted, event.raw
            case ev.ToolCallEnd():
                part = self.parts[event.part]
                part.call, part.raw = event.call, event.raw
            case ev.MediaEnd():
                self.parts[event.part].raw = event.raw
            case ev.HostedToolResult():
                state = PartState("hosted_tool_result", [event.content], event.call_id)
                state.is_error, state.raw = event.is_error, event.raw
                self.parts.append(state)
            case ev.UnknownBlock():
                self.parts.append(PartState("unknown", [], name=event.kind, raw=event.raw))
            case ev.Citation():
                self.citations.append(event)
            case ev.Warned():
                self.warnings.append(event.message)
            case ev.Seam():
                self._seam(event)
            case ev.Ping() | ev.Progress():
                pass

    def _seam(self, seam: ev.Seam) -> None:
        """What follows comes from another leg, and begins with its StreamStart."""
        if seam.kind == "restart":
            warnings = self.warnings
            Fold.__init__(self)
            self.warnings = warnings
        for part in self.parts:
            part.maker = part.maker or self._maker()

    def add_logprobs(self, logprobs: Sequence[TokenLogprob]) -> None:
        if self.logprobs is None:
            self.logprobs = []
        self.logprobs += logprobs

    def result(self) -> Reply:
        return Reply(
            parts=tuple(self._part(part) for part in self.parts),
            citations=tuple(self.citations),
            logprobs=None if self.logprobs is None else tuple(self.logprobs),
            usage=self.usage,
            finish_reason=self.finish_reason,
            raw_reason=self.raw_reason,
            id=self.id,
            model=self.model,
            provider=self.provider,
            requested_model=self.requested_model,
            warnings=tuple(self.warnings),
        )

    def _maker(self) -> tuple[str | None, str | None, str | None]:
        """The provider, the model, and the other name by which it was asked."""
        model = self.model or self.requested_model
        return self.provider, model, None if self.requested_model == model else self.requested_model

    def _part(self, part: PartState) -> ReplyPart:
        raw, found = part.raw, part.maker or self._maker()
        provider, model, asked = (None, None, None) if raw is None else found
        match part.kind:
            case "text":
                return TextPart(part.text(), raw=raw, provider=provider, model=model, requested_model=asked)
            case "reasoning":
                provider, model, asked = found
                return ReasoningPart(part.text(), part.signature, part.redacted, provider, model, raw, asked)
            case "tool_call":
                call = part.call or _cut_call(part)
                return ToolCallPart(call, raw=raw, provider=provider, model=model, requested_model=asked)
            case "hosted_tool_result":
                text, call_id = part.text(), part.call_id
                return HostedToolResultPart(
                    call_id, text, part.is_error, raw=raw, provider=provider, model=model, requested_model=asked
                )
            case "media":
                data = b"".join(part.pieces)
                return Media(part.media_type, data, raw=raw, provider=provider, model=model, requested_model=asked)
            case "unknown":
                return UnknownPart(part.name, raw=raw, provider=provider, model=model, requested_model=asked)


def _cut_call(part: PartState) -> ToolCall:
    """A call without an end is not valid, even if its text happens to parse."""
    return ToolCall(part.call_id, part.name, part.text(), valid=False, hosted=part.hosted)


def fold(events: Iterable[ev.Event]) -> Reply:
    """The reply that these events make up; for a stream that was cut, the reply so far."""
    if not isinstance(events, Iterable):
        raise ConfigError(f"events is of type {type(events).__name__}; allowed: events, in their order")
    state = Fold()
    for number, event in enumerate(events):
        if not isinstance(event, get_args(ev.Event)):
            raise ConfigError(f"events[{number}] is of type {type(event).__name__}; allowed: an event")
        state.add(event)
    return state.result()
