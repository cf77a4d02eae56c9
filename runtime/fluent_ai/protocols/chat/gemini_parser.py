"""Gemini's generateContent, the answer side, at Google AI and at Vertex AI.

Source: https://ai.google.dev/api/generate-content and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from fluent_ai_wire.gemini import (
    Blob,
    Candidate,
    CitationMetadata,
    FunctionCall,
    GenerateContentResponse,
    GroundingMetadata,
    LogprobsResult,
    Part,
    PromptFeedback,
)

from fluent_ai.content.events import Citation, TokenLogprob
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.framing import Framing
from fluent_ai.framing.json_array import JSONArrayDecoder
from fluent_ai.http.redact import redact
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.hosted_results import result_text
from fluent_ai.protocols.chat.reading.partial_arguments import PartialArguments
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, from_base64
from fluent_ai.protocols.shared.usage import whole, with_extras
from fluent_ai.protocols.shared.wordings import how_it_ended

_BESIDE = (
    "thought", "thoughtSignature", "partMetadata", "videoMetadata", "mediaResolution",
    "audioTranscription", "mediaProcessing", "speechMetadata",
)  # fmt: skip
"""What stands in a part beside its content."""

_READ = frozenset(Part.__struct_encode_fields__) - {*_BESIDE}
_FIELDS = {*Candidate.__struct_encode_fields__, *Part.__struct_encode_fields__, *_BESIDE}
_WHAT = "Gemini response"

_decode = msgspec.json.Decoder(GenerateContentResponse).decode


class GeminiParser(SSEChatParser):
    """Reads events, a growing JSON array (what comes without `alt=sse`), or one whole response.

    A signature seals the part with which it comes, so that the model knows it again. It becomes a reasoning part
    without text before what it seals, or the signature of the reasoning itself. Code that the provider runs, and calls
    of its own tools, are hosted calls with their results; parts of kinds that are not known are kept as they came.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._raw_reason: str | None = None
        self._blocked = False
        self._called = False
        self._call: int | None = None
        self._arguments = PartialArguments()
        self._cited: set[Citation] = set()
        self._counted: object = None
        self._searches = 0
        self._hosted_id = ""
        self._id: str | None = None
        self._model: str | None = None

    @staticmethod
    def is_known(kind: str) -> bool:
        return kind in _FIELDS

    def framing(self, start: int) -> Framing[bytes]:
        return JSONArrayDecoder() if start == ord("[") else super().framing(start)

    def read(self, frame: bytes) -> None:
        try:
            chunk = _decode(frame)
        except DECODE_ERRORS as error:
            chunk = self.read_again(GenerateContentResponse, frame, _WHAT, error)
            self._keep_unknown(self.plain(frame, _WHAT).get("candidates"))
        if chunk.error is not None:
            raise self.refused(frame)
        writer = self.writer
        if not writer.started:
            self._id, self._model = self._id or chunk.responseId or None, self._model or chunk.modelVersion or None
            if not chunk.candidates and chunk.promptFeedback is None and not chunk.usageMetadata:
                return
            writer.start(self._id, self._model)
        for candidate in chunk.candidates or ():
            if not candidate.index:
                self._candidate(candidate, chunk, frame)
        if chunk.promptFeedback is not None:
            self._feedback(chunk.promptFeedback)
        if (usage := chunk.usageMetadata) is not None and usage != self._counted:
            self._counted = usage
            if isinstance(usage, dict):
                if self._searches:
                    usage = with_extras(usage, hosted_calls={"web_search": self._searches})
                writer.usage(read_usage(usage))

    def _candidate(self, candidate: Candidate, chunk: GenerateContentResponse, frame: bytes) -> None:
        content = candidate.content
        if content is not None and content.parts:
            logprobs = None if candidate.logprobsResult is None else _logprobs(candidate.logprobsResult)
            for part in content.parts:
                if part.text is None and part.functionCall is None and part.inlineData is None:
                    self._other_part(_place(chunk.candidates, candidate), _place(content.parts, part), frame)
                    continue
                self._part(part, logprobs)
                if logprobs is not None and part.text and not part.thought:
                    # Those of the whole chunk stand with its first text.
                    logprobs = None
        if candidate.citationMetadata is not None:
            self._citations(candidate.citationMetadata)
        if candidate.groundingMetadata is not None:
            self._grounding(candidate.groundingMetadata)
        reason = candidate.finishReason
        if reason and isinstance(reason, str | int):
            self._raw_reason = str(reason)

    def _part(self, part: Part, logprobs: tuple[TokenLogprob, ...] | None) -> None:
        writer = self.writer
        text, signature = part.text, part.thoughtSignature
        if part.thought:
            if text:
                writer.reasoning(text)
        elif signature:
            # A part of its own, also where reasoning is open.
            writer.end_reasoning()
        if signature:
            writer.open_reasoning()
            writer.end_reasoning(signature)
        if text and not part.thought:
            writer.text(text, logprobs)
            if signature:
                # What the signature seals must not grow.
                writer.end_text()
        if part.functionCall is not None:
            self._function_call(part.functionCall)
        if part.inlineData is not None:
            self._media(part.inlineData)

    def _other_part(self, number: int, place: int, frame: bytes) -> None:
        """Code that ran, tools of the provider, or a kind that is new: all of it is kept, with what seals it."""
        raw: JsonObject = self.plain(frame, _WHAT)["candidates"][number]["content"]["parts"][place]
        kind = next((key for key, value in raw.items() if value is not None and key not in _BESIDE), None)
        if kind is None:
            if seal := raw.get("thoughtSignature"):
                self.writer.open_reasoning()
                self.writer.end_reasoning(str(seal))
            return
        found = raw[kind]
        if not isinstance(found, dict):
            self.writer.unknown(kind, raw)
            return
        given = found.get("id")
        call_id = given if isinstance(given, str) and given else None
        match kind:
            case "executableCode" | "toolCall":
                name, arguments = "code_execution", {key: value for key, value in found.items() if key != "id"}
                if kind == "toolCall":
                    name, arguments = str(found.get("toolType") or "tool").lower(), found.get("args") or {}
                part = self.writer.start_call(call_id or "", name, hosted=True)
                self._hosted_id = self.writer.fold.parts[part].call_id
                self.writer.call_arguments(part, msgspec.json.encode(arguments).decode())
                self.writer.end_call(part, raw)
            case "codeExecutionResult" | "toolResponse":
                told = found.get("output") if kind == "codeExecutionResult" else found.get("response")
                failed = found.get("outcome") not in (None, "OUTCOME_OK", 1)
                self.writer.hosted_result(call_id or self._hosted_id, result_text(told), failed, raw)
            case _:
                self.writer.unknown(kind, raw)

    def _keep_unknown(self, candidates: object) -> None:
        """Fields of a candidate, or of a part beside its content, that are not known."""
        for candidate in candidates if isinstance(candidates, list) else ():
            if not isinstance(candidate, dict) or candidate.get("index"):
                continue
            found = [candidate]
            if isinstance(content := candidate.get("content"), dict) and isinstance(content.get("parts"), list):
                found += (part for part in content["parts"] if isinstance(part, dict) and not _READ.isdisjoint(part))
            for name, value in ((name, value) for piece in found for name, value in piece.items()):
                if value:
                    self.events.take(name, {name: value})

    def _function_call(self, call: FunctionCall) -> None:
        if call.name or (self._call is None and call.args):
            self._end_call()
            self._called = True
            self._call = self.writer.start_call(call.id or "", call.name or "")
            self._arguments = PartialArguments()
        part = self._call
        if part is None:
            return
        if call.args:
            given = call.args
            self.writer.call_arguments(part, given if isinstance(given, str) else msgspec.json.encode(given).decode())
        for piece in call.partialArgs or ():
            value = next((v for v in (piece.stringValue, piece.numberValue, piece.boolValue) if v is not None), None)
            text = self._arguments.write(piece.jsonPath or "", value, bool(piece.willContinue))
            self.writer.call_arguments(part, text)
        if not call.willContinue:
            self._end_call()

    def _end_call(self) -> None:
        if (part := self._call) is not None:
            self._call = None
            if rest := self._arguments.close():
                self.writer.call_arguments(part, rest)
            self.writer.end_call(part)

    def _media(self, blob: Blob) -> None:
        data = from_base64(blob.data or "", "inlineData of a Gemini response")
        self.writer.media(blob.mimeType or "application/octet-stream", data)

    def _feedback(self, feedback: PromptFeedback) -> None:
        if feedback.blockReason:
            self._blocked = True
            reason = f"{feedback.blockReason} {feedback.blockReasonMessage or ''}"
            self.writer.warn(redact(f"the prompt was blocked: {reason}", self._secrets))

    def _citations(self, found: CitationMetadata) -> None:
        for source in found.citations or found.citationSources or ():
            self._cite(source.uri, source.title, None, source.startIndex, source.endIndex)

    def _grounding(self, found: GroundingMetadata) -> None:
        """Each source with the words that it supports; one that supports none in particular, by itself."""
        if isinstance(found.webSearchQueries, list):  # later chunks say again what earlier ones said
            self._searches = max(self._searches, len(found.webSearchQueries))
        chunks = found.groundingChunks or []
        supported: set[int] = set()
        for support in found.groundingSupports or ():
            indices = [index for index in support.groundingChunkIndices or () if 0 <= index < len(chunks)]
            supported.update(indices)
            for index in indices:
                source = chunks[index].web or chunks[index].retrievedContext
                segment = support.segment
                if source is not None and segment is not None:
                    self._cite(source.uri, source.title, source.text, segment.startIndex, segment.endIndex)
        for index, chunk in enumerate(chunks):
            source = chunk.web or chunk.retrievedContext
            if source is not None and index not in supported:
                self._cite(source.uri, source.title, source.text, None, None)

    def _cite(self, url: str | None, title: str | None, quote: str | None, start: int | None, end: int | None) -> None:
        part = self.writer.latest("text")
        first = last = None
        if part is not None and end is not None:
            first, last = _characters(self.writer.fold.parts[part].text(), start or 0, end)
        citation = Citation(part=part, url=url, title=title, quote=quote, start=first, end=last)
        if citation not in self._cited:
            # Later chunks say again what earlier ones said.
            self._cited.add(citation)
            self.writer.cite(citation)

    def complete(self) -> bool:
        """There is no last event: a finish reason may come on several, and usage after it."""
        if self._raw_reason is None and not self._blocked:
            return False
        self._end_call()
        reason = how_it_ended(self._raw_reason)
        if self._blocked:
            reason = "content_filter"
        elif self._called and reason == "stop":
            reason = "tool_calls"
        self.events.end()
        self.writer.finish(reason, self._raw_reason)
        self.done = True
        return True


def _place(items: Sequence[object] | None, wanted: object) -> int:
    """By identity, because two of them may say the same as far as they are read."""
    return next(place for place, item in enumerate(items or ()) if item is wanted)


def _characters(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Bytes to characters; None for a range that is not in this text."""
    data = text.encode()
    if not 0 <= start <= end <= len(data):
        return None, None
    first = len(data[:start].decode(errors="ignore"))
    return first, first + len(data[start:end].decode(errors="ignore"))


def _logprobs(found: LogprobsResult) -> tuple[TokenLogprob, ...] | None:
    if not found.chosenCandidates:
        return None
    tops = [[(top.token or "", top.logProbability or 0.0) for top in row.candidates or ()]
            for row in found.topCandidates or ()]  # fmt: skip
    return tuple(
        TokenLogprob(row.token or "", row.logProbability or 0.0, tuple(tops[place]) if place < len(tops) else ())
        for place, row in enumerate(found.chosenCandidates)
    )


def read_usage(found: JsonObject) -> Usage:
    """Thoughts are counted beside the output here, not as a part of it."""
    read = found.get
    input_tokens, output_tokens = read("promptTokenCount"), read("candidatesTokenCount")
    thoughts, cached = read("thoughtsTokenCount"), read("cachedContentTokenCount")
    # Written out, because it runs with each chunk.
    return Usage(
        None if input_tokens is None else whole(input_tokens),
        None if output_tokens is None else whole(output_tokens),
        None if thoughts is None else whole(thoughts),
        None if cached is None else whole(cached),
        raw=found,
    )
