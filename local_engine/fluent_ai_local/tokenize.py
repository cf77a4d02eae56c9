"""A text as the tokens of a model, with where each stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from fluent_ai.content.events import StreamStart
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.tokenize import Token, TokenizeRequest

from fluent_ai_local.catalog.attend import until_open
from fluent_ai_local.catalog.loaded_models import ModelCache
from fluent_ai_local.text.tokenizer import Tokenizer, free_mark


def run_tokenize(request: TokenizeRequest, models: ModelCache, emit: Emit[Token | Note]) -> None:
    """Emit the tokens of a text, none of whose characters is taken as a control token. The model is pulled if need be,
    and its weights are not loaded. Raises the errors of opening a model, and what `emit` raises.
    """
    tokenizer = models.text(request.model, until_open(emit)).tokenizer
    emit(StreamStart(model=request.model, provider="local"))
    for token in tokens_of(tokenizer, request.text):
        emit(token)


def tokens_of(tokenizer: Tokenizer, text: str) -> Iterator[Token]:
    """The tokens of a text. Offsets are known as long as the bytes of the tokens are those of the text, apart from a
    space that some vocabularies put before it.
    """
    mark = free_mark(text)
    data = text.encode("utf-8", "surrogatepass")
    # The mark that such vocabularies write for a space cannot be told from one that they put before the text.
    at: int | None = None if text.startswith("▁") else 0
    for number in tokenizer.encode(tokenizer.guard(text, mark), mark):
        piece = tokenizer.token_bytes(number)
        shown = piece.decode("utf-8", "replace") or tokenizer.tokens[number]
        start = at
        if at is not None:
            held = piece if data.startswith(piece, at) else piece.removeprefix(b" ") if at == 0 else None
            at = at + len(held) if held is not None and data.startswith(held, at) else None
        yield Token(number, shown, None if at is None else start, at)
