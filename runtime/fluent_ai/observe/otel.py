"""OpenTelemetry, which is imported only here: the extra `otel` brings its API; what exports is the program's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.arguments import as_flag
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

    from fluent_ai.observe.telemetry import OpenTelemetry


def otel(
    *,
    content: bool = False,
    tracer_provider: TracerProvider | None = None,
    meter_provider: MeterProvider | None = None,
) -> OpenTelemetry:
    """An observer that makes a span of each call and records its metrics, by the GenAI semantic conventions 0.1.0.

    With `content=True`, spans also hold prompts and answers. Providers are by default those that the program has set.
    Raises ConfigError where OpenTelemetry's API is not installed.

        >>> import fluent_ai as ai
        >>> client = ai.Client(observe=[ai.otel()])
    """
    try:
        from fluent_ai.observe.telemetry import OpenTelemetry
    except ImportError:
        raise ConfigError("otel needs OpenTelemetry's API: pip install 'fluent-ai[otel]'") from None
    return OpenTelemetry(as_flag(content, "content"), tracer_provider, meter_provider)
