"""specs/names/<provider>.toml: all enum members that were ever rendered. `fluent-ai generate` only adds to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from fluent_ai.arguments import toml_table
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.files.cache import write_atomically

_HEAD = (
    "# Members of the enum of {}: programs use them, so none is renamed or dropped. `fluent-ai generate` adds lines.\n"
)


def parse_names(text: bytes, source: str) -> dict[str, str]:
    """Member name -> model id. ConfigError names `source` and what is wrong: the TOML, a type, an id named twice."""
    try:
        names = msgspec.convert(toml_table(text, source), dict[str, str])
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}") from None
    owners: dict[str, str] = {}
    for name, model_id in names.items():
        if model_id in owners:
            raise ConfigError(f"{source}: {owners[model_id]} and {name} are both {model_id!r}; keep one of them")
        owners[model_id] = name
    return names


def encode_names(provider: str, members: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{name} = {_quote(model_id)}\n" for name, model_id in sorted(members)]
    return (_HEAD.format(provider) + "".join(lines)).encode()


def write_names(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what changed; a file is replaced in one step."""
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, data)


def _quote(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
