"""`fluent-ai speak`: a text as sound, in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.verbs.calls import Model, Options, open_call
from fluent_ai.errors import ConfigError
from fluent_ai.kept_files import replace_file
from fluent_ai.verbs.speak import AudioChunk


def speak(
    text: Annotated[str | None, typer.Argument(help="What to say; by default what is piped in.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file to write, speech.mp3 or so; - writes to standard output.")
    ] = None,
    model: Model = None,
    voice: Annotated[str | None, typer.Option(help="The provider's name of the voice.")] = None,
    sound: Annotated[str | None, typer.Option("--format", help="mp3, wav, opus, aac, flac or pcm.")] = None,
    speed: Annotated[float | None, typer.Option(help="From 0.25 to 5; 1 is natural.")] = None,
    instructions: Annotated[str | None, typer.Option(help="How to speak, for models that follow it.")] = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Say a text, and write it to a file, whose name it prints; on standard output the sound comes as it arrives."""
    from fluent_ai.cli.asking.asked import read_prompt

    said = text if text not in (None, "-") else read_prompt("-")
    if not said:
        raise ConfigError("text is missing; pass one, or pipe it in")
    if output is None and sound is None:
        sound = "mp3"
    if output is not None and sound is None and output.suffix:
        sound = output.suffix[1:]
    options = {"voice": voice, "format": sound, "speed": speed, "instructions": instructions}
    with (
        open_call(
            "speak", model, options, option, base_url=base_url, manifest=manifest, timeout=timeout, retries=retries
        ) as call,
        call.client.stream_speak(call.model, said, **call.options) as chunks,
    ):
        if output is not None and str(output) == "-":
            for chunk in chunks:
                if isinstance(chunk, AudioChunk):
                    sys.stdout.buffer.write(chunk.data)
                    sys.stdout.buffer.flush()
            return
        speech = chunks.collect()
    path = output or Path(f"speech.{sound}")
    replace_file(path, speech.data)
    terminal.line(str(path))
