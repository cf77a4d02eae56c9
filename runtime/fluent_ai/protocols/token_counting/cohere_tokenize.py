"""Cohere's tokenizer. Source: https://docs.cohere.com/reference/tokenize."""

from __future__ import annotations

import msgspec

from fluent_ai.protocols.token_counting.text_codec import TextCodec


class Answer(msgspec.Struct):
    tokens: list[int]


class CohereTokenize(TextCodec[Answer]):
    """The texts of a request, up to 65,536 characters."""

    decoder = msgspec.json.Decoder(Answer)
    longest = 65_536

    def tokens(self, answer: Answer) -> int:
        return len(answer.tokens)
