"""Spans and metrics, as OpenTelemetry's own SDK receives them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.observe import otel_names as names
from fluent_ai.testing import fake_provider
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from verb_answers import embeddings, images, moderation, rerank, speech, token_counting, transcription

from .conftest import USAGE, WHOLE

pytest.importorskip("opentelemetry.sdk", reason="OpenTelemetry's SDK is not installed")

from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

PYTHON = {"string": str, "int": int, "double": float, "boolean": bool, "string[]": tuple}


class Telemetry:
    """A whole SDK in memory, and the observer that tells it."""

    def __init__(self, **options: Any) -> None:
        self.exporter = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.reader = InMemoryMetricReader()
        self.meters = MeterProvider([self.reader])
        self.observer = ai.otel(tracer_provider=self.tracers, meter_provider=self.meters, **options)

    def spans(self) -> Sequence[ReadableSpan]:
        assert self.observer.flush(60)
        found = self.exporter.get_finished_spans()
        for span in found:
            check(span.attributes or {})
        return found

    def points(self, name: str) -> list[Any]:
        assert self.observer.flush(60)
        data: Any = self.reader.get_metrics_data()
        if data is None:
            return []
        metrics = [each for scope in data.resource_metrics[0].scope_metrics for each in scope.metrics]
        found = [point for each in metrics if each.name == name for point in each.data.data_points]
        for point in found:
            check(point.attributes)
        return found


def check(attributes: Any) -> None:
    """Every attribute stands in the table, with its type."""
    for name, value in attributes.items():
        assert type(value) is PYTHON[names.TYPES[name]], name


@pytest.fixture
def telemetry() -> Iterator[Telemetry]:
    made = Telemetry()
    yield made
    made.tracers.shutdown()
    made.meters.shutdown()


def test_a_call_is_a_span(settings: dict[str, Any], server: Server, telemetry: Telemetry) -> None:
    usage = {**USAGE, "prompt_tokens_details": {"cached_tokens": 3}, "cost": 0.5}
    server.say(stream(sse(*text_chunks("Hello", usage=usage))))  # type: ignore[arg-type]
    with ai.Client(**settings, observe=[telemetry.observer]) as client:
        client.complete("acme:m", "hi", temperature=0, max_tokens=5, stop=["x"], seed=7, system="s")
    (span,) = telemetry.spans()
    assert (span.name, span.kind, span.status.status_code) == ("chat m", SpanKind.CLIENT, StatusCode.UNSET)
    told = dict(span.attributes or {})
    assert told.pop(names.RESPONSE_TIME_TO_FIRST_CHUNK) > 0  # type: ignore[operator]
    assert told == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "acme",
        "gen_ai.request.model": "m",
        "gen_ai.request.stream": True,
        "gen_ai.request.temperature": 0.0,
        "gen_ai.request.max_tokens": 5,
        "gen_ai.request.stop_sequences": ("x",),
        "gen_ai.request.seed": 7,
        "gen_ai.output.type": "text",
        "gen_ai.response.id": "chat-1",
        "gen_ai.response.model": "real-model",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": 2,
        "gen_ai.usage.cache_read.input_tokens": 3,
        "fluent_ai.ended": "complete",
        "fluent_ai.attempts": 1,
        "fluent_ai.cost": 0.5,
    }
    assert span.start_time is not None
    assert span.end_time is not None
    assert 0 < span.end_time - span.start_time < 60e9


def test_metrics_are_recorded_once_a_call(settings: dict[str, Any], server: Server, telemetry: Telemetry) -> None:
    server.say(WHOLE, WHOLE, reply(400, {}))
    with ai.Client(**settings, observe=[telemetry.observer]) as client:
        client.complete("acme:m", "hi")
        client.complete("acme:m", "hi")
        with pytest.raises(ai.InvalidRequest):
            client.complete("acme:m", "hi")
    (used,) = telemetry.points("gen_ai.client.inference.usage.input_tokens")
    assert (used.value, used.attributes["gen_ai.token.modality"]) == (14, "unknown")
    (tokens,) = telemetry.points("gen_ai.client.inference.operation.output_tokens")
    assert (tokens.sum, tokens.count, tokens.explicit_bounds[:3]) == (4, 2, (1, 4, 16))
    durations = telemetry.points("gen_ai.client.inference.duration")
    assert {(point.count, point.attributes.get("error.type")) for point in durations} == {
        (2, None),
        (1, "InvalidRequest"),
    }
    assert durations[0].explicit_bounds == (
        0.01,
        0.02,
        0.04,
        0.08,
        0.16,
        0.32,
        0.64,
        1.28,
        2.56,
        5.12,
        10.24,
        20.48,
        40.96,
        81.92,
    )
    (first,) = telemetry.points("gen_ai.client.inference.time_to_first_chunk")
    assert first.count == 2


def test_a_failure_is_told_by_its_kind(settings: dict[str, Any], server: Server, telemetry: Telemetry) -> None:
    server.say(reply(503, {"error": {"message": "canary-said"}}, headers={"retry-after": "0"}))
    client = ai.Client(**settings | {"retries": 1}, observe=[telemetry.observer])
    with client, pytest.raises(ai.Overloaded):
        client.complete("acme:m", "canary-prompt")
    (span,) = telemetry.spans()
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "Overloaded")
    assert (span.attributes or {})["error.type"] == "Overloaded"
    first, last = span.events
    assert (first.name, dict(first.attributes or {})[names.ATTEMPT_NUMBER]) == ("fluent_ai.attempt.failed", 1)
    assert names.ATTEMPT_RETRY_IN in (first.attributes or {})
    assert names.ATTEMPT_RETRY_IN not in (last.attributes or {})
    assert "canary" not in span.to_json()


@pytest.mark.parametrize("ended", ["closed", "dropped"])
def test_a_stream_that_is_left_is_no_failure(
    settings: dict[str, Any], server: Server, telemetry: Telemetry, ended: str
) -> None:
    from fluent_ai.observe import watching

    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    with ai.Client(**settings, observe=[telemetry.observer]) as client:
        left = client.stream("acme:m", "hi")
        next(iter(left.text()))
        if ended == "closed":
            left.close()
        del left
    assert watching._dropped.flush(60)
    (span,) = telemetry.spans()
    assert ((span.attributes or {})[names.ENDED], span.status.status_code) == (ended, StatusCode.UNSET)


def test_content_is_told_only_on_request(settings: dict[str, Any], server: Server) -> None:
    history: Any = [
        {"role": "user", "content": "add"},
        {
            "role": "assistant",
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "3"},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://acme.example/canary.png"}}]},
    ]
    for content in (False, True):
        telemetry = Telemetry(content=content)
        with ai.Client(**settings, observe=[telemetry.observer]) as client:
            client.complete("acme:m", history, system="canary-system")
        (span,) = telemetry.spans()
        told = span.attributes or {}
        if not content:
            assert "canary" not in span.to_json()
            assert "Hello" not in span.to_json()
            continue
        assert json.loads(str(told[names.SYSTEM_INSTRUCTIONS])) == [{"type": "text", "content": "canary-system"}]
        assert json.loads(str(told[names.INPUT_MESSAGES])) == [
            {"role": "user", "parts": [{"type": "text", "content": "add"}]},
            {"role": "assistant", "parts": [{"type": "tool_call", "id": "c1", "name": "add", "arguments": {}}]},
            {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": "3"}]},
            {"role": "user", "parts": [{"type": "image"}]},
        ]
        assert json.loads(str(told[names.OUTPUT_MESSAGES])) == [
            {"role": "assistant", "parts": [{"type": "text", "content": "Hello"}], "finish_reason": "stop"}
        ]


def test_the_span_is_the_parent_of_what_a_worker_does(telemetry: Telemetry) -> None:
    tracer = telemetry.tracers.get_tracer("worker")

    class Works:
        def chat_model(self, model: str) -> Works:
            return self

        def run(self, request: ai.ChatRequest, emit: Callable[[ai.Event], None]) -> None:
            with tracer.start_as_current_span("thinking"):
                emit(ai.StreamStart())
                emit(ai.Finish("stop"))

    row = Manifest(id="works", name="W", docs="", auth=Auth(scheme="none"), chat=(Route(protocol="worker"),))
    ai.register_provider(row, Works)
    try:
        with ai.Client(observe=[telemetry.observer]) as client, tracer.start_as_current_span("request"):
            client.complete("works:m", "hi")
            assert trace.get_current_span().get_span_context().span_id != 0
    finally:
        ai.unregister_provider("works")
    found = {span.name: span for span in telemetry.spans()}
    assert found["chat m"].kind == SpanKind.INTERNAL
    for child, parent in (("thinking", "chat m"), ("chat m", "request")):
        assert found[child].parent is not None
        assert found[child].parent.span_id == found[parent].context.span_id  # type: ignore[union-attr]


def test_tasks_keep_their_own_parents(settings: dict[str, Any], telemetry: Telemetry) -> None:
    tracer = telemetry.tracers.get_tracer("tasks")

    async def ask(client: ai.AsyncClient, number: int) -> None:
        with tracer.start_as_current_span(f"task {number}"):
            await client.complete(f"acme:{number}", "hi")

    async def main() -> None:
        async with ai.AsyncClient(**settings, observe=[telemetry.observer]) as client:
            await asyncio.gather(*(ask(client, number) for number in range(8)))

    asyncio.run(main())
    found = {span.name: span for span in telemetry.spans()}
    for number in range(8):
        parent = found[f"chat {number}"].parent
        assert parent is not None
        assert parent.span_id == found[f"task {number}"].context.span_id


def test_tools_have_spans(telemetry: Telemetry) -> None:
    def add(a: int, b: int) -> int:
        return a + b

    call = ai.ToolCall("c1", "add", {"a": 1, "b": 2})
    with telemetry.observer.tool(call):
        assert ai.call_tool(call, [add]).content == "3"
    with pytest.raises(ValueError, match="canary"), telemetry.observer.tool(call):
        raise ValueError("canary")
    well, failed = telemetry.spans()
    assert (well.name, well.kind) == ("execute_tool add", SpanKind.INTERNAL)
    assert dict(well.attributes or {}) == {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "add",
        "gen_ai.tool.call.id": "c1",
        "gen_ai.tool.type": "function",
    }
    assert (failed.status.status_code, failed.status.description) == (StatusCode.ERROR, "ValueError")
    assert "canary" not in failed.to_json()


VERBS = {
    "embeddings": (embeddings, "openai_embeddings", "embeddings m"),
    "images": (images, "openai_images", "generate_content m"),
    "moderation": (moderation, "openai_moderation", "moderation m"),
    "rerank": (rerank, "cohere_rerank", "rerank m"),
    "speech": (speech, "openai_speech", "generate_content m"),
    "token_counting": (token_counting, "openai_input_tokens", "count_tokens m"),
    "transcription": (transcription, "openai_transcription", "generate_content m"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_span(verb: str, server: Server, telemetry: Telemetry) -> None:
    module, protocol, name = VERBS[verb]
    server.say(module.ANSWERS[protocol])
    row = manifest_for(server.url, **{verb: (Route(protocol=protocol, path="/x"),)})
    with ai.Client(keys={"acme": "k"}, manifests=[row], observe=[telemetry.observer]) as client:
        getattr(client, module.VERB)("acme:m", *module.ARGUMENTS)
    (span,) = telemetry.spans()
    assert span.name == name
    metric = "gen_ai.client.embeddings.duration" if verb == "embeddings" else "gen_ai.client.inference.duration"
    assert len(telemetry.points(metric)) == (verb not in ("moderation", "rerank", "token_counting"))


def test_lists_and_checks_have_spans(settings: dict[str, Any], server: Server, telemetry: Telemetry) -> None:
    server.say(reply(200, {"object": "list", "data": [{"id": "m"}]}))
    with ai.Client(**settings, observe=[telemetry.observer]) as client:
        client.models("acme")
        client.check("acme")
    assert [span.name for span in telemetry.spans()] == ["list_models acme", "check_provider acme"]


class Hanging(SpanExporter):
    def __init__(self) -> None:
        self.go_on = threading.Event()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.go_on.wait(60)
        return SpanExportResult.SUCCESS


class Raising(SpanExporter):
    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        raise RuntimeError("canary")


def test_an_exporter_that_hangs_or_raises_ends_no_call(settings: dict[str, Any]) -> None:
    hanging = Hanging()
    for exporter in (hanging, Raising()):
        tracers = TracerProvider()
        tracers.add_span_processor(SimpleSpanProcessor(exporter))
        observer = ai.otel(tracer_provider=tracers)
        client = ai.Client(**settings, observe=[observer])
        for _ in range(3):
            assert client.complete("acme:m", "hi").text == "Hello"
        hanging.go_on.set() if exporter is not hanging else None
        if exporter is hanging:
            assert not observer.flush(0.01)
            hanging.go_on.set()
        assert observer.flush(60)
        client.close()


def test_a_tracer_that_raises_ends_no_call(settings: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    class Broken(trace.NoOpTracer):
        def start_span(self, *_: Any, **__: Any) -> Any:
            raise RuntimeError("canary")

    observer = ai.otel()
    observer._tracer = Broken()
    with ai.Client(**settings, observe=[observer]) as client:
        assert client.complete("acme:m", "hi").text == "Hello"
    assert "OpenTelemetry" in caplog.text
    assert "canary" not in caplog.text


def test_without_the_extra_it_says_what_to_install() -> None:
    program = """
import sys
sys.modules["opentelemetry"] = None
import fluent_ai as ai
try:
    ai.otel()
except ai.ConfigError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "otel needs OpenTelemetry's API: pip install 'fluent-ai[otel]'\n"
    with pytest.raises(ai.ConfigError, match="content is of type str"):
        ai.otel(content="yes")  # type: ignore[arg-type]


def test_without_an_sdk_nothing_happens(settings: dict[str, Any]) -> None:
    with fake_provider("Hello"), ai.Client(observe=[ai.otel(content=True)]) as client:
        assert client.complete("fake:m", "hi").text == "Hello"
