"""The parts of messages. All structs are frozen; None means unknown or not given.

The `repr` of a message, a part or a tool never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, cast, get_args

import msgspec

from fluent_ai.content.json_struct import JsonObject, JsonStruct, from_dict, from_json
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import ConfigError

Role = Literal["system", "user", "assistant", "tool"]


PathLike: TypeAlias = str | os.PathLike[str]


class _FromProvider(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """What only the provider that made a part understands: it goes back to it as it came, and to no other."""

    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""
    provider: str | None = None
    """The provider that made the part; None if `raw` is None."""
    model: str | None = None
    """The model that made the part; None if `raw` is None."""
    requested_model: str | None = None
    """The other name, such as an alias or a deployment, by which the model was asked; None if there was none."""


class TextPart(_FromProvider, frozen=True, tag_field="type", tag="text"):
    """Text of a message or a reply."""

    text: str
    """The text itself."""


class _File(PrivateStruct, JsonStruct, frozen=True):
    """Exactly one of bytes, a path and a URL, with the media type if it cannot be guessed.

    Raises ConfigError if none or several are given, and for values of another type.
    """

    data: bytes | None = None
    """The bytes of the file."""
    path: str | None = None
    """A file on this machine, read when the request is built."""
    url: str | None = None
    """A URL from which the provider fetches the file."""
    media_type: str | None = None
    """Such as `image/png`; guessed from the bytes or the name if it is not given."""

    if TYPE_CHECKING:  # the constructor accepts more types than the fields hold

        def __init__(
            self,
            data: bytes | bytearray | memoryview | None = None,
            path: PathLike | None = None,
            url: str | None = None,
            media_type: str | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        if isinstance(self.data, bytearray | memoryview):
            msgspec.structs.force_setattr(self, "data", bytes(self.data))
        if isinstance(self.path, os.PathLike):
            msgspec.structs.force_setattr(self, "path", os.fspath(self.path))
        if isinstance(self, ImagePart) and self.detail not in (None, *get_args(ImageDetail)):
            allowed = ", ".join(get_args(ImageDetail))
            raise ConfigError(f"detail of ImagePart is {self.detail!r}; allowed: {allowed}")
        for field in self.__struct_fields__:
            value, kind = getattr(self, field), bytes if field == "data" else str
            if value is not None and not isinstance(value, kind):
                raise ConfigError(
                    f"{field} of {type(self).__name__} is of type {type(value).__name__}; allowed: {kind.__name__}"
                )
        if sum(source is not None for source in (self.data, self.path, self.url)) != 1:
            raise ConfigError(f"{type(self).__name__} takes exactly one of data, path and url")


ImageDetail = Literal["auto", "low", "high", "original"]


class ImagePart(_File, frozen=True, tag_field="type", tag="image"):
    """An image: bytes, a path or a URL (exactly one)."""

    detail: ImageDetail | None = None
    """How closely the model should look at it, where the provider lets one say so (OpenAI and those who follow it)."""

    if TYPE_CHECKING:

        def __init__(
            self,
            data: bytes | bytearray | memoryview | None = None,
            path: PathLike | None = None,
            url: str | None = None,
            media_type: str | None = None,
            detail: ImageDetail | None = None,
        ) -> None: ...


class AudioPart(_File, frozen=True, tag_field="type", tag="audio"):
    """A sound: bytes, a path or a URL (exactly one)."""


class DocumentPart(_File, frozen=True, tag_field="type", tag="document"):
    """A document, such as a PDF: bytes, a path or a URL (exactly one)."""

    name: str | None = None
    """The file name that is sent to the provider."""

    if TYPE_CHECKING:

        def __init__(
            self,
            data: bytes | bytearray | memoryview | None = None,
            path: PathLike | None = None,
            url: str | None = None,
            media_type: str | None = None,
            name: str | None = None,
        ) -> None: ...


class ToolCall(JsonStruct, frozen=True):
    """A tool call that the model requests: `arguments` are parsed, or the raw text if `valid` is False."""

    id: str
    """The provider's id of this call, to which the result refers."""
    name: str
    """The name of the tool to call."""
    arguments: JsonObject | str
    """The parsed arguments, or the raw text if `valid` is False."""
    valid: bool = True
    """False if the arguments are not a JSON object."""
    hosted: bool = False
    """True if the provider runs the tool itself, or defines it (computer use, shell, patches): it is no function."""


class ToolCallPart(_FromProvider, frozen=True, tag_field="type", tag="tool_call"):
    """A tool call as part of a message or a reply."""

    call: ToolCall
    """The call."""


class ToolTiming(JsonStruct, frozen=True):
    """When a tool ran. Times are in seconds since 1970.

    It is equal to any other, and to none, so that results are equal whenever their tools ran.
    """

    started: float
    """When its function was called."""
    finished: float
    """When it had returned, or raised."""
    duration: float
    """The seconds that it took, by a clock that nobody sets."""

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, ToolTiming)

    def __hash__(self) -> int:
        return hash(None)


class ToolResultPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="tool_result"):
    """The result of a tool, for the call with that id."""

    call_id: str
    """The `id` of the call that this is the result of."""
    content: str
    """The result as text."""
    is_error: bool = False
    """True if the tool failed; `content` then says why."""
    files: tuple[ImagePart | AudioPart | DocumentPart, ...] = ()
    """Files that the tool returned beside the text, such as a screenshot."""
    timing: ToolTiming | None = None
    """When the tool ran, where `call_tool` or `acall_tool` ran it; it is never sent."""


class HostedToolResultPart(_FromProvider, frozen=True, tag_field="type", tag="hosted_tool_result"):
    """What a tool that the provider ran itself gave back, such as a web search or the output of code."""

    call_id: str
    """The `id` of the hosted call that this is the result of."""
    content: str = ""
    """The result as text: what code printed, else the provider's own object as JSON."""
    is_error: bool = False
    """True if the tool failed."""


class UnknownPart(_FromProvider, frozen=True, tag_field="type", tag="unknown"):
    """A piece of a reply of a kind that is not known here; `raw` is all of it."""

    kind: str
    """The provider's own term for it."""


class ReasoningPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="reasoning"):
    """A model's reasoning. Signature and redacted text go back only to the `provider` and `model` that made them."""

    text: str
    """The reasoning, or a summary of it."""
    signature: str | None = None
    """The provider's proof that the reasoning is unchanged."""
    redacted: str | None = None
    """The encrypted reasoning, if the provider does not show the text."""
    provider: str | None = None
    """The provider that wrote it."""
    model: str | None = None
    """The model that wrote it."""
    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""
    requested_model: str | None = None
    """The other name, such as an alias or a deployment, by which the model was asked; None if there was none."""


class Media(_FromProvider, frozen=True, tag_field="type", tag="media"):
    """Generated bytes: an image or audio inside a reply."""

    media_type: str
    """Such as `image/png` or `audio/wav`."""
    data: bytes
    """The bytes."""

    def __repr__(self) -> str:
        return f"Media({self.media_type!r}, {len(self.data)} bytes)"


Part: TypeAlias = (
    TextPart
    | ImagePart
    | AudioPart
    | DocumentPart
    | ToolCallPart
    | ToolResultPart
    | HostedToolResultPart
    | ReasoningPart
    | Media
    | UnknownPart
)


class Message(PrivateStruct, JsonStruct, frozen=True):
    """One turn of a conversation, made from parts, or from a single text or part. Texts become TextParts.

    `cache` announces that this message and all before it will be sent again. Providers that cache only on request
    (Anthropic, Bedrock) are asked to do so; the others decide for themselves.
    """

    role: Role
    """Who speaks."""
    parts: tuple[Part, ...]
    """The content, in order."""
    cache: bool = False
    """True if everything up to the end of this message will be sent again."""

    if TYPE_CHECKING:  # the constructor accepts more types than the fields hold

        def __init__(self, role: Role, parts: str | Part | Sequence[str | Part], cache: bool = False) -> None: ...

    def __post_init__(self) -> None:
        given: object = self.parts
        if isinstance(given, str | Part):
            given = (given,)
        if not isinstance(given, list | tuple):
            raise ConfigError(
                f"parts of Message is of type {type(given).__name__}; allowed: a str, a part, or a list of them"
            )
        parts = tuple(TextPart(part) if isinstance(part, str) else part for part in given)
        msgspec.structs.force_setattr(self, "parts", parts)

    @property
    def text(self) -> str:
        """The text parts, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))


class Tool(PrivateStruct, frozen=True):
    """A function that the model may call; `parameters` is a JSON schema of type object."""

    name: str
    """1 to 64 letters, digits, `_` and `-`."""
    description: str = ""
    """A description of the tool for the model."""
    parameters: JsonObject = msgspec.field(default_factory=dict)
    """The JSON schema of the arguments."""
    function: Callable[..., Any] | None = None
    """The function that `call_tool` calls; it is never sent."""


HostedKind = Literal[
    "web_search", "web_fetch", "code_interpreter", "file_search", "image_generation", "computer_use", "mcp",
]  # fmt: skip


class HostedTool(PrivateStruct, frozen=True):
    """A tool that the provider runs itself, or defines, such as web search; `ai.tools.hosted` makes them."""

    kind: HostedKind
    """What it does."""
    options: JsonObject = msgspec.field(default_factory=dict)
    """Its options, by our names."""


class Citation(JsonStruct, frozen=True, gc=False, tag_field="type", tag="citation"):
    """A source for a part of the reply; `start` and `end` are character offsets in the text of that part."""

    type: ClassVar[Literal["citation"]] = "citation"
    part: int | None = None
    """The number of the part that cites; None if the provider does not say."""
    url: str | None = None
    """The URL of the source."""
    title: str | None = None
    """The title of the source."""
    quote: str | None = None
    """The passage of the source that is cited."""
    start: int | None = None
    """Offset of the first character that the source supports."""
    end: int | None = None
    """Offset after the last character that the source supports."""
    document: int | None = None
    """The position of the source among the `documents` that were given, from 0; None if it is none of them."""


class TokenLogprob(JsonStruct, frozen=True):
    """The natural logarithm of a generated token's probability; `top` holds the alternatives that were asked for."""

    token: str
    """The token's text."""
    logprob: float
    """The natural logarithm of its probability."""
    top: tuple[tuple[str, float], ...] = ()
    """The most likely alternatives, with their log probabilities."""


_PART = cast("type[Part]", Part)


def part_from_dict(data: Mapping[str, object]) -> Part:
    """The part from the dict that its `to_dict` returned, by its `type`. Raises ConfigError for other data."""
    return from_dict(data, _PART, "a part")


def part_from_json(text: str | bytes) -> Part:
    """The part from the JSON that its `to_json` returned, by its `type`. Raises ConfigError for other text."""
    return from_json(text, _PART, "a part")
