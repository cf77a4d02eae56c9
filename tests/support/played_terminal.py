"""A terminal at the other end of a pseudo-terminal: it answers what it is asked, and keeps what is drawn."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import termios
import threading
from collections.abc import Mapping, Sequence

from PIL import Image

QUESTIONS = b"\x1b[c"
"""The last of them."""


class PlayedTerminal:
    """`answers` come as soon as it was asked, in pieces of `piece` bytes; None where it is mute."""

    def __init__(self, answers: bytes | None, piece: int = 1024) -> None:
        self._master, self._slave = os.openpty()
        self._answers = answers
        self._piece = piece
        self.asked = b""
        self.drawn = b""
        self.left_as_found = False

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        """The exit code of a command whose stdout this terminal is."""
        before = termios.tcgetattr(self._slave)
        process = subprocess.Popen(arguments, stdout=self._slave, env={"TERM": "xterm-256color", **environment})
        reader = threading.Thread(target=self._read)
        reader.start()
        code = process.wait(60)
        self.left_as_found = termios.tcgetattr(self._slave) == before
        os.close(self._slave)
        reader.join(60)
        os.close(self._master)
        return code

    def _read(self) -> None:
        shown = b""
        while True:
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # Linux says so when the other side has closed
                break
            if not piece:
                break
            shown += piece
            if not self.asked and QUESTIONS in shown:
                self.asked, _, shown = shown.partition(QUESTIONS)
                for start in range(0, len(self._answers or b""), self._piece):
                    os.write(self._master, (self._answers or b"")[start : start + self._piece])
        self.drawn = shown


def kitty_pictures(drawn: bytes) -> list[tuple[dict[str, str], Image.Image]]:
    """Of each picture, what is said of it, and its pixels."""
    found: list[tuple[dict[str, str], bytes]] = []
    for control, payload in re.findall(rb"\x1b_G([^;]*);([^\x1b]*)\x1b\\", drawn):
        facts = dict(item.split("=") for item in control.decode().split(","))
        if "a" in facts:
            found.append((facts, b""))
        found[-1] = (found[-1][0] | {"m": facts["m"]}, found[-1][1] + payload)
    assert all(facts["m"] == "0" for facts, _ in found), "the last piece of each says that it is the last"
    return [(facts, Image.open(io.BytesIO(base64.b64decode(data, validate=True)))) for facts, data in found]


def iterm_pictures(drawn: bytes) -> list[tuple[dict[str, str], Image.Image]]:
    found = []
    for control, payload in re.findall(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07", drawn):
        facts = dict(item.split("=") for item in control.decode().split(";"))
        data = base64.b64decode(payload, validate=True)
        assert int(facts["size"]) == len(data)
        found.append((facts, Image.open(io.BytesIO(data))))
    return found


def sixel_pictures(drawn: bytes) -> list[Image.Image]:
    return [_sixel(body.decode()) for body in re.findall(rb"\x1bP0;1;0q([^\x1b]*)\x1b\\", drawn)]


def _sixel(body: str) -> Image.Image:
    raster = re.match(r'"1;1;(\d+);(\d+)', body)
    assert raster is not None
    picture = Image.new("RGB", (int(raster[1]), int(raster[2])))
    colours: dict[int, tuple[int, ...]] = {}
    x, top, colour = 0, 0, 0
    for define, number, run, length, sixel, other in re.findall(
        r"(#(\d+);2;\d+;\d+;\d+)|(!(\d+)([?-~]))|([?-~$-]|#\d+)", body[raster.end() :]
    ):
        if define:
            colours[int(number)] = tuple(round(int(share) * 255 / 100) for share in define.split(";")[2:])
        elif other.startswith("#"):
            colour = int(other[1:])
        elif other == "$":
            x = 0
        elif other == "-":
            x, top = 0, top + 6
        else:
            bits = ord(sixel or other) - 63
            end = x + (int(length) if run else 1)
            for bit in range(6):
                if bits >> bit & 1:
                    picture.paste(colours[colour], (x, top + bit, end, top + bit + 1))
            x = end
    return picture
