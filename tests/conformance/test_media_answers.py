"""Recorded transcripts and refusals of images give what they say, however they are cut."""

from __future__ import annotations

import json
import random
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.protocols import decode_error
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.transcribe import transcript_fold
from recordings import REASON, recorded

OTHER = recorded("traffic", "other")
STREAMS = sorted(OTHER.glob("*transcription*.sse"))
REFUSALS = sorted(path for path in OTHER.glob("*image*.meta.json") if json.loads(path.read_bytes())["status"] >= 400)
SAID = "Ruby is a programming language designed for developer happiness."


def read(pieces: list[bytes]) -> ai.Transcript:
    parser = TranscriptionParser(Endpoint(load_manifests()["openai"], "https://api.test", {}))
    fold = transcript_fold()
    for piece in pieces:
        for item in parser.feed(piece):
            fold.add(item)
    for item in parser.finish():
        fold.add(item)
    return fold.result()


@pytest.mark.skipif(not STREAMS, reason=REASON)
@pytest.mark.parametrize("path", STREAMS, ids=lambda path: path.stem[-40:])
def test_transcripts(path: Path) -> None:
    data = path.read_bytes()
    whole = read([data])
    assert whole.text == SAID
    assert whole.usage is not None
    assert whole.usage.output_tokens
    assert read([data[place : place + 1] for place in range(len(data))]) == whole
    cuts = sorted(random.Random(7).sample(range(len(data)), 9))
    assert read([data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]) == whole
    if "diarize" in path.name:
        assert whole.segments == (ai.Segment(0.0, 3.25, " " + SAID),)


@pytest.mark.skipif(not REFUSALS, reason=REASON)
@pytest.mark.parametrize("path", REFUSALS, ids=lambda path: path.stem[-40:])
def test_refusals_of_images(path: Path) -> None:
    meta = json.loads(path.read_bytes())
    body = path.with_name(path.name.replace(".meta.json", ".json")).read_bytes()
    found = decode_error(meta["provider"], meta["status"], meta.get("headers") or {}, body)
    assert isinstance(found, ai.InvalidRequest)
    said = json.loads(body)
    reason = said["error"]["message"] if "error" in said else said["detail"][0]["msg"]
    assert reason in str(found)
