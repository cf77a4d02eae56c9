"""Token counts: how many tokens a chat request has, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, Literal, TypeAlias

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.message_input import Messages
from fluent_ai.content.requests import ChatRequest
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.base import Door, Target, Verb, hosting
from fluent_ai.verbs.chat_options import ChatOptions, build_chat_request

CountSource: TypeAlias = Literal["endpoint", "tokenizer", "estimate"]
"""Who counted: the provider, for the whole request; the model's tokenizer, by which the texts are exact and, unless the
model runs in this process, what stands around them is estimated; or nobody.
"""


class Counted(JsonStruct, frozen=True):
    """The tokens of a request, and who counted them."""

    tokens: int
    """The number of tokens."""
    source: CountSource
    """`endpoint`, `tokenizer` or `estimate`."""
    margin: int = 0
    """How many tokens more nine requests out of ten have at most; 0 for an exact count."""


class TokenCount(Result, frozen=True, kw_only=True):
    """How many tokens a request has: its messages, files, tools, and the schema of its output.

    >>> count = TokenCount(tokens=1000, source="estimate", margin=250)
    >>> count.exact, count.most
    (False, 1250)
    """

    tokens: int = 0
    """The number of tokens."""
    source: CountSource = "estimate"
    """`endpoint`: the provider counted. `tokenizer`: the model's tokenizer did. `estimate`: nobody did."""
    margin: int = 0
    """How many tokens more nine requests out of ten have at most; 0 for an exact count."""

    @property
    def exact(self) -> bool:
        """True if everything was counted and nothing estimated."""
        return self.margin == 0

    @property
    def most(self) -> int:
        """`tokens` and the margin: what to compare with a budget."""
        return self.tokens + self.margin


_NOT_COUNTED: Mapping[str, Any] = {
    "temperature": None, "top_p": None, "top_k": None, "max_tokens": None, "stop": (), "seed": None, "logprobs": None,
}  # fmt: skip
"""Options that no model reads. They are checked, and left out because not every endpoint takes them."""

CountItem: TypeAlias = Counted | Note


def _build(target: Target, messages: Messages, options: Mapping[str, Any]) -> list[ChatRequest]:
    request = build_chat_request(_chat_target(target, options.get("tools")), messages, options)
    return [msgspec.structs.replace(request, **_NOT_COUNTED)]


def _chat_target(target: Target, tools: object) -> Target:
    """The target with the route on which chat would send the same arguments, which decides what may be in them."""
    first = next((route for route in target.manifest.chat if fnmatchcase(target.model, route.models)), None)
    if first is None:
        raise ConfigError(
            f"{target.manifest.id} has no chat route for model {target.model!r}, so there is no request to count",
            provider=target.manifest.id,
            model=target.model,
        )
    target = target._replace(route=first)
    return hosting(target, tools) if isinstance(tools, list | tuple) else target


def _result(items: list[Counted], head: Head) -> TokenCount:
    return TokenCount(**msgspec.structs.asdict(items[-1]), **head) if items else TokenCount(**head)


def count_fold() -> ResultFold[Counted, TokenCount]:
    return ResultFold(_result)


COUNT_TOKENS: Verb[Messages, ChatRequest, CountItem, TokenCount] = Verb(
    "token_counting",
    _build,
    count_fold,
    Door(
        options=ChatOptions,
        answer="How many tokens the request has that `complete` would send for the same arguments.",
        stream="The number of tokens, after what has to happen before it is known, such as loading a tokenizer.",
        kind=None,
        public=(TokenCount, Counted),
    ),
)
