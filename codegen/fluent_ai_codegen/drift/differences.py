"""How a published API specification differs from what was last reviewed, as far as specs/wire reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec
import yaml
from fluent_ai.arguments import toml_table
from fluent_ai.errors import ConfigError
from fluent_ai.type_info import prepare

from fluent_ai_codegen.drift.apis import Field, Fields, Schema
from fluent_ai_codegen.files.cache import write_atomically
from fluent_ai_codegen.files.specs import Specs


class Api(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a specification is published; `roots`: `document.Schema` of specs/wire -> its names there."""

    name: str
    url: str
    roots: dict[str, tuple[str, ...]]


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """cache/apis/<name>.json: the fields of a specification as they were when last reviewed."""

    api: str
    url: str
    observed: date
    stand_in: bool
    sha256: str
    schemas: dict[str, Fields]


class Difference(msgspec.Struct, frozen=True):
    """`what`: new field, new value, type, and of what is gone: field, value. `read` says that we read the field."""

    api: str
    field: str
    what: str
    value: str = ""
    read: bool = False

    def __str__(self) -> str:
        told = f"{self.what} {self.value}".rstrip()
        return f"{self.field}: {told}{', which is read' if self.read and self.what.startswith('gone') else ''}"


class _Apis(msgspec.Struct, forbid_unknown_fields=True):
    api: list[Api]


prepare(_Apis)
_decode_reviewed = msgspec.json.Decoder(Reviewed).decode


def load_apis(folder: Path, specs: Specs) -> dict[str, Api]:
    """specs/apis.toml by name. ConfigError names what is wrong."""
    source = "specs/apis.toml"
    try:
        found = msgspec.convert(toml_table((folder / "apis.toml").read_bytes(), source), _Apis).api
    except FileNotFoundError:
        raise ConfigError(f"{source} is missing; it says where API specifications are published") from None
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}") from None
    wire = wire_schemas(specs)
    for api in found:
        for root in api.roots:
            document, _, name = root.partition(".")
            if name not in wire.get(document, {}):
                raise ConfigError(f"{source}: {api.name}: {root} is no schema of specs/wire")
    return {api.name: api for api in found}


def wire_schemas(specs: Specs) -> dict[str, Mapping[str, Schema]]:
    """The schemas of each document of specs/wire."""
    return {document.name: yaml.safe_load(document.text)["components"]["schemas"] for document in specs.wire}


def read_reviewed(path: Path) -> Reviewed | None:
    """What was last reviewed; None when nothing was. ConfigError for a file that is none."""
    try:
        return _decode_reviewed(path.read_bytes())
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise ConfigError(f"cache/apis/{path.name}: {error}; run `fluent-ai drift --accept` again") from None


def write_reviewed(path: Path, reviewed: Reviewed) -> None:
    write_atomically(path, msgspec.json.format(msgspec.json.encode(reviewed, order="deterministic"), indent=1) + b"\n")


def differences(api: str, before: Mapping[str, Fields], after: Mapping[str, Fields]) -> list[Difference]:
    """From what was reviewed to what is published, by schema and field."""
    return [
        Difference(api, f"{schema}.{field}", what, value, read)
        for schema in sorted({*before, *after})
        for old, new in [(before.get(schema, {}), after.get(schema, {}))]
        for field in sorted({*old, *new})
        for what, value, read in _changes(old.get(field), new.get(field))
    ]


def _changes(old: Field | None, new: Field | None) -> Iterator[tuple[str, str, bool]]:
    if old is None or new is None:
        if new is not None:
            yield "new field", " or ".join(new.types), new.read
        elif old is not None:
            yield "gone field", "", old.read
        return
    if old.types != new.types:
        yield "type", f"{' or '.join(old.types) or 'any'} -> {' or '.join(new.types) or 'any'}", new.read
    # A field that we have begun to read since has values that were not recorded.
    if old.read and new.read:
        yield from (("new value", repr(value), True) for value in new.values if value not in old.values)
        yield from (("gone value", repr(value), True) for value in old.values if value not in new.values)
