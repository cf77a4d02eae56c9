"""Calls as spans and metrics of OpenTelemetry, by the names of `otel_names`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import time_ns
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from opentelemetry import context, metrics, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from fluent_ai.content.reply import Reply
from fluent_ai.content.requests import ChatRequest
from fluent_ai.observe import otel_names as names
from fluent_ai.observe.call import Call
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.observer import Observer
from fluent_ai.observe.otel_content import input_messages, output_messages, system_instructions

if TYPE_CHECKING:
    from fluent_ai.content.parts import ToolCall

_SCOPE = "fluent_ai"
_INFERENCE = {"chat", "images", "speech", "transcription"}
"""The verbs whose metrics are those of inference."""


class OpenTelemetry(Observer):
    """Made by `ai.otel()`. The span of a call is current while the call is opened, so what a model in this process or
    an instrumented HTTP library does for it becomes a part of its trace.

    A span begins where the call runs, and ends in the observer's own thread, with the times of the call: an exporter
    that hangs holds up no call. Metrics are recorded once a call, when it ends.
    """

    def __init__(
        self,
        content: bool,
        tracer_provider: trace.TracerProvider | None,
        meter_provider: metrics.MeterProvider | None,
    ) -> None:
        self._content = content
        self._tracer = trace.get_tracer(_SCOPE, tracer_provider=tracer_provider)
        meter = metrics.get_meter(_SCOPE, meter_provider=meter_provider)
        self._histograms = {
            each: meter.create_histogram(
                each.name, each.unit, each.description, explicit_bucket_boundaries_advisory=each.bounds
            )
            for each in names.METRICS
            if each.bounds is not None
        }
        self._counters = {
            each: meter.create_counter(each.name, each.unit, each.description)
            for each in names.METRICS
            if each.bounds is None
        }
        self._spans: WeakKeyDictionary[Call, Span] = WeakKeyDictionary()

    def finished(self, call: Call) -> None:
        span = self._spans.pop(call, None)
        if span is not None:
            if span.is_recording():
                span.set_attributes(_known(_answer(call)))
                for attempt in call.failures:
                    span.add_event("fluent_ai.attempt.failed", _known(_failure(attempt)), _nanoseconds(attempt.at))
                if self._content:
                    span.set_attributes(_known(_content(call)))
                if call.ended == "failed":
                    span.set_status(Status(StatusCode.ERROR, type(call.error).__name__))
            span.end(end_time=_nanoseconds(call.started + (call.duration or 0.0)))
        self._record(call)

    @contextmanager
    def tool(self, call: ToolCall) -> Iterator[None]:
        """A span for the run of a tool that a model has called, within the span that is current.

        >>> import fluent_ai as ai
        >>> telemetry = ai.otel()
        >>> call = ai.ToolCall("call-1", "add", {"a": 1, "b": 2})
        >>> with telemetry.tool(call):
        ...     pass  # ai.call_tool(call, [add])
        """
        facts: dict[str, Any] = {
            names.OPERATION_NAME: "execute_tool",
            names.TOOL_NAME: call.name,
            names.TOOL_CALL_ID: call.id or None,
            names.TOOL_TYPE: "function",
        }
        if self._content:
            facts[names.TOOL_CALL_ARGUMENTS] = json.dumps(call.arguments)
        with self._tracer.start_as_current_span(
            f"execute_tool {call.name}", kind=SpanKind.INTERNAL, attributes=_known(facts), record_exception=False,
            set_status_on_exception=False,
        ) as span:  # fmt: skip
            try:
                yield
            except BaseException as error:  # its message may quote arguments
                span.set_attribute(names.ERROR_TYPE, type(error).__name__)
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    @contextmanager
    def _around(self, call: Call) -> Iterator[None]:
        facts = _common(call)
        kind = SpanKind.INTERNAL if call.route == "worker" else SpanKind.CLIENT
        subject = call.model or call.provider
        span = self._tracer.start_span(
            f"{facts[names.OPERATION_NAME]} {subject}", kind=kind, attributes=_known(facts | _asked(call)),
            start_time=_nanoseconds(call.started),
        )  # fmt: skip
        self._spans[call] = span
        token = context.attach(trace.set_span_in_context(span))
        try:
            yield
        finally:
            context.detach(token)

    def _record(self, call: Call) -> None:
        usage, facts = call.usage, _known(_common(call))
        if (model := _model(call)) is not None:
            facts[names.RESPONSE_MODEL] = model
        ended = facts if call.ended != "failed" else {**facts, names.ERROR_TYPE: type(call.error).__name__}
        if call.verb == "embeddings":
            self._histograms[names.EMBEDDINGS_DURATION_METRIC].record(call.duration or 0.0, ended)
            if usage is not None and usage.input_tokens is not None:
                self._histograms[names.EMBEDDINGS_INPUT_TOKENS_METRIC].record(usage.input_tokens, facts)
        if call.verb not in _INFERENCE:
            return
        self._histograms[names.INFERENCE_DURATION_METRIC].record(call.duration or 0.0, ended)
        if call.timing is not None and call.timing.first_event is not None:
            self._histograms[names.TIME_TO_FIRST_CHUNK_METRIC].record(call.timing.first_event, facts)
        if usage is None:
            return
        for metric, count in (
            (names.OPERATION_INPUT_TOKENS_METRIC, usage.input_tokens),
            (names.OPERATION_OUTPUT_TOKENS_METRIC, usage.output_tokens),
        ):
            if count is not None:
                self._histograms[metric].record(count, facts)
        of_any = {**facts, names.MODALITY: "unknown"}
        for metric, count in (
            (names.USAGE_INPUT_TOKENS_METRIC, usage.input_tokens),
            (names.USAGE_OUTPUT_TOKENS_METRIC, usage.output_tokens),
            (names.USAGE_CACHE_READ_INPUT_TOKENS_METRIC, usage.cached_input_tokens),
            (names.USAGE_CACHE_WRITE_INPUT_TOKENS_METRIC, usage.cache_write_tokens),
            (names.USAGE_REASONING_OUTPUT_TOKENS_METRIC, usage.reasoning_tokens),
        ):
            if count:
                self._counters[metric].add(count, of_any)


def _common(call: Call) -> dict[str, Any]:
    return {
        names.OPERATION_NAME: names.OPERATIONS.get(call.verb, call.verb),
        names.PROVIDER_NAME: names.PROVIDERS.get(call.provider, call.provider),
        names.REQUEST_MODEL: call.model,
    }


def _asked(call: Call) -> dict[str, Any]:
    request = call.request
    if not isinstance(request, ChatRequest):
        return {}
    return {
        names.OUTPUT_TYPE: "text" if request.output is None else "json",
        names.REQUEST_STREAM: True,
        names.REQUEST_SEED: request.seed,
        names.REQUEST_TOP_K: request.top_k,
        names.REQUEST_TOP_P: request.top_p,
        names.REQUEST_TEMPERATURE: request.temperature,
        names.REQUEST_MAX_TOKENS: request.max_tokens,
        names.REQUEST_STOP_SEQUENCES: request.stop or None,
        names.REQUEST_REASONING_LEVEL: request.reasoning,
    }


def _answer(call: Call) -> dict[str, Any]:
    result, usage, timing = call.result, call.usage, call.timing
    facts: dict[str, Any] = {names.ENDED: call.ended, names.ATTEMPTS: call.attempts, names.COST: call.cost}
    if call.from_cache:
        facts[names.FROM_CACHE] = True
    if call.ended == "failed":
        facts[names.ERROR_TYPE] = type(call.error).__name__
    if result is not None:
        facts |= {names.RESPONSE_ID: result.id, names.RESPONSE_MODEL: result.model}
    if isinstance(result, Reply) and result.finish_reason is not None:
        facts[names.RESPONSE_FINISH_REASONS] = (result.finish_reason,)
    if timing is not None:
        facts[names.RESPONSE_TIME_TO_FIRST_CHUNK] = timing.first_event
    if usage is not None:
        facts |= {
            names.USAGE_INPUT_TOKENS: usage.input_tokens,
            names.USAGE_OUTPUT_TOKENS: usage.output_tokens,
            names.USAGE_CACHE_READ_INPUT_TOKENS: usage.cached_input_tokens,
            names.USAGE_CACHE_WRITE_INPUT_TOKENS: usage.cache_write_tokens,
            names.USAGE_REASONING_OUTPUT_TOKENS: usage.reasoning_tokens,
        }
    return facts


def _failure(attempt: AttemptEvent) -> dict[str, Any]:
    return {
        names.ATTEMPT_NUMBER: attempt.attempt,
        names.ERROR_TYPE: type(attempt.error).__name__,
        names.ATTEMPT_RETRY_IN: attempt.retry_in,
    }


def _content(call: Call) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if isinstance(call.request, ChatRequest):
        facts[names.INPUT_MESSAGES] = input_messages(call.request)
        facts[names.SYSTEM_INSTRUCTIONS] = system_instructions(call.request)
    if isinstance(call.result, Reply):
        facts[names.OUTPUT_MESSAGES] = output_messages(call.result)
    return facts


def _model(call: Call) -> str | None:
    return None if call.result is None else call.result.model


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that are known, with the types that their names have."""
    return {
        name: float(value) if names.TYPES[name] == "double" else value
        for name, value in facts.items()
        if value is not None
    }


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1e9) if 0 < seconds < 9e9 else time_ns()  # a clock may be anywhere
