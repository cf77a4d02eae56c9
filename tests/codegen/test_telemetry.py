"""The table of names for OpenTelemetry, and the module that is rendered from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.observe import otel_names
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.telemetry import read_telemetry
from fluent_ai_codegen.render.generated import environment
from fluent_ai_codegen.render.telemetry import telemetry_module

TABLE = Layout.find(Path(__file__)).specs / "telemetry" / "gen_ai.toml"


def test_the_runtime_has_the_names_of_the_table() -> None:
    table = read_telemetry(TABLE)
    assert table is not None
    assert table.version == otel_names.VERSION
    assert table.operations == otel_names.OPERATIONS
    assert table.providers == otel_names.PROVIDERS
    assert dict(table.attributes.values()) == otel_names.TYPES
    assert [metric.name for metric in table.metrics.values()] == [metric.name for metric in otel_names.METRICS]
    for metric in otel_names.METRICS:
        assert (metric.bounds is None) == (".usage." in metric.name)


def test_every_verb_and_provider_of_the_table_exists() -> None:
    from fluent_ai.manifest.files import load_manifests
    from fluent_ai.manifest.schema import CAPABILITIES

    assert set(otel_names.OPERATIONS) == {*CAPABILITIES, "models", "check"}
    assert set(otel_names.PROVIDERS) <= set(load_manifests())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"gen_ai.operation.name"', '"other.operation.name"', "is of no namespace that we write"),
        ('"gen_ai.provider.name"', '"gen_ai.operation.name"', "an attribute is there twice"),
        ('bounds = "seconds"', 'bounds = "hours"', "a histogram has bounds"),
        ('kind = "counter"', 'kind = "gauge"', "Invalid enum value 'gauge'"),
        ("operation_name =", "operation-name =", "is no identifier"),
        ("[providers]", "[vendors]", "vendors"),
        ('"double"]', '"float"]', "Invalid enum value 'float'"),
        ("[operations]", "[operations", "gen_ai.toml"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = TABLE.read_text("utf-8")
    assert old in text
    path = tmp_path / "gen_ai.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=reason):
        read_telemetry(path)


def test_a_checkout_without_a_table_renders_none(tmp_path: Path) -> None:
    assert read_telemetry(tmp_path / "gen_ai.toml") is None
    assert telemetry_module(None, environment()) == {}
