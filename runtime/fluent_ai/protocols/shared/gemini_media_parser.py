"""Sound and images of Gemini's generateContent: whole files, or pieces of one, among the parts of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec
from fluent_ai_wire.gemini import GenerateContentResponse

from fluent_ai.content.events import UsageUpdate
from fluent_ai.errors import ContentFiltered, ProtocolError
from fluent_ai.protocols.chat.gemini_parser import read_usage
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, from_base64
from fluent_ai.protocols.shared.verb_parser import VerbParser
from fluent_ai.providers.endpoints import Endpoint

ItemT = TypeVar("ItemT")

_decode = msgspec.json.Decoder(GenerateContentResponse).decode


class GeminiMediaParser(VerbParser[ItemT]):
    """`make` gives the item for the bytes and media type of one part; what the model thinks aside is left out."""

    def __init__(self, endpoint: Endpoint, make: Callable[[bytes, str], ItemT]) -> None:
        super().__init__(endpoint)
        self._make = make
        self._found = False

    def event(self, data: bytes) -> None:
        try:
            found = _decode(data)
        except DECODE_ERRORS as error:
            found = self.read_again(GenerateContentResponse, data, "answer", error)
        if found.error is not None:
            raise self.refused(data)
        self.start(found.responseId, found.modelVersion)
        reason: object = found.promptFeedback and found.promptFeedback.blockReason
        for candidate in found.candidates or ():
            reason = reason or candidate.finishReason
            for part in (candidate.content and candidate.content.parts) or ():
                if part.inlineData is not None and not part.thought:
                    self._found = True
                    media_type = part.inlineData.mimeType or "application/octet-stream"
                    self.emit(self._make(from_base64(part.inlineData.data or "", "media"), media_type))
        if not reason:
            return
        self.done = True
        if not self._found and reason in ("STOP", "MAX_TOKENS"):
            raise ProtocolError("the answer holds no file of the kind that was asked for")
        if not self._found:
            raise ContentFiltered(
                f"nothing was made: {str(reason)[:100]}", provider=self.provider, code=str(reason)[:100]
            )
        if isinstance(found.usageMetadata, dict):
            self.emit(UsageUpdate(read_usage(found.usageMetadata)))

    def complete(self) -> bool:
        return self._found and not self.cut
