"""Builds the events of a reply: callers report content, and the writer opens, numbers and closes the parts.

It is used by the parsers of chat, the local engine, and the fakes of `fluent_ai.testing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from fluent_ai.content.call_ids import new_call_id
from fluent_ai.content.documents import Document, citations_of
from fluent_ai.content.events import (
    Citation,
    Event,
    Finish,
    HostedToolResult,
    MediaDelta,
    MediaEnd,
    MediaStart,
    Ping,
    ReasoningDelta,
    ReasoningEnd,
    ReasoningStart,
    StreamStart,
    TextDelta,
    TextEnd,
    TextStart,
    TokenLogprob,
    ToolCallDelta,
    ToolCallEnd,
    ToolCallStart,
    UnknownBlock,
    UsageUpdate,
    Warned,
)
from fluent_ai.content.fold import Fold, PartKind, parse_tool_call
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import FinishReason, Usage


class ReplyWriter:
    """Passes events to `emit` one by one, in the order that `laws.py` demands.

    The fold grows with the events, so the end of a part and the partial reply need no second copy of the deltas.
    Deltas, the most frequent events, are added to it directly.
    """

    def __init__(self, provider: str | None, emit: Callable[[Event], object]) -> None:
        self.fold = Fold()
        self.started = False
        self.requested_model: str | None = None
        """Which model was asked for, if the one who reads the answer knows."""
        self.served_in: str | None = None
        """The place of the provider's that answers, if prices depend on it; it stands in `usage.raw`."""
        self.documents: Sequence[Document] = ()
        """The documents that the reply may cite."""
        self.cites_by_mark = False
        """True if the text cites them by marks such as [1]."""
        self._emit = emit
        self._provider = provider
        self._text: int | None = None
        self._text_pieces: list[str] = []
        self._reasoning: int | None = None
        self._calls: list[int] = []
        self._media: list[int] = []
        self._unknown: set[str] = set()

    def start(self, id: str | None, model: str | None) -> None:
        if not self.started:
            self.started = True
            self._write(StreamStart(id, model, self._provider, self.requested_model))

    def text(self, text: str, logprobs: tuple[TokenLogprob, ...] | None = None) -> None:
        part = self._text
        if part is None:
            part = self.open_text()
        self._text_pieces.append(text)
        if logprobs is not None:
            self.fold.add_logprobs(logprobs)
        self._emit(TextDelta(part, text, logprobs))

    def open_text(self) -> int:
        """Open a text part if none is open, and return its number; called directly if a citation precedes its text."""
        if self._text is None:
            self.end_reasoning()
            self._text = len(self.fold.parts)
            self._write(TextStart(self._text))
            self._text_pieces = self.fold.parts[self._text].pieces
        return self._text

    def reasoning(self, text: str) -> None:
        part = self.open_reasoning()
        self.fold.parts[part].pieces.append(text)
        self._emit(ReasoningDelta(part, text))

    def open_reasoning(self) -> int:
        """Open a reasoning part if none is open, and return its number; called directly for a bare signature."""
        if self._reasoning is None:
            self.end_text()
            self._reasoning = len(self.fold.parts)
            self._write(ReasoningStart(self._reasoning))
        return self._reasoning

    def start_call(self, call_id: str, name: str, hosted: bool = False) -> int:
        """Open a tool-call part and return its number. Calls may be open at once, until `end_call` or the finish."""
        self.end_text()
        self.end_reasoning()
        part = len(self.fold.parts)
        self._calls.append(part)
        self._write(ToolCallStart(part, call_id or new_call_id(part), name, hosted))
        return part

    def call_arguments(self, part: int, arguments: str) -> None:
        self.fold.parts[part].pieces.append(arguments)
        self._emit(ToolCallDelta(part, arguments))

    def end_call(self, part: int, raw: JsonObject | None = None) -> None:
        """Close a call. `raw` holds the provider's own fields of a part that must go back with it, here and below."""
        self._calls.remove(part)
        state = self.fold.parts[part]
        call = parse_tool_call(state.call_id, state.name, state.text(), state.hosted)
        self._write(ToolCallEnd(part, call, raw or state.raw))

    def hosted_result(self, call_id: str, content: str, is_error: bool, raw: JsonObject | None) -> None:
        """Add what a tool that the provider ran gave back; `raw` is None where it stands in that of its call."""
        self.end_text()
        self.end_reasoning()
        self._write(HostedToolResult(len(self.fold.parts), call_id, content, is_error, raw))

    def unknown(self, kind: str, raw: JsonObject, *, documented: bool = False) -> None:
        """Add a piece of a kind that has no name here, and warn once for each kind that is not `documented`."""
        self.end_text()
        self.end_reasoning()
        self._write(UnknownBlock(len(self.fold.parts), kind, raw))
        if not documented:
            self.kept(kind)

    def kept(self, kind: str) -> None:
        """Warn, once for each kind, of something that is not known here and kept on its part."""
        if kind not in self._unknown:
            self._unknown.add(kind)
            self.warn(f"the reply holds {kind!r}, which is not known here; it is kept as it came")

    def end_text(self, raw: JsonObject | None = None) -> None:
        if (part := self._text) is not None:
            self._text = None
            state = self.fold.parts[part]
            if self.cites_by_mark:
                for citation in citations_of(state.text(), self.documents, part):
                    self._write(citation)
            self._write(TextEnd(part, state.text(), raw or state.raw))

    def end_reasoning(
        self, signature: str | None = None, redacted: str | None = None, raw: JsonObject | None = None
    ) -> None:
        if (part := self._reasoning) is not None:
            self._reasoning = None
            state = self.fold.parts[part]
            self._write(ReasoningEnd(part, state.text(), signature, redacted, raw or state.raw))

    def media(self, media_type: str, data: bytes, raw: JsonObject | None = None) -> None:
        """Add a complete image or audio file."""
        self.end_text()
        self.end_reasoning()
        part = self.start_media(media_type)
        self.media_data(part, data)
        self.end_media(part, raw)

    def start_media(self, media_type: str) -> int:
        """Open a media part and return its number. Text may go on beside it, such as what a voice says."""
        part = len(self.fold.parts)
        self._media.append(part)
        self._write(MediaStart(part, media_type))
        return part

    def media_data(self, part: int, data: bytes) -> None:
        self._write(MediaDelta(part, data))

    def end_media(self, part: int, raw: JsonObject | None = None) -> None:
        self._media.remove(part)
        self._write(MediaEnd(part, raw))

    def keep(self, part: int, raw: JsonObject) -> None:
        """What goes into `raw` at the end of a part, unless the end says otherwise; of an ended part, nothing."""
        if part in (self._text, self._reasoning, *self._calls, *self._media):
            self.fold.parts[part].raw = raw

    def latest(self, kind: PartKind) -> int | None:
        """The number of the last part of that kind, open or not, to which a citation belongs; None if there is none."""
        parts = self.fold.parts
        return next((part for part in reversed(range(len(parts))) if parts[part].kind == kind), None)

    def cite(self, citation: Citation, document: int | None = None) -> None:
        """Add a citation, of the document with that position if it is one of those that were given."""
        if document is not None and 0 <= document < len(self.documents):
            given = self.documents[document]
            facts = {"title": given.name, "url": given.url, "quote": citation.quote or given.text}
            citation = msgspec.structs.replace(citation, document=document, **facts)
        self._write(citation)

    def usage(self, usage: Usage) -> None:
        """Merge usage key by key, because servers send it whole, in pieces, or repeatedly."""
        fold = self.fold
        if self.served_in is not None:
            usage = msgspec.structs.replace(usage, raw={**(usage.raw or {}), "served_in": self.served_in})
        merged = usage if fold.usage is None else fold.usage.merge(usage)
        if merged != fold.usage:
            fold.usage = merged
            self._emit(UsageUpdate(merged))

    def warn(self, message: str) -> None:
        self._write(Warned(message))

    def ping(self) -> None:
        self._emit(Ping())

    def finish(self, reason: FinishReason | None, raw_reason: str | None) -> None:
        self.start(None, None)
        self.end_text()
        self.end_reasoning()
        for part in tuple(self._calls):
            self.end_call(part)
        for part in tuple(self._media):
            self.end_media(part)
        self._write(Finish(reason, raw_reason, self._counted(self.fold.usage)))

    def _counted(self, usage: Usage | None) -> Usage | None:
        """The usage with the number of tool calls."""
        calls = sum(part.kind == "tool_call" for part in self.fold.parts)
        return usage if usage is None or not calls else msgspec.structs.replace(usage, tool_calls=calls)

    def _write(self, event: Event) -> None:
        self.fold.add(event)
        self._emit(event)
