"""A provider's catalog: one rendered JSON file, read on first use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.provenance import Evidence, Origin

_UNDISPUTED = msgspec.Raw(b"{}")


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A model, the index of its profile, and disputes as JSON: fact -> (index of the source, its value)."""

    model: ModelInfo
    profile: Annotated[int, msgspec.Meta(ge=0)] = 0
    disputes: msgspec.Raw = _UNDISPUTED


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """The file. `profiles` record which source stated which fact (see `Evidence`); many models share one."""

    generated: str
    provider: str
    sources: tuple[Origin, ...]
    profiles: tuple[msgspec.Raw, ...]
    models: list[Row]


_decode = msgspec.json.Decoder(Catalog).decode


def read_catalog(path: Path) -> list[ModelInfo]:
    """The models of one catalog, in its order. Raises ConfigError for a damaged file.

    The evidence is decoded only on demand; if it is damaged, `Evidence` raises ConfigError then.
    """
    try:
        return attach_evidence(_decode(path.read_bytes()))
    except (OSError, IndexError, ValueError, RecursionError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}; reinstall fluent-ai, or run `fluent-ai generate`") from None


def read_catalogs(path: Path) -> dict[str, list[ModelInfo]]:
    """The models of a catalog, or of all catalogs in a folder, by provider. Raises ConfigError if there is none."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{path}: there is no catalog in this folder; give one, or a folder with <provider>.json")
    return {file.stem: read_catalog(file) for file in files}


def attach_evidence(catalog: Catalog) -> list[ModelInfo]:
    """The catalog's models, with their provider and evidence attached."""
    profiles = [bytes(profile) for profile in catalog.profiles]
    plain = [Evidence(catalog.sources, profile) for profile in profiles]
    fill = msgspec.structs.force_setattr
    models = []
    for row in catalog.models:
        model, evidence = row.model, plain[row.profile]
        if row.disputes != _UNDISPUTED:
            evidence = Evidence(catalog.sources, profiles[row.profile], bytes(row.disputes))
        fill(model, "provider", catalog.provider)
        fill(model, "evidence", evidence)
        models.append(model)
    return models
