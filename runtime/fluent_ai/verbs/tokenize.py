"""Tokenization: a text cut into the tokens that a model reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fluent_ai.arguments import as_text
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class Token(JsonStruct, frozen=True):
    """One token of a text."""

    id: int
    """Its number in the model's vocabulary."""
    text: str
    """What it stands for; U+FFFD for a part of a character."""
    start: int | None = None
    """Where it begins in the text, in bytes of UTF-8; None if the tokenizer changes the text before it cuts it."""
    end: int | None = None
    """Where it ends, likewise."""


class Tokens(Result, frozen=True, kw_only=True):
    """The tokens of a text, in their order. It is a sequence of them."""

    tokens: tuple[Token, ...] = ()
    """One after the other."""

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)


class TokenizeRequest(Request, frozen=True, kw_only=True):
    """A checked request."""

    text: str
    """The text to cut."""


def _build(target: Target, text: str, options: Mapping[str, Any]) -> list[TokenizeRequest]:
    return [TokenizeRequest(text=as_text(text, "text"), **common_options(target, "tokenization", options, ()))]


def _result(items: list[Token], head: Head) -> Tokens:
    return Tokens(tokens=tuple(items), **head)


def tokens_fold() -> ResultFold[Token, Tokens]:
    return ResultFold(_result)


TOKENIZE: Verb[str, TokenizeRequest, Token | Note, Tokens] = Verb(
    "tokenization",
    _build,
    tokens_fold,
    Door(
        options=Extras,
        answer="The tokens of a text, for models whose tokenizer is here.",
        stream="The tokens one by one.",
        kind=None,
        public=(Tokens, Token),
    ),
)
