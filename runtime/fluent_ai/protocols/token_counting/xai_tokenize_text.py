"""xAI's tokenizer. Source: https://docs.x.ai/docs/api-reference#tokenize-text."""

from __future__ import annotations

from typing import Any

import msgspec

from fluent_ai.protocols.token_counting.text_codec import TextCodec


class Answer(msgspec.Struct):
    token_ids: list[Any]


class XaiTokenizeText(TextCodec[Answer]):
    """The texts of a request."""

    decoder = msgspec.json.Decoder(Answer)

    def tokens(self, answer: Answer) -> int:
        return len(answer.token_ids)
