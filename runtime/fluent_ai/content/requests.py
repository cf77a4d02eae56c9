"""A request to any verb, and a request to chat, checked and the same for every provider.

The `repr` of a request never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeAlias

from fluent_ai.content.parts import Message, Tool
from fluent_ai.content.private import PrivateStruct

ToolChoice: TypeAlias = str
"""`auto`, `none`, `required`, or the name of the one tool to call."""


ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]


InputType = Literal["query", "document", "classification", "clustering"]
"""What a text is embedded for."""


class Request(PrivateStruct, frozen=True, kw_only=True):
    """What every verb sends. `extra_body` and `extra_headers` go out as they are."""

    model: str
    """The model's id at the provider."""
    extra_body: Mapping[str, Any] = {}
    """Fields to add to the JSON body, or to replace in it."""
    extra_headers: Mapping[str, str] = {}
    """Headers that are added to the request."""


class ChatRequest(Request, frozen=True, kw_only=True):
    """A checked request, the same for every provider. `options` are the provider's own, by their wire names."""

    COMMON: ClassVar[tuple[str, ...]] = (
        "system", "temperature", "top_p", "top_k", "max_tokens", "stop", "seed",
        "tools", "tool_choice", "output", "reasoning", "logprobs",
    )  # fmt: skip
    """The names of the options that all providers share."""

    messages: tuple[Message, ...]
    """The conversation."""
    system: str | None = None
    """The system prompt."""
    temperature: float | None = None
    """Randomness, from 0 to 2."""
    top_p: float | None = None
    """Nucleus sampling: the probability mass to choose from, from 0 to 1."""
    top_k: int | None = None
    """How many of the likeliest tokens to choose from."""
    max_tokens: int | None = None
    """The longest answer, in tokens."""
    stop: tuple[str, ...] = ()
    """Texts that end the answer."""
    seed: int | None = None
    """Makes sampling repeatable, as far as the provider can."""
    tools: tuple[Tool, ...] = ()
    """The tools that the model may call."""
    tool_choice: ToolChoice | None = None
    """`auto`, `none`, `required`, or the name of the one tool to call."""
    output: Any = None
    """The JSON schema of the answer, as the protocol accepts it."""
    reasoning: ReasoningEffort | None = None
    """How much the model should think."""
    logprobs: int | None = None
    """How many alternatives to report for each token."""
    options: Mapping[str, Any] = {}
    """The provider's own options."""
