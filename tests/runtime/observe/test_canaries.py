"""One call that meets all who watch; then everything that was written is searched for what must not be in it."""

from __future__ import annotations

import base64
import logging
import time
import traceback
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks

pytest.importorskip("cryptography", reason="the extra `keys` is not installed")

KEY = "canary-key-0123456789abcdef"
PROMPT, ANSWER = "canary-prompt-of-the-user", "canary-answer-of-the-model"
USAGE = {"prompt_tokens": 7, "completion_tokens": 2}


def forms(secret: str) -> list[bytes]:
    """The ways to write a secret that a search would otherwise miss."""
    data = secret.encode()
    shifted = [base64.b64encode(b"x" * shift + data)[4 if shift else 0 : -4] for shift in range(3)]
    return [data, data[::-1], data.hex().encode(), secret.encode("utf-16-le"), *shifted]


def test_nothing_that_is_written_holds_a_key_a_prompt_or_an_answer(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from fluent_ai.auth import unlocking

    trace = pytest.importorskip("opentelemetry.sdk.trace", reason="the SDK of OpenTelemetry is not installed")
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    monkeypatch.setattr(unlocking, "_keyring", lambda: None)
    unlock = tmp_path / "unlock"
    unlock.write_bytes(base64.b64encode(b"k" * 32))
    monkeypatch.setenv("FLUENT_AI_KEY_FILE", str(unlock))
    folder = tmp_path / "written"
    store = ai.KeyStore(folder / "keys.json")
    store.set("acme", KEY)
    ledger, metrics = ai.Ledger(folder / "usage.db"), ai.Metrics()
    spans, reader, tracers = InMemorySpanExporter(), InMemoryMetricReader(), trace.TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    telemetry = ai.otel(tracer_provider=tracers, meter_provider=MeterProvider([reader]))
    key = ai.LimitedKey(store["acme"], requests_per_minute=50, budget=5.0, ledger=ledger)
    settings: dict[str, Any] = {
        "keys": {"acme": key}, "manifests": [manifest_for(server.url)], "retries": 0,
        "observe": [ledger, metrics, telemetry],
    }  # fmt: skip
    server.say(
        stream(sse(*text_chunks(ANSWER, usage=USAGE))),
        reply(401, {"error": {"message": f"the key {KEY} is wrong"}}),
        reply(401, {"error": {"message": f"the key {KEY} is wrong"}}),  # asked for anew, and refused again
        reply(400, {"error": {"message": f"bad prompt {PROMPT}"}}),
        stream(sse(*text_chunks(ANSWER), done=False)[:1], end=False),
    )
    texts: list[str] = []
    with caplog.at_level(logging.DEBUG), ai.Client(**settings) as client:
        for _ in range(4):
            try:
                client.complete("acme:m", PROMPT)
            except ai.FluentError as error:
                if not isinstance(error, ai.InvalidRequest):  # whose message is the provider's own words
                    texts += traceback.format_exception(error)
                texts.append(repr(error))
        deadline = time.monotonic() + 30
        while len(spans.get_finished_spans()) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)  # observers are told in a thread of their own
        assert len(spans.get_finished_spans()) == 4
        report = client.metrics()
        texts += [repr(client.providers()), repr(client), repr(key), repr(store), repr(store.audit())]
    ledger.export(folder / "calls.csv")
    ledger.export(folder / "calls.json")
    texts += [span.to_json() for span in spans.get_finished_spans()]
    texts += [str(reader.get_metrics_data()), report.to_json(), repr(report)]
    for record in caplog.records:
        texts += [record.getMessage(), repr(vars(record) | {"exc_info": None})]
    ledger._last()
    found = {each.name: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    assert {"keys.json", "keys.json.audit", "usage.db", "calls.csv", "calls.json"} <= found.keys()
    found["texts"] = "\n".join(texts).encode("utf-8", "replace")
    assert len(server.sent) == 5
    assert KEY in server.sent[0].headers["authorization"]
    for secret in (KEY, PROMPT, ANSWER):
        # A refused prompt may be quoted by the provider in an error's message, which is shown to its caller alone.
        told = [name for name, data in found.items() if any(form in data for form in forms(secret))]
        assert told in ([], ["texts"] if secret == PROMPT else [])
        if told:
            quoting = [text for text in texts if secret in text]
            assert quoting == [repr_of for repr_of in quoting if repr_of.startswith("InvalidRequest(")]
