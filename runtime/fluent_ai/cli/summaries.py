"""What the commands of other packages do, read from their source: to import them all would make `--help` slow."""

from __future__ import annotations

import ast
from contextlib import suppress
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path


def summary_of(entry: EntryPoint) -> str:
    """The first line of the command's docstring; how to learn more if it has none, or its source cannot be read."""
    with suppress(ImportError, OSError, SyntaxError, ValueError):
        spec = find_spec(entry.module)
        source = b"" if spec is None or spec.origin is None else Path(spec.origin).read_bytes()
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name == entry.attr:
                return (ast.get_docstring(node) or "").partition("\n")[0] or _unknown(entry)
    return _unknown(entry)


def _unknown(entry: EntryPoint) -> str:
    return f"See fluent-ai {entry.name} --help."
