"""The options of a chat request, checked before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from fluent_ai.arguments import as_headers, as_mapping, as_text, check_number
from fluent_ai.content.documents import Document
from fluent_ai.content.message_input import Messages, to_messages
from fluent_ai.content.parts import HostedTool, Tool
from fluent_ai.content.requests import ChatRequest, ReasoningEffort
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import CollectsDocuments
from fluent_ai.manifest.schema import Manifest, OptionType
from fluent_ai.schema.tools import ToolInput, to_tools, unpack
from fluent_ai.verbs.base import Extras, Target
from fluent_ai.verbs.foreign_options import refuse_option

if TYPE_CHECKING:
    from fluent_ai.content.media_policy import MediaMode, MediaPolicy
    from fluent_ai.interfaces import Collected
    from fluent_ai.schema.output import OutputInput

    DocumentsInput: TypeAlias = Sequence[Document] | Collected | CollectsDocuments


class ChatOptions(Extras, total=False):
    """Options that all providers share. `extra_body` and `extra_headers` are sent as they are, unchecked.

    `validate=False` sends the request whatever the registry knows about the model.
    """

    system: str | None
    """The system prompt."""
    temperature: float | None
    """Randomness, from 0 to 2."""
    top_p: float | None
    """Nucleus sampling: the probability mass to choose from, from 0 to 1."""
    top_k: int | None
    """The number of likeliest tokens to choose from."""
    max_tokens: int | None
    """The longest answer, in tokens."""
    stop: str | Sequence[str] | None
    """A text, or several, that end the answer."""
    seed: int | None
    """Makes sampling repeatable, if the provider supports that."""
    tools: Sequence[ToolInput]
    """Typed functions, `Tool` structs or OpenAI-style dicts that the model may call."""
    tool_choice: str | None
    """`auto`, `none`, `required`, or the name of the one tool to call."""
    output: OutputInput | None
    """The type of the answer, such as a dataclass, `list[Item]` or `A | B`, or its JSON schema."""
    reasoning: ReasoningEffort | None
    """How much the model should think: `none`, `minimal`, `low`, `medium`, `high`, `xhigh` or `max`."""
    logprobs: int | None
    """Report the log probability of each token, with this many alternatives (0 to 20)."""
    documents: DocumentsInput
    """What the model may read and cite: documents, an `ai.context`, or what one has collected."""
    media: MediaMode | MediaPolicy | None
    """What is done with pictures before they are sent, instead of the client's: `off`, `warn` or `auto`."""
    validate: bool
    """False skips the checks against the registry."""


RANGES: dict[str, tuple[type, float, float]] = {
    "temperature": (float, 0.0, 2.0),
    "top_p": (float, 0.0, 1.0),
    "top_k": (int, 1, math.inf),
    "max_tokens": (int, 1, math.inf),
    "seed": (int, -(2**63), 2**63 - 1),
    "logprobs": (int, 0, 20),
}
"""The kind of number, and its bounds, of options that are numbers."""

_EXTRAS = ("extra_body", "extra_headers")

_JSON_TYPES: dict[OptionType, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (Mapping,),
    "array": (list, tuple),
}


def build_chat_request(target: Target, messages: Messages, options: Mapping[str, Any]) -> ChatRequest:
    """Raises ConfigError (ToolError for tools) naming the argument, its value and what is allowed."""
    manifest, route, model = target
    extra_body = as_mapping(options.get("extra_body"), "extra_body")
    extra_headers = as_headers(options.get("extra_headers"), "extra_headers")
    common: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name, value in options.items():
        if name in RANGES:
            common[name] = value if value is None else check_number(name, value, *RANGES[name])
        elif name in ChatRequest.COMMON:
            common[name] = value
        elif name not in _EXTRAS and not _one_answer(name, value):
            own[name] = _own_option(manifest, name, value)
    own = {name: value for name, value in own.items() if value is not None}
    stops = _stops(common.pop("stop", None))
    functions, hosted = ((), ()) if (given := common.pop("tools", None)) is None else unpack(given)
    tools = to_tools(functions)
    documents = to_documents(common.pop("documents", None))
    _check_choice(common.get("tool_choice"), tools, hosted)
    for tool in hosted:
        if tool.kind not in route.hosted_tools:
            routes = [each for each in manifest.chat if fnmatchcase(model, each.models)]
            offered = ", ".join(dict.fromkeys(kind for each in routes for kind in each.hosted_tools)) or "none"
            raise ConfigError(
                f"tools holds {tool.kind}, which {manifest.id} does not run for {model!r}; it runs: {offered}",
                provider=manifest.id,
                model=model,
            )
    _check_reasoning(common.get("reasoning"))
    if (output := common.get("output")) is not None:
        from fluent_ai.schema.dialects import for_protocol
        from fluent_ai.schema.output import output_schema

        common["output"] = for_protocol(output_schema(output), route.protocol)
    system = common.get("system")
    if system is not None and not isinstance(system, str):
        raise ConfigError(f"system is of type {type(system).__name__}; allowed: str")
    return ChatRequest(
        model=model,
        messages=to_messages(messages),
        stop=stops,
        tools=tools,
        hosted_tools=hosted,
        documents=documents,
        options=own,
        extra_body=extra_body,
        extra_headers=extra_headers,
        **common,
    )


def to_documents(given: object) -> tuple[Document, ...]:
    """The documents of a list, or of what a context has collected. Raises ConfigError for anything else."""
    if given is None:
        return ()
    found = getattr(given, "documents", given)
    if isinstance(given, CollectsDocuments):
        raise ConfigError("documents is a context that is yet to be collected; allowed: what its collect() returns")
    if not isinstance(found, list | tuple):
        raise ConfigError(
            f"documents is of type {type(given).__name__}; allowed: a list of Document, an ai.context, or its quotes"
        )
    for number, document in enumerate(found):
        if not isinstance(document, Document):
            raise ConfigError(
                f"documents[{number}] is of type {type(document).__name__}; allowed: Document. extra_body takes what "
                "is meant for one provider"
            )
        if not isinstance(document.name, str) or not isinstance(document.text, str):
            raise ConfigError(f"documents[{number}] has a name or a text that is no str; allowed: str")
        if not document.text.strip():
            raise ConfigError(f"documents[{number}] has a blank text, which providers refuse; allowed: any other text")
    return tuple(found)


def _one_answer(name: str, value: object) -> bool:
    """True if this asks for one answer, as every request does. Raises ConfigError if it asks for several."""
    if name not in ("n", "candidateCount") or value is None:
        return False
    if value is True or value != 1:
        raise ConfigError(f"{name} is {value!r}; allowed: 1. A reply is one answer: make one call for each")
    return True


def _own_option(manifest: Manifest, name: str, value: object) -> object:
    if name not in manifest.options:
        refuse_option(name, "chat", manifest.id, [*ChatRequest.COMMON, *manifest.options])
    allowed = manifest.options[name]
    if value is None:
        return None
    if not isinstance(value, _JSON_TYPES[allowed]) or (isinstance(value, bool) and allowed in ("integer", "number")):
        raise ConfigError(f"option {name!r} is of type {type(value).__name__}; allowed: {allowed}")
    return value


def _stops(stop: object) -> tuple[str, ...]:
    if stop is None:
        return ()
    if not isinstance(stop, str | list | tuple):
        raise ConfigError(f"stop is of type {type(stop).__name__}; allowed: a str or a list of str")
    return tuple(as_text(text, "stop") for text in ((stop,) if isinstance(stop, str) else stop))


def _check_choice(choice: object, tools: Sequence[Tool], hosted: Sequence[HostedTool]) -> None:
    if choice is None:
        return
    allowed = ["auto", "none", "required", *(tool.name for tool in tools)]
    if choice not in allowed:
        raise ConfigError(f"tool_choice is {choice!r}; allowed: {', '.join(allowed)}")
    if choice != "none" and not tools and not hosted:
        raise ConfigError(f"tool_choice is {choice!r} and tools is empty")


def _check_reasoning(effort: object) -> None:
    if effort is not None and effort not in get_args(ReasoningEffort):
        raise ConfigError(f"reasoning is {effort!r}; allowed: {', '.join(get_args(ReasoningEffort))}")
