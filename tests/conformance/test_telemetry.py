"""Recorded streams, answered over a socket: each is booked, counted and told to OpenTelemetry once, by the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Route
from fluent_ai.observe import otel_names as names
from fluent_ai.protocols.table import codecs
from recordings import REASON
from scripted_server import Answer, Server, manifest_for
from watchers import Keeper

from .test_traffic import body, expected_streams

pytest.importorskip("opentelemetry.sdk", reason="OpenTelemetry's SDK is not installed")

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

PYTHON = {"string": str, "int": int, "double": float, "boolean": bool, "string[]": tuple}
TYPES = {"bedrock_converse": "application/vnd.amazon.eventstream", "ollama_chat": "application/x-ndjson"}


@pytest.mark.parametrize("wire", codecs("chat"))
def test_recorded_streams_are_observed_once(wire: str, tmp_path: Path) -> None:
    rows = expected_streams(wire)
    if not rows:
        pytest.skip(REASON)
    server, exporter, keeper = Server(), InMemorySpanExporter(), Keeper()
    tracers = TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    ledger, telemetry = ai.Ledger(tmp_path / "usage.db"), ai.otel(tracer_provider=tracers)
    row = manifest_for(server.url, chat=(Route(protocol=wire, path="/chat"),))
    settings: Any = {"keys": {"acme": "k"}, "manifests": [row], "retries": 0, "validate": False}
    with ai.Client(**settings, observe=[keeper, ledger, telemetry, ai.Metrics()]) as client:
        for each in rows:
            data = body(each)
            head = f"HTTP/1.1 200 OK\r\ncontent-type: {TYPES.get(wire, 'text/event-stream')}\r\n"
            server.say(Answer([f"{head}content-length: {len(data)}\r\n\r\n".encode() + data]))
            failed = reply = None
            try:
                reply = client.complete("acme:m", "hi")
            except ai.FluentError as error:
                failed = error
            call = keeper.last
            assert (call.ended, type(call.error)) == ("complete" if failed is None else "failed", type(failed))
            assert failed or (reply and reply.usage == call.usage)
        total = client.metrics().total
    server.close()
    keeper.check_once()
    spans = exporter.get_finished_spans()
    assert len(keeper.calls) == len(spans) == len(list(ledger.rows())) == total.total == len(rows)
    assert total.succeeded + total.failed == len(rows)
    for span in spans:
        for name, value in (span.attributes or {}).items():
            assert type(value) is PYTHON[names.TYPES[name]], name
