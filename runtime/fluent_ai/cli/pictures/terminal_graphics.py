"""Which way of showing pictures a terminal has, as it says itself when it is asked."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple, TypeAlias

Way: TypeAlias = Literal["kitty", "iterm", "sixel", "blocks"]

_PATIENCE = 0.5
"""Seconds. Every terminal answers the last question, so only what is none, or is far away, is waited for in vain."""
_QUESTIONS = (
    "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"  # kitty's: would a picture of one pixel be shown?
    "\x1b[>q"  # XTVERSION: the terminal's name
    "\x1b[16t"  # the size of a cell in pixels
    "\x1b[c"  # DA1: what it can do
)
_LAST = re.compile(rb"\x1b\[\?([\d;]*)c")
_KITTY = re.compile(rb"\x1b_Gi=31;OK")
_NAME = re.compile(rb"\x1bP>\|(iTerm2|WezTerm)")
_CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
_SIXEL = b"4"
_NOT_ASKED = frozenset({"", "dumb", "linux", "cons25"})
"""Values of TERM of terminals that may print a question instead of answering it."""


class Graphics(NamedTuple):
    """How pictures are shown, and how large a character is, in pixels."""

    way: Way
    cell: tuple[int, int] = (10, 20)


def ask() -> Graphics:
    """What the terminal behind stdout can do; half blocks where it does not say so within half a second."""
    if os.environ.get("TERM", "") in _NOT_ASKED or os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return Graphics("blocks")
    try:
        with _opened() as terminal:
            return understand(_answers(terminal))
    except (OSError, ImportError, ValueError):  # no terminal, none that can be read from, or Windows
        return Graphics("blocks")


def understand(answers: bytes) -> Graphics:
    """What the answers of a terminal say."""
    found = _CELL.search(answers)
    height, width = (int(found[1]), int(found[2])) if found else (0, 0)
    cell = (width, height) if width and height else Graphics("blocks").cell
    last = _LAST.search(answers)
    if _KITTY.search(answers):
        return Graphics("kitty", cell)
    if _NAME.search(answers):
        return Graphics("iterm", cell)
    if last and _SIXEL in last[1].split(b";"):
        return Graphics("sixel", cell)
    return Graphics("blocks", cell)


@contextmanager
def _opened() -> Iterator[int]:
    """The terminal behind stdout, to be read from without echo and without waiting for the end of a line."""
    import termios
    import tty

    terminal = os.open(os.ttyname(sys.stdout.fileno()), os.O_RDWR | os.O_NOCTTY)
    try:
        if not _in_foreground(terminal):
            raise OSError("a process in the background is stopped when it changes its terminal")
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal)
            yield terminal
        finally:
            # What comes too late is thrown away, so that the shell does not read it as typed.
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
    except termios.error as error:
        raise OSError(*error.args) from None
    finally:
        os.close(terminal)


def _in_foreground(terminal: int) -> bool:
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # another terminal than the one that controls this process, which does not stop it
        return True


def _answers(terminal: int) -> bytes:
    """All that comes up to the last answer."""
    import select

    os.write(terminal, _QUESTIONS.encode("ascii"))
    deadline = time.monotonic() + _PATIENCE
    answers = b""
    while not _LAST.search(answers):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            return b""
        piece = os.read(terminal, 1024)
        if not piece:
            return b""
        answers += piece
    return answers
