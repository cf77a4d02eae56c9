"""Where the sections of a text begin: headings of Markdown, and definitions of code that are not indented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final

from fluent_ai_toolkit.context.documents import Document

Begins = Callable[[str], bool]
"""Whether a line begins a section. It is asked for each line, in their order."""

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t\n]")
_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdx", ".mkd", ".qmd"})
_CODE: Final = frozenset(
    {
        ".c", ".cc", ".cpp", ".cs", ".cxx", ".dart", ".ex", ".exs", ".go", ".h", ".hpp", ".java", ".jl", ".js", ".jsx",
        ".kt", ".kts", ".lua", ".m", ".mjs", ".mm", ".php", ".proto", ".py", ".pyi", ".pyx", ".r", ".rb", ".rs",
        ".scala", ".sh", ".sol", ".sql", ".swift", ".ts", ".tsx", ".vue", ".zig",
    }
)  # fmt: skip
_DEFINITION: Final = re.compile(
    r"(?:@\w|#\[|/\*\*|///"
    r"|(?:abstract|actor|async|class|const|create|data|def|defmodule|enum|export|extension|extern|final|fn|fun|func"
    r"|function|impl|inline|interface|internal|let|local|macro|message|mod|module|namespace|object|open|package|private"
    r"|protected|protocol|pub|public|sealed|service|static|struct|template|trait|type|typedef|union|unsafe|virtual|void)"
    r"\b"
    r"|\w[\w:<>*&, ]*\([^;]*\{\s*$)",
    re.IGNORECASE,
)


def begins_section(head: Document) -> Begins:
    """What tells the sections of a document, by its name and type; nothing does if it is neither Markdown nor code."""
    ending = PurePosixPath(head.name).suffix.lower()
    if ending in _MARKDOWN or head.media_type in ("text/markdown", "text/html", "application/xhtml+xml"):
        return _headings()
    return _definition if ending in _CODE else lambda _: False


def _headings() -> Begins:
    fence = ""

    def begins(line: str) -> bool:
        nonlocal fence
        if (found := _FENCE.match(line)) is not None:
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
            return False
        return not fence and _HEADING.match(line) is not None

    return begins


def _definition(line: str) -> bool:
    return _DEFINITION.match(line[:500]) is not None
