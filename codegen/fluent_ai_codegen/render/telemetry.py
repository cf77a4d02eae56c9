"""The runtime's names for OpenTelemetry, rendered from the reviewed table."""

from __future__ import annotations

from jinja2 import Environment

from fluent_ai_codegen.files.telemetry import Telemetry
from fluent_ai_codegen.render.clients import quote
from fluent_ai_codegen.render.normalise import header

_SOURCE = "specs/telemetry/gen_ai.toml"
_MODULE = "runtime/fluent_ai/observe/otel_names.py"


def telemetry_module(table: Telemetry | None, environment: Environment) -> dict[str, str]:
    """Path below the root of a checkout -> module, not yet formatted."""
    if table is None:
        return {}
    environment.filters["quote"] = quote
    return {_MODULE: environment.get_template("otel_names.py.jinja").render(header=header(_SOURCE), table=table)}
