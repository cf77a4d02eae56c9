"""The parts of a verb. Its module is all that has to be written: `fluent-ai generate` renders everything else.

The module declares the verb as a constant, annotated with the types of its subject, request, item and result. The
methods of all clients have the name of the module. Their arguments are the second parameter of `build`; or the fields
of that parameter, if its type is a NamedTuple; or nothing, if its type is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar

from fluent_ai.arguments import as_headers, as_many, as_mapping, as_text, unsupported
from fluent_ai.content.parts import HostedTool, ImagePart
from fluent_ai.content.requests import Request
from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import Timeouts
from fluent_ai.interfaces import Folding
from fluent_ai.manifest.schema import Capability, Manifest, Route
from fluent_ai.verbs.foreign_options import refuse_option

SubjectT = TypeVar("SubjectT")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Extras(TypedDict, total=False):
    """Options of every verb. They are sent as they are, unchecked."""

    extra_body: Mapping[str, Any]
    """Fields that are added to the body, or replace those in it; unchecked."""
    extra_headers: Mapping[str, str]
    """Headers that are added to the request; unchecked."""
    timeout: float | Timeouts | None
    """The time limits of this call, instead of the client's."""
    retries: int
    """How often the request of this call is sent again before the first event, instead of the client's number."""
    cache: bool
    """False asks the provider whatever the client's cache holds, and keeps no answer."""


class Target(NamedTuple):
    """Where a request goes: the provider's manifest, the route that serves the model, and the model's id."""

    manifest: Manifest
    route: Route
    model: str


def hosting(target: Target, tools: Sequence[object]) -> Target:
    """The target, or that of another chat route for its model where that alone has the hosted tools that are wanted."""
    wanted = {tool.kind for tool in tools if isinstance(tool, HostedTool)}
    if wanted <= set(target.route.hosted_tools):
        return target
    manifest, _, model = target
    able = (each for each in manifest.chat if fnmatchcase(model, each.models) and wanted <= set(each.hosted_tools))
    return target._replace(route=next(able, target.route))


class Door(NamedTuple):
    """What callers see of a verb apart from its types: the source of the rendered methods."""

    options: type
    """The TypedDict of the keyword arguments."""
    answer: str
    """The docstring of the method that returns the result."""
    stream: str
    """The docstring of the method that returns the stream."""
    kind: str | None
    """The kind of model that it is for, as in `fluent_ai.registry.facts.Kind`; None for every kind."""
    public: tuple[type, ...] = ()
    """The items and results that `fluent_ai` exports."""


class Verb(NamedTuple, Generic[SubjectT, RequestT, ItemT, ResultT]):
    """`build` checks everything and returns the requests, at least one, in order; `fold` makes the result.

    `writes_reply` is True if the items are the events of one reply, which parsers fold themselves as they write them.
    """

    capability: Capability
    build: Callable[[Target, SubjectT, Mapping[str, Any]], Sequence[RequestT]]
    fold: Callable[[], Folding[ItemT, ResultT]]
    door: Door
    writes_reply: bool = False

    @property
    def worker_method(self) -> str:
        """The method by which a provider in this process supplies the worker of a model, such as `embedding_model`."""
        return f"{self.door.kind or self.capability}_model"


def common_options(
    target: Target, capability: Capability, options: Mapping[str, Any], allowed: Sequence[str]
) -> dict[str, Any]:
    """The fields of a request: its model, and the options given. Raises ConfigError for an unknown option."""
    for name in options:
        if name not in (*allowed, "extra_body", "extra_headers"):
            refuse_option(name, capability, target.route.protocol, allowed)
    given = {name: value for name, value in options.items() if value is not None}
    given["extra_headers"] = as_headers(given.get("extra_headers"), "extra_headers")
    given["extra_body"] = as_mapping(given.get("extra_body"), "extra_body")
    for name in target.route.without:
        if given.get(name, False) is not False:
            raise unsupported(name, f"{target.manifest.id} for {target.model}")
    for name in target.route.requires:
        if name not in given:
            raise ConfigError(f"{name} is missing; {target.manifest.id} needs it for {target.model}")
    return given | {"model": target.model}


def texts_and_images(target: Target, inputs: object) -> tuple[str | ImagePart, ...]:
    """One input or many. Raises ConfigError for an image where the route takes none, an empty text, and other types."""
    found: list[str | ImagePart] = []
    for index, part in enumerate(as_many(inputs, "inputs", ImagePart)):
        if not isinstance(part, ImagePart):
            found.append(as_text(part, f"inputs[{index}]"))
        elif target.route.image_inputs:
            found.append(part)
        else:
            raise ConfigError(f"inputs[{index}] is an image; allowed by {target.manifest.id} for {target.model}: str")
    return tuple(found)
