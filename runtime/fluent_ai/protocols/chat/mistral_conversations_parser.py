"""Mistral conversations, the answer side.

Source: https://docs.mistral.ai/api/endpoint/beta/conversations and its specification, `ConversationEvents`.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from fluent_ai_wire.mistral_conversations import ConversationEvent

from fluent_ai.content.events import Citation
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.hosted_results import result_text
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, convert
from fluent_ai.protocols.shared.encoding import to_json
from fluent_ai.protocols.shared.usage import count, openai_usage, with_extras

REFERENCES = "references"
"""Where the sources of a text stand in its `raw`; they go back right after it."""

_WHAT = "conversation event"
_SILENT = ("agent.handoff.started", "agent.handoff.done")
_KNOWN = (
    "conversation.response.started", "conversation.response.done", "conversation.response.error",
    "message.output.delta", "function.call.delta",
    "tool.execution.started", "tool.execution.delta", "tool.execution.done", *_SILENT,
)  # fmt: skip
_decode = msgspec.json.Decoder(ConversationEvent).decode


class MistralConversationsParser(SSEChatParser):
    """Reads a stream of events, or a whole answer.

    The calls of tools that Mistral runs go back as the entries that they are; files that these made are not fetched,
    and stay unknown parts with their ids.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._id: str | None = None
        self._calls: dict[str | None, int] = {}
        self._calls_functions = False
        self._place: int | None = None
        self._cited = False
        """Whether sources follow the text: what is written next is a text of its own."""

    @staticmethod
    def is_known(kind: str) -> bool:
        return kind in _KNOWN

    def read(self, frame: bytes) -> None:
        if frame == b"[DONE]":
            self._finish()
            return
        try:
            event = _decode(frame)
        except DECODE_ERRORS as error:
            found = self.read_event(ConversationEvent, frame, _WHAT, error)
            if found is None:
                return
            event = found
        match event.type:
            case "message.output.delta":
                self._message(event)
            case "function.call.delta":
                self._function(event)
            case "tool.execution.started" | "tool.execution.delta":
                self._execution(event)
            case "tool.execution.done":
                self._executed(event)
            case "conversation.response.started":
                self._id = event.conversation_id or None
            case "conversation.response.done":
                self._ended(event.usage)
            case "conversation.response.error":
                raise self.refused(frame)
            case None:
                if not isinstance(event.outputs, list):
                    raise self.refused(frame)
                self._whole(event, event.outputs)
            case kind:
                self.events.take(kind, self.plain(frame, _WHAT))

    def _begin(self, event: ConversationEvent) -> None:
        """The model's name comes with the first entry."""
        self.writer.start(self._id, event.model or None)

    def _message(self, event: ConversationEvent) -> None:
        self._begin(event)
        if event.output_index != self._place:
            self._place = event.output_index
            self._break()
        for chunk in event.content if isinstance(event.content, list) else [event.content]:
            self._chunk(chunk)

    def _chunk(self, chunk: object) -> None:
        if isinstance(chunk, str):
            self._text(chunk)
        if not isinstance(chunk, dict):
            return
        kind = chunk.get("type")
        if kind == "text":
            self._text(chunk.get("text"))
        elif kind == "thinking":
            for piece in thoughts if isinstance(thoughts := chunk.get("thinking"), list) else ():
                if isinstance(piece, dict) and isinstance(thought := piece.get("text"), str) and thought:
                    self.writer.reasoning(thought)
        elif kind == "tool_reference":
            self._cite(chunk)
        elif isinstance(kind, str):
            entry = {"type": "message.output", "role": "assistant", "content": [chunk]}
            self.writer.unknown(kind, entry, documented=kind == "tool_file")

    def _text(self, text: object) -> None:
        if isinstance(text, str) and text:
            if self._cited:
                self._break()
            self.writer.text(text)

    def _cite(self, reference: JsonObject) -> None:
        part = self.writer.open_text()
        kept = self.writer.fold.parts[part].raw or {}
        self.writer.keep(part, {REFERENCES: [*kept.get(REFERENCES, ()), reference]})
        self._cited = True
        url, title, quote = (_as_text(reference.get(name)) or None for name in ("url", "title", "description"))
        if url or title:
            self.writer.cite(Citation(part, url, title, quote))

    def _break(self) -> None:
        self._cited = False
        self.writer.end_text()
        self.writer.end_reasoning()

    def _function(self, event: ConversationEvent) -> None:
        key = event.tool_call_id or event.id
        if (part := self._calls.get(key)) is None:
            self._begin(event)
            self._calls_functions = True
            part = self._calls[key] = self.writer.start_call(key or "", event.name or "")
        self._arguments(part, event)

    def _execution(self, event: ConversationEvent) -> int:
        if (part := self._calls.get(event.id)) is None:
            self._begin(event)
            part = self._calls[event.id] = self.writer.start_call(event.id or "", event.name or "", hosted=True)
        self._arguments(part, event)
        return part

    def _arguments(self, part: int, event: ConversationEvent) -> None:
        if text := _as_text(event.arguments):
            self.writer.call_arguments(part, text)

    def _executed(self, event: ConversationEvent) -> None:
        part = self._execution(event)
        del self._calls[event.id]
        state = self.writer.fold.parts[part]
        entry = {"type": "tool.execution", "name": state.name, "arguments": state.text()}
        self.writer.end_call(part, {**entry, "info": event.info} if event.info else entry)
        if event.info:
            self.writer.hosted_result(state.call_id, result_text(event.info), False, None)

    def _whole(self, answer: ConversationEvent, entries: list[object]) -> None:
        self._id = answer.conversation_id or None
        read = [convert(found, ConversationEvent, "entry of a conversation") for found in entries]
        self._begin(next((entry for entry in read if entry.model), ConversationEvent()))
        for place, (found, entry) in enumerate(zip(entries, read, strict=True)):
            entry.output_index = place
            match entry.type:
                case "message.output":
                    self._message(entry)
                case "function.call":
                    self._function(entry)
                case "tool.execution":
                    self._executed(entry)
                case kind if isinstance(found, dict) and kind != "agent.handoff":
                    self.writer.unknown(kind or "entry", found)
        self._ended(answer.usage)

    def _ended(self, found: object) -> None:
        if isinstance(found, dict) and found:
            self._begin(ConversationEvent())
            usage = openai_usage(with_extras(found, hosted_calls=found.get("connectors")))
            if read := count(found, "connector_tokens"):
                # What tools found and the model read; it is not among the tokens of the prompt.
                usage = msgspec.structs.replace(usage, input_tokens=(usage.input_tokens or 0) + read)
            self.writer.usage(usage)
        self._finish()

    def _finish(self) -> None:
        self._begin(ConversationEvent())
        self.events.end()
        self.writer.finish("tool_calls" if self._calls_functions else "stop", None)
        self.done = True


def _as_text(found: object) -> str:
    if found is None:
        return ""
    return found if isinstance(found, str) else to_json(found).decode()
