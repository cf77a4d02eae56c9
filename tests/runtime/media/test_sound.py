"""Sounds cut and converted by the real ffmpeg, where there is one."""

from __future__ import annotations

import array
import asyncio
import io
import math
import os
import shutil
import threading
import wave
from pathlib import Path

import fluent_ai as ai
import pytest

FFMPEG = shutil.which("ffmpeg")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="ffmpeg is not installed")


def tone(seconds: float = 3.0, rate: int = 44_100) -> bytes:
    """Two channels of 440 Hz."""
    samples = array.array("h")
    for number in range(int(seconds * rate)):
        samples.extend([int(12_000 * math.sin(2 * math.pi * 440 * number / rate))] * 2)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def read(part: ai.AudioPart) -> tuple[int, int, float]:
    """Channels, rate and seconds of a WAV file."""
    with wave.open(io.BytesIO(part.data or b"")) as file:
        return file.getnchannels(), file.getframerate(), file.getnframes() / file.getframerate()


@needs_ffmpeg
def test_a_piece_in_another_rate(tmp_path: Path) -> None:
    path = tmp_path / "-i tone.wav"
    path.write_bytes(tone())
    for given in (tone(), path, ai.AudioPart(path=path)):
        part = ai.media.cut(given, start=1.0, end=2.5, format="wav", rate=16_000, mono=True)
        assert part.media_type == "audio/wav"
        channels, rate, seconds = read(part)
        assert (channels, rate) == (1, 16_000)
        assert seconds == pytest.approx(1.5, abs=0.01)


@needs_ffmpeg
@pytest.mark.parametrize(("format", "media_type", "magic"), [
    ("mp3", "audio/mpeg", b""), ("flac", "audio/flac", b"fLaC"), ("opus", "audio/ogg", b"OggS"),
])  # fmt: skip
def test_other_formats_are_smaller_and_go_back(format: str, media_type: str, magic: bytes) -> None:
    part = ai.media.cut(tone(), format=format)
    assert part.media_type == media_type
    assert part.data is not None
    assert part.data.startswith(magic)
    assert len(part.data) < len(tone()) / 2
    assert read(ai.media.cut(part, format="wav"))[2] == pytest.approx(3.0, abs=0.1)


@needs_ffmpeg
@pytest.mark.parametrize("given", [b"", b"not a sound", tone()[:40]])
def test_what_is_no_sound_is_refused(given: bytes) -> None:
    with pytest.raises(ai.ConfigError, match="ffmpeg cannot convert the sound"):
        ai.media.cut(given)


@needs_ffmpeg
def test_a_playlist_reads_no_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(tone())
    for text in (f"#EXTM3U\n#EXTINF:3,\nfile://{secret}\n", f"ffconcat version 1.0\nfile '{secret}'\n"):
        with pytest.raises(ai.ConfigError, match="ffmpeg cannot convert"):
            ai.media.cut(text.encode())


@needs_ffmpeg
def test_asynchronously_too() -> None:
    part = asyncio.run(ai.media.acut(tone(), end=1.0, format="wav"))
    assert read(part)[2] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(("options", "match"), [
    ({"format": "mp4"}, "format is 'mp4'; allowed: flac, mp3, opus, wav"), ({"rate": 100}, "rate is 100"),
    ({"start": -1.0}, "start is -1.0"), ({"start": 5.0, "end": 4.0}, "end is 4.0; allowed: seconds from 5.0"),
    ({"end": math.nan}, "end is nan"),
])  # fmt: skip
def test_bad_options_are_refused(options: dict[str, object], match: str) -> None:
    with pytest.raises(ai.ConfigError, match=match):
        ai.media.cut(b"", **options)


def test_without_ffmpeg_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ai.ConfigError, match=r"needs the program ffmpeg.*https://ffmpeg\.org.*apt install ffmpeg"):
        ai.media.cut(tone(0.1))


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program in the place of ffmpeg that never ends, and tells in a file that it runs, and as what."""
    program = tmp_path / "ffmpeg"
    program.write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/number.new\nmv {tmp_path}/number.new {tmp_path}/number\nexec sleep 600\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "number"


def started(file: Path) -> int:
    waiting = threading.Event()
    for _ in range(600):
        if file.exists():
            return int(file.read_text())
        waiting.wait(0.1)
    raise AssertionError("it never started")


def ended(number: int) -> bool:
    waiting = threading.Event()
    for _ in range(600):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        waiting.wait(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_it_ends_after_its_time(endless: Path) -> None:
    with pytest.raises(ai.ConfigError, match="ffmpeg took longer than 5 seconds"):
        ai.media.cut(tone(0.1), timeout=5.0)
    assert ended(started(endless))


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_who_leaves_ends_it(endless: Path) -> None:
    async def leave() -> int:
        task = asyncio.ensure_future(ai.media.acut(tone(0.1)))
        number = await asyncio.to_thread(started, endless)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return number

    assert ended(asyncio.run(leave()))
