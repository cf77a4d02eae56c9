"""`fluent-ai transcribe`: the text of a recording."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.models import Json
from fluent_ai.cli.verbs.calls import Model, Options, open_call
from fluent_ai.verbs.transcribe import Segment, TranscriptDelta, Word


def transcribe(
    file: Annotated[str, typer.Argument(help="The recording; - reads it from standard input.")],
    model: Model = None,
    language: Annotated[str | None, typer.Option(help="What is spoken, such as en.")] = None,
    prompt: Annotated[str | None, typer.Option(help="Text that precedes it, or rare words and names in it.")] = None,
    timestamps: Annotated[str | None, typer.Option(help="Also the times of each segment, or word.")] = None,
    translate: Annotated[bool | None, typer.Option("--translate", help="Write English instead.")] = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    json: Json = False,
) -> None:
    """Print what is said in a recording, as the server writes it."""
    options = {"language": language, "prompt": prompt, "timestamps": timestamps, "translate": translate}
    audio = sys.stdin.buffer.read() if file == "-" else file
    with (
        open_call(
            "transcribe", model, options, option, base_url=base_url, manifest=manifest, timeout=timeout, retries=retries
        ) as call,
        call.client.stream_transcribe(call.model, audio, **call.options) as items,
    ):
        if json or timestamps is not None:
            transcript = items.collect()
        else:
            shown = False
            for item in items:
                if isinstance(item, TranscriptDelta):
                    terminal.write(item.text)
                    shown = True
            transcript = items.collect()
            terminal.line("" if shown else transcript.text)
    if json:
        terminal.json_document(msgspec.to_builtins(transcript))
    elif timestamps is not None:
        for part in transcript.segments or transcript.words:
            terminal.line(_timed(part))


def _timed(part: Segment | Word) -> str:
    return f"{part.start:.2f}\t{part.end:.2f}\t{part.text.strip()}"
