"""Manifests from TOML, from plain data, and from what codegen rendered."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from fluent_ai.arguments import toml_table
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.checks import check_manifest
from fluent_ai.manifest.schema import Manifest


def parse_manifest(text: str | bytes, source: str, kind: type[Manifest] = Manifest) -> Manifest:
    """Parse a manifest in TOML as an instance of `kind`. Raises ConfigError, whose message names `source`."""
    return convert_manifest(toml_table(text, source), source, kind)


def convert_manifest(data: dict[str, Any], source: str, kind: type[Manifest] = Manifest) -> Manifest:
    """A manifest from decoded TOML or JSON. Raises ConfigError, whose message names `source`."""
    try:
        manifest = msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}") from None
    check_manifest(manifest, source)
    return manifest


class _Rows(msgspec.Struct):
    providers: list[Manifest]


_decode_rows = msgspec.json.Decoder(_Rows).decode


def data_folder() -> Path:
    """The folder of rendered manifests and catalogs, located without importing the package that holds it."""
    from importlib.util import find_spec

    spec = find_spec("fluent_ai_providers")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError(
            "fluent_ai_providers is not installed; reinstall fluent-ai, or run `fluent-ai generate` first"
        )
    return Path(spec.submodule_search_locations[0]) / "data"


@cache
def load_manifests() -> dict[str, Manifest]:
    """The manifests of all built-in providers by id, as codegen rendered and checked them. Read once."""
    path = data_folder() / "providers.json"
    try:
        rows = _decode_rows(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}; reinstall fluent-ai, or run `fluent-ai generate`") from None
    return {manifest.id: manifest for manifest in rows.providers}
