"""Specs and cache to the whole tree of generated files, as a pure function."""

from __future__ import annotations

import msgspec

from .format import format_modules
from .specs import Specs
from .wire import render_wire

COMMAND = "fluent-ai generate"


def header(source: str) -> str:
    """The first line of every generated module."""
    return f"# Generated from {source}; do not edit. Run: {COMMAND}"


def render(specs: Specs) -> dict[str, bytes]:
    """The files of generated/: path below it -> content. Same input, same bytes."""
    modules: dict[str, str] = {}
    data: dict[str, bytes] = {}
    names = [document.name for document in specs.wire]
    modules["fluent_ai_wire/__init__.py"] = (
        f'{header("specs/wire")}\n"""Structs of the wire protocols, one module each. They decode what servers send."""\n\n'
        f"__all__ = {names}\n"
    )
    for document in specs.wire:
        source = f"specs/wire/{document.name}.yaml"
        modules[f"fluent_ai_wire/{document.name}.py"] = render_wire(document.text, source, header(source))
    rows = [msgspec.to_builtins(manifest, order="sorted") for manifest in specs.manifests]
    data["fluent_ai_providers/data/providers.json"] = _json_lines(
        {"generated": f"from specs/providers; do not edit. Run: {COMMAND}"}, "providers", rows
    )
    modules["fluent_ai_providers/__init__.py"] = (
        f'{header("specs/providers")}\n"""Typed clients, one module for each provider, and their data."""\n'
    )
    data["fluent_ai_wire/py.typed"] = data["fluent_ai_providers/py.typed"] = b""
    return dict(sorted({**format_modules(modules), **data}.items()))


def _json_lines(head: dict[str, object], key: str, rows: list[object]) -> bytes:
    """A JSON object with one row a line, so that a diff shows the rows that changed."""
    encode = msgspec.json.Encoder(order="sorted").encode
    start = b"".join(encode(name) + b":" + encode(value) + b",\n" for name, value in head.items())
    return b"{" + start + encode(key) + b":[\n" + b",\n".join(encode(row) for row in rows) + b"\n]}\n"
