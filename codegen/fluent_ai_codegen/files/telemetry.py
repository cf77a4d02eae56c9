"""The reviewed table of the names by which calls are told to OpenTelemetry."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
from fluent_ai.errors import ConfigError
from fluent_ai.type_info import prepare

Type = Literal["string", "string[]", "int", "double", "boolean"]
_FOREIGN = {"error.type"}
"""Attributes of other conventions."""


class Metric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An instrument. `bounds` names the buckets of a histogram."""

    name: str
    kind: Literal["histogram", "counter"]
    unit: str
    description: str
    bounds: str | None = None


class Telemetry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    version: str
    source: str
    operations: dict[str, str]
    providers: dict[str, str]
    attributes: dict[str, tuple[str, Type]]
    metrics: dict[str, Metric]
    bounds: dict[str, tuple[float, ...]]


def read_telemetry(path: Path) -> Telemetry | None:
    """The table; None if there is none. ConfigError says what in it is wrong."""
    if not path.exists():
        return None
    try:
        table = msgspec.toml.decode(path.read_bytes(), type=Telemetry)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    names = [name for name, _ in table.attributes.values()]
    for name in (*names, *(metric.name for metric in table.metrics.values())):
        if not name.startswith(("gen_ai.", "fluent_ai.")) and name not in _FOREIGN:
            raise ConfigError(f"{path}: {name!r} is of no namespace that we write; allowed: gen_ai., fluent_ai.")
    if len(set(names)) != len(names):
        raise ConfigError(f"{path}: an attribute is there twice")
    for key, metric in table.metrics.items():
        if (metric.kind == "histogram") != (metric.bounds in table.bounds):
            raise ConfigError(
                f"{path}: metrics.{key}: a histogram has bounds that are in the table, a counter has none"
            )
    for key in (*table.attributes, *table.metrics):
        if not key.isidentifier():
            raise ConfigError(f"{path}: {key!r} is no identifier")
    return table


prepare(Telemetry)
