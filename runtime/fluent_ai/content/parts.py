"""What messages are made of. All is frozen; None means unknown or not given.

The `repr` of a message, a part or a tool never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, cast

import msgspec

from fluent_ai.content.json_struct import JsonObject, JsonStruct, from_dict, from_json
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import ConfigError

Role = Literal["system", "user", "assistant", "tool"]


PathLike: TypeAlias = str | os.PathLike[str]


class TextPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="text"):
    """Text of a message or a reply."""

    text: str
    """The text itself."""


class _File(PrivateStruct, JsonStruct, frozen=True):
    """Bytes, a path or a URL (exactly one), with its media type where it cannot be guessed.

    Raises ConfigError for more or less than one of them, and for values of another type.
    """

    data: bytes | None = None
    """The bytes of the file."""
    path: str | None = None
    """A file on this machine, read when the request is built."""
    url: str | None = None
    """An address that the provider fetches."""
    media_type: str | None = None
    """Such as `image/png`; guessed from the bytes or the name where it is not given."""

    if TYPE_CHECKING:  # what is accepted is wider than what is kept

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
        for field in self.__struct_fields__:
            value, kind = getattr(self, field), bytes if field == "data" else str
            if value is not None and not isinstance(value, kind):
                raise ConfigError(
                    f"{field} of {type(self).__name__} is of type {type(value).__name__}; allowed: {kind.__name__}"
                )
        if sum(source is not None for source in (self.data, self.path, self.url)) != 1:
            raise ConfigError(f"{type(self).__name__} takes exactly one of data, path and url")


class ImagePart(_File, frozen=True, tag_field="type", tag="image"):
    """An image: bytes, a path or a URL (exactly one)."""


class AudioPart(_File, frozen=True, tag_field="type", tag="audio"):
    """A sound: bytes, a path or a URL (exactly one)."""


class DocumentPart(_File, frozen=True, tag_field="type", tag="document"):
    """A document, such as a PDF: bytes, a path or a URL (exactly one)."""

    name: str | None = None
    """The file name that the provider is told."""

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
    """A call that the model wants: `arguments` parsed, or the raw text with `valid=False`."""

    id: str
    """The provider's name for this call; a result refers to it."""
    name: str
    """The tool to call."""
    arguments: JsonObject | str
    """The parsed arguments, or the raw text where `valid` is False."""
    valid: bool = True
    """False where the arguments are not a JSON object."""


class ToolCallPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="tool_call"):
    """A tool call as part of a message or a reply."""

    call: ToolCall
    """The call itself."""


class ToolResultPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="tool_result"):
    """What a tool answered, for the call with that id."""

    call_id: str
    """The `id` of the call that this answers."""
    content: str
    """The result as text."""
    is_error: bool = False
    """The tool failed; `content` says why."""


class ReasoningPart(PrivateStruct, JsonStruct, frozen=True, tag_field="type", tag="reasoning"):
    """A model's reasoning; signature and redacted text go back only to the `provider` and `model` that made them."""

    text: str
    """The reasoning, or a summary of it."""
    signature: str | None = None
    """The provider's proof that the reasoning is unchanged."""
    redacted: str | None = None
    """The encrypted form, where the provider does not show the text."""
    provider: str | None = None
    """The provider that wrote it."""
    model: str | None = None
    """The model that wrote it."""


Part: TypeAlias = TextPart | ImagePart | AudioPart | DocumentPart | ToolCallPart | ToolResultPart | ReasoningPart


class Message(PrivateStruct, JsonStruct, frozen=True):
    """One turn of a conversation: its parts, or a text or a part alone. Texts become TextParts.

    `cache` says that this message and all before it will be sent again: providers that cache only what they are told to
    (Anthropic, Bedrock) are told so, the others decide for themselves.
    """

    role: Role
    """Who speaks."""
    parts: tuple[Part, ...]
    """What is said, in order."""
    cache: bool = False
    """Everything up to the end of this message will be sent again."""

    if TYPE_CHECKING:  # what is accepted is wider than what is kept

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
    """What the tool does, for the model to read."""
    parameters: JsonObject = msgspec.field(default_factory=dict)
    """JSON schema of the arguments."""
    function: Callable[..., Any] | None = None
    """What `call_tool` calls; never sent."""


class Media(JsonStruct, frozen=True, tag_field="type", tag="media"):
    """Generated bytes: an image or sound inside a reply."""

    media_type: str
    """Such as `image/png` or `audio/wav`."""
    data: bytes
    """The bytes."""

    def __repr__(self) -> str:
        return f"Media({self.media_type!r}, {len(self.data)} bytes)"


class Citation(JsonStruct, frozen=True, gc=False, tag_field="type", tag="citation"):
    """A source of what was said in that part; `start` and `end` count characters of its text."""

    type: ClassVar[Literal["citation"]] = "citation"
    part: int | None = None
    """The part that cites; None where the provider does not say which."""
    url: str | None = None
    """The address of the source."""
    title: str | None = None
    """The title of the source."""
    quote: str | None = None
    """What the source says."""
    start: int | None = None
    """The first character that the source supports."""
    end: int | None = None
    """The character after the last one that it supports."""


class TokenLogprob(JsonStruct, frozen=True):
    """Natural-log probability of a generated token; `top` holds the alternatives asked for."""

    token: str
    """The token's text."""
    logprob: float
    """Its natural-log probability."""
    top: tuple[tuple[str, float], ...] = ()
    """The likeliest alternatives, with their log probabilities."""


_PART = cast("type[Part | Media]", Part | Media)


def part_from_dict(data: Mapping[str, object]) -> Part | Media:
    """The part that a part's `to_dict` gave, by its `type`. Raises ConfigError."""
    return from_dict(data, _PART, "a part")


def part_from_json(text: str | bytes) -> Part | Media:
    """The part that a part's `to_json` gave, by its `type`. Raises ConfigError."""
    return from_json(text, _PART, "a part")
