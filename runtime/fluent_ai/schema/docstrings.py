"""Descriptions of parameters in docstrings, in Google's style (`Args:`) or reStructuredText's (`:param x:`)."""

from __future__ import annotations

import inspect
import re

_SECTION = re.compile(r"(?:Args|Arguments|Parameters):\s*")
_GOOGLE = re.compile(r"\*{0,2}(\w+)(?:\s*\([^)]*\))?\s*:\s*(.*)")
_REST = re.compile(r":(?:param|parameter|arg|argument)\s+(?:[^:]*\s)?(\w+)\s*:\s*(.*)")
_REST_TYPE = re.compile(r":type\s+\w+\s*:.*")


def split_docstring(doc: str) -> tuple[str, dict[str, str]]:
    """The text without its parameter descriptions, and the descriptions by name."""
    kept: list[str] = []
    descriptions: dict[str, list[str]] = {}
    name: str | None = None
    entry_indent = 0
    in_section = in_field = False
    for line in inspect.cleandoc(doc).splitlines():
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if text and indent == 0:
            in_section, in_field, name = bool(_SECTION.fullmatch(text)), False, None
            entry_indent = 0
            if in_section or _REST_TYPE.fullmatch(text):
                continue
            if field := _REST.fullmatch(text):
                in_field, name = True, str(field[1])
                descriptions[name] = [field[2]]
                continue
        if in_section and text and (entry_indent in (0, indent)) and (entry := _GOOGLE.fullmatch(text)):
            entry_indent, name = indent, str(entry[1])
            descriptions[name] = [entry[2]]
        elif (in_section or in_field) and name is not None:
            descriptions[name].append(text)
        elif not in_section:
            kept.append(line)
    description = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return description, {key: " ".join(filter(None, lines)) for key, lines in descriptions.items()}
