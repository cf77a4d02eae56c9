"""Checked requests, the same for every provider: the base of all verbs' requests, and that of chat.

The `repr` of a request never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeAlias

from fluent_ai.content.documents import Document
from fluent_ai.content.parts import HostedTool, Message, Tool
from fluent_ai.content.private import PrivateStruct

ToolChoice: TypeAlias = str
"""`auto`, `none`, `required`, or the name of a tool that must be called."""


ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]


InputType = Literal["query", "document", "classification", "clustering"]
"""The purpose of an embedding."""


class Request(PrivateStruct, frozen=True, kw_only=True):
    """The fields of every verb's request. `extra_body` and `extra_headers` are sent unchecked."""

    model: str
    """The model's id at the provider."""
    extra_body: Mapping[str, Any] = {}
    """Fields that are added to the JSON body, or replace fields in it."""
    extra_headers: Mapping[str, str] = {}
    """Headers that are added to the request."""


FileKind = Literal["image", "audio", "document"]


class ModelLimits(PrivateStruct, frozen=True, kw_only=True):
    """What is known of a model and bears on how a request is written. The defaults are what is unknown."""

    max_output_tokens: int | None = None
    """The longest answer, in tokens; what we add to a request ourselves stays within it."""
    unread: tuple[FileKind, ...] = ()
    """The kinds of files that the model does not read; those of earlier turns are left out."""


class ChatRequest(Request, frozen=True, kw_only=True):
    """A checked chat request, the same for every provider. `options` are the provider's own, by their wire names."""

    COMMON: ClassVar[tuple[str, ...]] = (
        "system", "temperature", "top_p", "top_k", "max_tokens", "stop", "seed",
        "tools", "tool_choice", "output", "reasoning", "logprobs", "documents",
    )  # fmt: skip
    """The names of the options that all providers share."""

    messages: tuple[Message, ...]
    """The conversation."""
    system: str | None = None
    """The system prompt."""
    temperature: float | None = None
    """Sampling temperature, from 0 to 2."""
    top_p: float | None = None
    """Nucleus sampling: the probability mass to sample from, from 0 to 1."""
    top_k: int | None = None
    """How many of the most likely tokens to sample from."""
    max_tokens: int | None = None
    """The maximum length of the answer, in tokens."""
    stop: tuple[str, ...] = ()
    """Texts at which generation stops."""
    seed: int | None = None
    """Makes sampling repeatable, to the extent that the provider supports it."""
    tools: tuple[Tool, ...] = ()
    """The tools that the model may call."""
    hosted_tools: tuple[HostedTool, ...] = ()
    """The tools that the provider runs itself."""
    tool_choice: ToolChoice | None = None
    """`auto`, `none`, `required`, or the name of a tool that must be called."""
    output: Any = None
    """The JSON schema of the answer, in the form that the protocol accepts."""
    reasoning: ReasoningEffort | None = None
    """How much reasoning the model should do."""
    logprobs: int | None = None
    """How many alternatives to report for each token; None asks for no log probabilities."""
    documents: tuple[Document, ...] = ()
    """What the model may read and cite, beside the conversation."""
    limits: ModelLimits = ModelLimits()
    """What the registry knows of the model."""
    options: Mapping[str, Any] = {}
    """The provider's own options."""
