"""Token counts for those who count nothing: estimated from the texts, and from what models put around them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import load
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImageDetail,
    ImagePart,
    Media,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from fluent_ai.content.picture_size import picture_size
from fluent_ai.content.requests import ChatRequest
from fluent_ai.content.token_counts import likely_tokens
from fluent_ai.interfaces import Emit
from fluent_ai.manifest import picture_tokens
from fluent_ai.manifest.pictures import Pictures
from fluent_ai.protocols.shared.codec import arguments_text
from fluent_ai.protocols.shared.encoding import to_json
from fluent_ai.verbs.count_tokens import Counted, CountItem

MARGIN: Final = 0.15
"""The share of the texts' tokens that nine of ten recorded requests have at most more, beside `HIDDEN`."""
HIDDEN: Final = 100
"""Tokens that providers may put before a conversation without saying so."""
_MESSAGE: Final = 4
"""Tokens around a message: its role, and where it begins and ends."""
_URL: Final = 1500
"""Tokens of a file that only the provider sees."""
_PAGE: Final = 2000
"""Tokens of a page of a PDF, which Anthropic gives as 1,500 to 3,000."""
_SOUND: Final = 600
"""Bytes of sound for a token: those of 30 milliseconds at 160 kbit/s."""
_PICTURE: Final = 750, 85, 1600
"""Where no rule is known: pixels of a token, and how many tokens a picture has at least and at most."""


class Frame(NamedTuple):
    """What a family of models puts around a request, by the usage that recorded answers report."""

    names: re.Pattern[str]
    conversation: int
    """Tokens before the first message."""
    tools: int
    """Tokens of the instructions on how to call tools."""
    schema: float
    """Tokens of a tool for each of its JSON."""


_FRAMES: Final = tuple(
    Frame(re.compile(names), conversation, tools, schema)
    for names, conversation, tools, schema in (
        (r"gpt-oss", 66, 40, 1.0),
        (r"claude", 8, 330, 1.0),
        (r"command|c4ai|aya", 200, 1200, 1.0),
        (r"gemini|gemma", 0, 0, 0.4),
        (r"llama-?[34]", 35, 70, 1.0),
        (r"deepseek", 5, 240, 1.0),
        (r"nova", 0, 330, 0.8),
        (r"qwen|qwq", 10, 150, 1.0),
        (r"mi[ns]tral|codestral|devstral|magistral|pixtral", 3, 20, 0.8),
        (r"gpt|\bo[134]\b", 4, 10, 0.4),
        (r"", 8, 60, 1.0),
    )
)


class Weights(NamedTuple):
    """What a request is made of, in tokens."""

    texts: float
    around: float
    """What stands around the texts: roles, instructions."""
    files: float


class Estimate:
    """A worker that needs no network: `Counted` with a margin."""

    def __init__(self, provider: str, pictures: Pictures | None = None) -> None:
        self._provider = provider
        self._pictures = pictures

    def run(self, request: ChatRequest, emit: Emit[CountItem]) -> None:
        """Emits the count. Raises ConfigError for a file that cannot be read."""
        found = weigh(request, self._pictures)
        emit(StreamStart(model=request.model, provider=self._provider))
        margin = MARGIN * (found.texts + found.around) + HIDDEN + found.files
        emit(Counted(math.ceil(sum(found)), "estimate", math.ceil(margin)))


def weigh(request: ChatRequest, pictures: Pictures | None) -> Weights:
    """Estimate the parts of a request, its pictures by their rule. Raises ConfigError for an unreadable file."""
    frame = next(row for row in _FRAMES if row.names.search(request.model.lower()))
    messages = len(request.messages) + (request.system is not None)
    around = frame.conversation + _MESSAGE * max(messages - 1, 0) + (frame.tools if request.tools else 0)
    texts = float(sum(map(likely_tokens, (*_said(request), *_output(request)))))
    texts += frame.schema * sum(map(likely_tokens, _tools(request)))
    parts = (part for message in request.messages for part in message.parts)
    return Weights(texts, around, sum(_file_tokens(file, pictures) for part in parts for file in _files_of(part)))


def read_texts(request: ChatRequest) -> list[str]:
    """All texts of a request that a model reads."""
    return [*_said(request), *_tools(request), *_output(request)]


def _said(request: ChatRequest) -> Iterator[str]:
    if request.system is not None:
        yield request.system
    for message in request.messages:
        for part in message.parts:
            match part:
                case TextPart() | ReasoningPart():
                    yield part.text
                case ToolCallPart(call):
                    yield f"{call.name} {arguments_text(call)}"
                case ToolResultPart() | HostedToolResultPart():
                    yield part.content
                case _:
                    pass


def _tools(request: ChatRequest) -> Iterator[str]:
    for tool in request.tools:
        yield to_json([tool.name, tool.description, tool.parameters]).decode()


def _output(request: ChatRequest) -> Iterator[str]:
    if request.output is not None:
        yield to_json(request.output).decode()


def _files_of(part: Part) -> Iterator[Part]:
    if isinstance(part, ImagePart | AudioPart | DocumentPart | Media):
        yield part
    elif isinstance(part, ToolResultPart):
        yield from part.files


def _file_tokens(part: Part, pictures: Pictures | None) -> float:
    if isinstance(part, Media):
        return _picture_tokens(part.data, pictures, None)
    if not isinstance(part, ImagePart | AudioPart | DocumentPart) or part.url is not None:
        return _URL
    data, media_type = load(part)
    if isinstance(part, ImagePart):
        return _picture_tokens(data, pictures, part.detail)
    if isinstance(part, AudioPart):
        return len(data) / _SOUND
    if media_type == "application/pdf":
        return _PAGE * max(1, len(re.findall(rb"/Type\s*/Page\b", data)))
    return likely_tokens(data.decode("utf-8", "replace"))


def _picture_tokens(data: bytes, rule: Pictures | None, detail: ImageDetail | None) -> float:
    pixels, least, most = _PICTURE
    size = picture_size(data)
    if rule is not None and size is not None and (known := picture_tokens.tokens(rule, size, detail)) is not None:
        return known
    if detail == "low":
        return least
    return most if size is None else min(max(size[0] * size[1] / pixels, least), most)
