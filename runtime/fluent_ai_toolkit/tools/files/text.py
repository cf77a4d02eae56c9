"""Files as text: what a file is, how its text is encoded, and its lines as they are read."""

from __future__ import annotations

import codecs
import io
import mimetypes
import os
import re
import stat
from collections.abc import Iterator
from typing import IO, Final

from fluent_ai.content.files import sniff

from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.opening import refusal

SAMPLE: Final = 65_536
"""Bytes by which the encoding of a file is told."""
LINE_LIMIT: Final = 65_536
"""Characters that are read of a line at once."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TYPES: Final = mimetypes.MimeTypes()
"""Without the system's own tables, which differ from one machine to the next."""


def encoding_of(sample: bytes, *, whole: bool) -> str | None:
    """The encoding of a text by its first bytes; None for what is no text. `whole` if there are no others.

    A byte order mark decides; then UTF-8 where it is valid, and Windows-1252 where no control characters speak against
    it. The locale decides nothing.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _CONTROLS.search(sample):
        return None
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return "cp1252"


def media_type_of(sample: bytes, name: str) -> str:
    """By the first bytes, or else by the name (RFC 6838)."""
    return sniff(sample) or _TYPES.guess_type(name, strict=False)[0] or "application/octet-stream"


def open_text(descriptor: int, shown: str, limit: int) -> io.TextIOWrapper:
    """The file, from its beginning, with all ends of lines as newlines; takes the descriptor over.

    Raises FileRefused for a folder, for a file of more than `limit` bytes, and for what is no text.
    """
    facts = os.fstat(descriptor)
    if stat.S_ISDIR(facts.st_mode):
        os.close(descriptor)
        raise FileRefused("it is a folder", reason="not_a_file", path=shown)
    file = os.fdopen(descriptor, "rb")
    try:
        if facts.st_size > limit:
            why = f"the file has {facts.st_size:,} bytes; allowed: {limit:,}"
            raise FileRefused(why, reason="too_large", path=shown, size=facts.st_size, limit=limit)
        return text_of(file, facts.st_size, shown)
    except BaseException:
        file.close()
        raise


def text_of(file: IO[bytes], size: int, shown: str) -> io.TextIOWrapper:
    """What a file of `size` bytes says, from its beginning. Raises FileRefused for what is no text."""
    try:
        sample = file.read(SAMPLE)
        if sample and not size:  # what the kernel makes up as it is read, such as /proc/self/environ
            raise FileRefused("it is no file that is kept", reason="special", path=shown)
        encoding = encoding_of(sample, whole=len(sample) < SAMPLE)
        if encoding is None or sniff(sample) is not None:
            why = f"the file is no text but {media_type_of(sample, shown)}, {size:,} bytes"
            raise FileRefused(why, reason="binary", path=shown, size=size)
        file.seek(0)
        return io.TextIOWrapper(file, encoding=encoding, errors="strict")
    except OSError as error:
        raise refusal(error, shown) from None


def lines_of(file: io.TextIOWrapper, shown: str) -> Iterator[str]:
    """The lines as they are read; very long ones come in pieces, of which only the last ends with a newline.

    Raises FileRefused at the place where the file is no text.
    """
    try:
        while line := file.readline(LINE_LIMIT):
            yield line
    except UnicodeDecodeError as error:
        why = f"the file is no {error.encoding} from some place on: {error.reason}"
        raise FileRefused(why, reason="binary", path=shown) from None
    except OSError as error:
        raise refusal(error, shown) from None
