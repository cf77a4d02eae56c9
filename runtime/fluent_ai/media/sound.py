"""Sounds cut and converted by ffmpeg, which is a program of its own and not part of this package."""

from __future__ import annotations

import asyncio
import math
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, get_args

from fluent_ai.content.files import SOUND, audio_part, load
from fluent_ai.content.parts import AudioPart, PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.threads import new_lock, submit

SoundFormat = Literal["flac", "mp3", "opus", "wav"]
_CONTAINERS: Final[dict[SoundFormat, str]] = {"flac": "flac", "mp3": "mp3", "opus": "ogg", "wav": "wav"}
_MOST: Final = 500_000_000
"""Bytes of the result; ffmpeg is told to stop there."""


def cut(
    sound: bytes | PathLike | AudioPart,
    *,
    start: float = 0.0,
    end: float | None = None,
    format: SoundFormat = "mp3",
    rate: int | None = None,
    mono: bool = False,
    timeout: float = 300.0,
) -> AudioPart:
    """The sound from `start` to `end`, in seconds, in another format.

    `rate` is in samples a second; 16,000 and `mono` are what models of speech work with. Sound tracks of films are
    taken too. Raises ConfigError for what is no sound, for a URL, where ffmpeg is not installed, and where it takes
    longer than `timeout` seconds. It is ended with whoever waits for it.
    """
    with _Run(sound, start, end, format, rate, mono, timeout) as run:
        return run.result()


async def acut(
    sound: bytes | PathLike | AudioPart,
    *,
    start: float = 0.0,
    end: float | None = None,
    format: SoundFormat = "mp3",
    rate: int | None = None,
    mono: bool = False,
) -> AudioPart:
    """The asynchronous twin of `cut`, without a limit of its own: whatever cancels it ends ffmpeg."""
    with _Run(sound, start, end, format, rate, mono, None) as run:
        return await asyncio.wrap_future(submit(run.result, name="ffmpeg"))


class _Run:
    """One run of ffmpeg, which ends at the latest when this is left."""

    def __init__(
        self,
        sound: bytes | PathLike | AudioPart,
        start: float,
        end: float | None,
        format: SoundFormat,
        rate: int | None,
        mono: bool,
        timeout: float | None,
    ) -> None:
        if format not in get_args(SoundFormat):
            raise ConfigError(f"format is {format!r}; allowed: {', '.join(get_args(SoundFormat))}")
        if rate is not None and (isinstance(rate, bool) or not isinstance(rate, int) or not 4000 <= rate <= 192_000):
            raise ConfigError(f"rate is {rate!r}; allowed: a whole number from 4,000 to 192,000 samples a second")
        for name, value, least in (("start", start, 0.0), ("end", end, start), ("timeout", timeout, 0.0)):
            if value is not None and not (math.isfinite(value) and value >= least):
                raise ConfigError(f"{name} is {value!r}; allowed: seconds from {least}")
        found = shutil.which("ffmpeg")
        if found is None:
            raise ConfigError(
                "cutting sounds needs the program ffmpeg, which is not on the PATH; install it from https://ffmpeg.org "
                "or with the package manager of the system, such as `apt install ffmpeg` or `brew install ffmpeg`"
            )
        self._program = found
        self._part = audio_part(sound)
        if self._part.url is not None:
            raise ConfigError("sound is a URL; allowed: bytes, a path, or an AudioPart with either")
        self._format: SoundFormat = format
        self._length = [] if end is None else ["-t", str(end - start)]
        self._options = [*([] if rate is None else ["-ar", str(rate)]), *(["-ac", "1"] if mono else [])]
        self._start = start
        self._timeout = timeout
        self._lock = new_lock()
        """Guards the two below: who leaves may do so before ffmpeg has started."""
        self._process: subprocess.Popen[bytes] | None = None
        self._left = False

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *failure: object) -> None:
        with self._lock:
            self._left = True
            process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def result(self) -> AudioPart:
        with TemporaryDirectory(prefix="fluent-ai-") as folder, self._source(Path(folder)) as source:
            into = Path(folder) / f"sound.{_CONTAINERS[self._format]}"
            # Only the file itself is read: playlists and the like may name others, and addresses.
            reading = ["-protocol_whitelist", "file", "-ss", str(self._start), *self._length, "-i", f"file:{source}"]
            writing = ["-vn", "-map", "0:a:0", "-map_metadata", "-1", *self._options, "-fs", str(_MOST)]
            command = [self._program, "-nostdin", "-hide_banner", "-loglevel", "error", *reading, *writing]
            self._wait([*command, "-f", _CONTAINERS[self._format], f"file:{into}"])
            data = into.read_bytes()
        return AudioPart(data=data, media_type=SOUND[self._format])

    @contextmanager
    def _source(self, folder: Path) -> Iterator[Path]:
        """The file to read: bytes are written into one, because some formats are read from their end."""
        if self._part.path is not None:
            yield Path(self._part.path).absolute()
            return
        data, _ = load(AudioPart(data=self._part.data, media_type=self._part.media_type or "audio/unknown"))
        path = folder / "source"
        path.write_bytes(data)
        yield path

    def _wait(self, command: list[str]) -> None:
        with self._lock:
            if self._left:
                raise ConfigError("nobody waits for the sound any more")
            pipe = subprocess.PIPE
            self._process = process = subprocess.Popen(  # noqa: S603  # no shell, and ours but for the numbers
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=pipe
            )
        try:
            _, said = process.communicate(timeout=self._timeout)
        except subprocess.TimeoutExpired:
            raise ConfigError(f"ffmpeg took longer than {self._timeout:g} seconds") from None
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
        if process.returncode:
            words = said.decode("utf-8", "replace").strip().splitlines()
            raise ConfigError(f"ffmpeg cannot convert the sound: {words[-1][:200] if words else 'it says nothing'}")
