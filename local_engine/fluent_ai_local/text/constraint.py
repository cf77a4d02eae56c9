"""The tokens that may come next in a reply that must fit a grammar, by llguidance (a derivative-based lexer and an
Earley parser over the trie of all tokens: https://github.com/guidance-ai/llguidance).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

import numpy as np
from fluent_ai.errors import InvalidRequest, UnsupportedModel
from llguidance import LLMatcher, LLParserLimits, LLTokenizer, TokenizerWrapper
from numpy.typing import NDArray

from fluent_ai_local.text.grammar import Grammar

if TYPE_CHECKING:
    from fluent_ai_local.text.vocabulary import Vocabulary

_BITS: Final = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
_LIMITS: Final = np.where(_BITS, np.float32(np.inf), np.float32(-np.inf))
"""For each byte of a mask, what the logits of its eight tokens may be at most: [256, 8]."""


class _Tokens:
    """A vocabulary as llguidance reads it. It must not refer to the tokenizer, which keeps what is made of it: the
    garbage collector cannot see through llguidance's objects.
    """

    bos_token_id = None

    def __init__(self, vocabulary: Vocabulary, tokens: list[bytes], end: int) -> None:
        self.tokens = tokens
        self.eos_token_id = end
        self._vocabulary = vocabulary

    def __call__(self, text: str) -> list[int]:
        return self._vocabulary.encode_inside(text)


def make_trie(vocabulary: Vocabulary, tokens: list[bytes], ends: Collection[int]) -> LLTokenizer:
    """The bytes of all tokens, as llguidance wants them: made once per tokenizer, in a quarter of a second.

    Control tokens stand for no bytes, so none is ever allowed but those that end a reply. Raises UnsupportedModel if no
    token does.
    """
    if not ends:
        raise UnsupportedModel("the model has no token that ends a reply, which a grammar needs", provider="local")
    wrapper = TokenizerWrapper(_Tokens(vocabulary, tokens, min(ends)))
    return LLTokenizer(wrapper, n_vocab=len(tokens), eos_token=sorted(ends))


class Constraint:
    """How far one reply has come in its grammar.

    >>> from fluent_ai_local.text.grammar import Grammar
    >>> grammar = Grammar("regex", LLMatcher.grammar_from_regex("ab"))
    >>> constraint = Constraint(LLTokenizer("byte"), grammar)
    >>> [chr(token) for token in np.flatnonzero(np.isfinite(constraint.mask(np.zeros(262, np.float32))))]
    ['a']
    >>> constraint.accept(ord("a")), constraint.accept(ord("b"))
    (False, True)
    """

    def __init__(self, trie: LLTokenizer, grammar: Grammar) -> None:
        limits = LLParserLimits(verbose_errors=False)  # errors would quote the reply
        self._matcher = LLMatcher(trie, grammar.source, log_level=0, limits=limits)
        self._argument = grammar.argument
        self._check()

    def mask(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logits [vocabulary], with -inf for tokens that cannot continue the reply.

        Tokens that end it are allowed exactly when it may end. Raises InvalidRequest as `accept`.
        """
        bits = np.frombuffer(self._matcher.compute_bitmask(), np.uint8)
        self._check()
        limits = _LIMITS.take(bits, axis=0).reshape(-1)[: len(logits)]
        masked = np.full_like(logits, -np.inf)
        np.minimum(logits[: len(limits)], limits, out=masked[: len(limits)])
        return masked

    def accept(self, token: int) -> bool:
        """Whether the reply is complete with this token: it can only end.

        Raises InvalidRequest for a grammar that has become too complex for llguidance.
        """
        self._matcher.consume_token(token)
        self._check()
        return self._matcher.is_stopped()

    def _check(self) -> None:
        if self._matcher.is_error():
            reason = self._matcher.get_error().splitlines()[0]
            raise InvalidRequest(f"{self._argument} cannot be enforced any further: {reason}", provider="local")
