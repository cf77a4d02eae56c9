"""Answers of the verbs that stream or hold files: as their references say, however cut and wherever broken off."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.events import Progress, StreamStart, UsageUpdate
from fluent_ai.interfaces import Parser
from fluent_ai.manifest.schema import Auth, Manifest
from fluent_ai.protocols.images.image_body_parser import image_body_parser
from fluent_ai.protocols.images.openai_images import ImagesParser
from fluent_ai.protocols.pull.ollama_pull import OllamaPullParser
from fluent_ai.protocols.shared.gemini_media_parser import GeminiMediaParser
from fluent_ai.protocols.speech.speech_parser import SpeechParser
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.image import GeneratedImage, PartialImage
from fluent_ai.verbs.transcribe import TranscriptDelta, TranscriptEnd
from written_streams import framings
from written_streams.script import Frames, Row

AT = Endpoint(Manifest(id="acme", name="Acme", docs="", auth=Auth(scheme="none")), "http://x", {})
PNG = b"\x89PNG\r\n\x1a\n and more"
PNG64 = base64.b64encode(PNG).decode()
SOUND = b"ID3\x04 \n the bytes \n of a sound "
SSE = framings.sse()


@dataclass(frozen=True)
class Case:
    name: str
    new: Callable[[], Parser[Any]]
    rows: tuple[Row, ...]
    frames: Frames
    says: tuple[object, ...]
    """What the items say, as `said` puts it."""
    ends: int

    def __str__(self) -> str:
        return self.name


def said(items: Sequence[object]) -> tuple[object, ...]:
    """The items with pieces of sound joined, because they are cut as the body is."""
    found: list[object] = []
    for item in items:
        match item:
            case StreamStart():
                found.append(("start", item.id, item.model, item.provider))
            case ai.AudioChunk() if found and isinstance(found[-1], bytes):
                found[-1] += item.data
            case ai.AudioChunk():
                found.append(item.data)
            case TranscriptDelta():
                found.append(("delta", item.text))
            case TranscriptEnd():
                found.append(("end", item.text, item.duration))
            case PartialImage():
                found.append(("partial", item.index, item.data))
            case GeneratedImage():
                found.append(("image", item.data))
            case UsageUpdate():
                found.append(("usage", item.usage.input_tokens, item.usage.output_tokens))
            case Progress():
                found.append(("progress", item.phase, item.done, item.total))
            case _:
                found.append(item)
    return tuple(found)


def raw(rows: Sequence[Row]) -> list[bytes]:
    return [row for row in rows if isinstance(row, bytes)]


USAGE = {"input_tokens": 3, "output_tokens": 4}
START = ("start", None, None, "acme")
WORDS = tuple({"type": "transcript.text.delta", "delta": word} for word in ("Grü", "ße", "!"))
DONE = {"type": "transcript.text.done", "text": "Grüße!", "usage": USAGE}
HEARD = (*(("delta", word) for word in ("Grü", "ße", "!")), ("end", "Grüße!", None), ("usage", 3, 4))
PARTIAL = {"type": "image_generation.partial_image", "partial_image_index": 0, "b64_json": PNG64}
FINAL = {"type": "image_generation.completed", "b64_json": PNG64, "usage": USAGE}
STEPS = ({"status": "pulling manifest"}, {"status": "pulling 1", "completed": 5, "total": 9}, {"status": "success"})
PULLED = (("progress", "pulling manifest", 0, None), ("progress", "pulling 1", 5, 9), ("progress", "success", 0, None))
DRAWN = {"candidates": [{"content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": PNG64}}]}}]}

CASES = (
    Case("transcript", lambda: TranscriptionParser(AT), (*WORDS, DONE), SSE, (START, *HEARD), 4),
    Case("transcript_then_done", lambda: TranscriptionParser(AT), (*WORDS, DONE, b"[DONE]"), SSE, (START, *HEARD), 4),
    Case(
        "transcript_whole",
        lambda: TranscriptionParser(AT),
        ({"text": "Grüße!", "duration": 1.5},),
        framings.document,
        (START, ("delta", "Grüße!"), ("end", "Grüße!", 1.5)),
        1,
    ),
    Case(
        "images",
        lambda: ImagesParser(AT),
        (PARTIAL, FINAL),
        SSE,
        (START, ("partial", 0, PNG), ("image", PNG), ("usage", 3, 4)),
        2,
    ),
    Case(
        "images_whole",
        lambda: ImagesParser(AT),
        ({"created": 1, "data": [{"b64_json": PNG64}]},),
        framings.document,
        (START, ("image", PNG)),
        1,
    ),
    Case("image_body", lambda: image_body_parser(AT), (PNG,), raw, (START, ("image", PNG)), 1),
    Case(
        "gemini_image",
        lambda: GeminiMediaParser(AT, lambda data, kind: GeneratedImage(data=data, media_type=kind)),
        (DRAWN, {"candidates": [{"finishReason": "STOP"}]}),
        SSE,
        (START, ("image", PNG)),
        1,
    ),
    Case("sound", lambda: SpeechParser(AT, None), (SOUND,), raw, (START, SOUND), 1),
    Case("samples_like_blanks", lambda: SpeechParser(AT, "audio/pcm"), (b" \n " * 9,), raw, (START, b" \n " * 9), 1),
    Case("pull", lambda: OllamaPullParser(AT, "m"), STEPS, framings.lines, (("start", None, "m", "acme"), *PULLED), 3),
)


def parse(case: Case, pieces: Sequence[bytes]) -> tuple[tuple[object, ...], ai.FluentError | None]:
    parser = case.new()
    items = [item for piece in pieces for item in parser.feed(piece)]
    try:
        return said([*items, *parser.finish()]), None
    except ai.FluentError as error:
        return said(items), error


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_says_what_is_written_however_it_is_cut(case: Case) -> None:
    frames = case.frames(case.rows)
    data = b"".join(frames)
    cuts = sorted(random.Random(str(case)).sample(range(len(data)), 9))
    randomly = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    for pieces in ([data], frames, [data[place : place + 1] for place in range(len(data))], randomly):
        assert parse(case, pieces) == (case.says, None)


@pytest.mark.parametrize("case", [case for case in CASES if case.frames is not raw], ids=str)
def test_wherever_it_breaks_off_what_came_is_kept(case: Case) -> None:
    frames = case.frames(case.rows)
    for number in range(case.ends):
        for rest in (b"", frames[number][: len(frames[number]) // 2]):
            got, error = parse(case, [*frames[:number], rest])
            assert isinstance(error, ai.StreamTruncated | ai.ProtocolError)
            assert got == case.says[: len(got)]
