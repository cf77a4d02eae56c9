# Generated from specs/telemetry/gen_ai.toml; do not edit. Run: fluent-ai generate
"""The names by which calls are told to OpenTelemetry: release 0.1.0 of the GenAI semantic conventions.

Their status is "development", so a later release may rename them. Source:
https://github.com/open-telemetry/semantic-conventions-genai/tree/v0.1.0/docs/gen-ai
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

VERSION: Final = "0.1.0"
"""The release of the conventions."""


class Metric(NamedTuple):
    """An instrument; a counter has no bounds."""

    name: str
    unit: str
    description: str
    bounds: tuple[float, ...] | None = None


OPERATIONS: Final[Mapping[str, str]] = {
    "chat": "chat",
    "embeddings": "embeddings",
    "images": "generate_content",
    "speech": "generate_content",
    "transcription": "generate_content",
    "rerank": "rerank",
    "moderation": "moderation",
    "pull": "pull_model",
    "token_counting": "count_tokens",
    "tokenization": "tokenize",
    "models": "list_models",
    "check": "check_provider",
}
"""Verb -> `gen_ai.operation.name`."""
PROVIDERS: Final[Mapping[str, str]] = {
    "azure": "azure.ai.openai",
    "bedrock": "aws.bedrock",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "moonshot": "moonshot_ai",
    "vertexai": "gcp.vertex_ai",
    "xai": "x_ai",
}
"""Provider -> `gen_ai.provider.name`, where it is another."""

OPERATION_NAME: Final = "gen_ai.operation.name"
PROVIDER_NAME: Final = "gen_ai.provider.name"
ERROR_TYPE: Final = "error.type"
OUTPUT_TYPE: Final = "gen_ai.output.type"
REQUEST_MODEL: Final = "gen_ai.request.model"
REQUEST_STREAM: Final = "gen_ai.request.stream"
REQUEST_SEED: Final = "gen_ai.request.seed"
REQUEST_TOP_K: Final = "gen_ai.request.top_k"
REQUEST_TOP_P: Final = "gen_ai.request.top_p"
REQUEST_TEMPERATURE: Final = "gen_ai.request.temperature"
REQUEST_MAX_TOKENS: Final = "gen_ai.request.max_tokens"
REQUEST_STOP_SEQUENCES: Final = "gen_ai.request.stop_sequences"
REQUEST_REASONING_LEVEL: Final = "gen_ai.request.reasoning.level"
RESPONSE_ID: Final = "gen_ai.response.id"
RESPONSE_MODEL: Final = "gen_ai.response.model"
RESPONSE_FINISH_REASONS: Final = "gen_ai.response.finish_reasons"
RESPONSE_TIME_TO_FIRST_CHUNK: Final = "gen_ai.response.time_to_first_chunk"
USAGE_INPUT_TOKENS: Final = "gen_ai.usage.input_tokens"
USAGE_OUTPUT_TOKENS: Final = "gen_ai.usage.output_tokens"
USAGE_CACHE_READ_INPUT_TOKENS: Final = "gen_ai.usage.cache_read.input_tokens"
USAGE_CACHE_WRITE_INPUT_TOKENS: Final = "gen_ai.usage.cache_write.input_tokens"
USAGE_REASONING_OUTPUT_TOKENS: Final = "gen_ai.usage.reasoning.output_tokens"
MODALITY: Final = "gen_ai.token.modality"
TOOL_NAME: Final = "gen_ai.tool.name"
TOOL_CALL_ID: Final = "gen_ai.tool.call.id"
TOOL_TYPE: Final = "gen_ai.tool.type"
TOOL_CALL_ARGUMENTS: Final = "gen_ai.tool.call.arguments"
INPUT_MESSAGES: Final = "gen_ai.input.messages"
OUTPUT_MESSAGES: Final = "gen_ai.output.messages"
SYSTEM_INSTRUCTIONS: Final = "gen_ai.system_instructions"
ENDED: Final = "fluent_ai.ended"
ATTEMPTS: Final = "fluent_ai.attempts"
COST: Final = "fluent_ai.cost"
FROM_CACHE: Final = "fluent_ai.from_cache"
ATTEMPT_NUMBER: Final = "fluent_ai.attempt.number"
ATTEMPT_RETRY_IN: Final = "fluent_ai.attempt.retry_in"
TYPES: Final[Mapping[str, str]] = {
    OPERATION_NAME: "string",
    PROVIDER_NAME: "string",
    ERROR_TYPE: "string",
    OUTPUT_TYPE: "string",
    REQUEST_MODEL: "string",
    REQUEST_STREAM: "boolean",
    REQUEST_SEED: "int",
    REQUEST_TOP_K: "int",
    REQUEST_TOP_P: "double",
    REQUEST_TEMPERATURE: "double",
    REQUEST_MAX_TOKENS: "int",
    REQUEST_STOP_SEQUENCES: "string[]",
    REQUEST_REASONING_LEVEL: "string",
    RESPONSE_ID: "string",
    RESPONSE_MODEL: "string",
    RESPONSE_FINISH_REASONS: "string[]",
    RESPONSE_TIME_TO_FIRST_CHUNK: "double",
    USAGE_INPUT_TOKENS: "int",
    USAGE_OUTPUT_TOKENS: "int",
    USAGE_CACHE_READ_INPUT_TOKENS: "int",
    USAGE_CACHE_WRITE_INPUT_TOKENS: "int",
    USAGE_REASONING_OUTPUT_TOKENS: "int",
    MODALITY: "string",
    TOOL_NAME: "string",
    TOOL_CALL_ID: "string",
    TOOL_TYPE: "string",
    TOOL_CALL_ARGUMENTS: "string",
    INPUT_MESSAGES: "string",
    OUTPUT_MESSAGES: "string",
    SYSTEM_INSTRUCTIONS: "string",
    ENDED: "string",
    ATTEMPTS: "int",
    COST: "double",
    FROM_CACHE: "boolean",
    ATTEMPT_NUMBER: "int",
    ATTEMPT_RETRY_IN: "double",
}
"""Attribute -> its type."""

SECONDS_BOUNDS: Final = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
TOKENS_BOUNDS: Final = (
    1.0,
    4.0,
    16.0,
    64.0,
    256.0,
    1024.0,
    4096.0,
    16384.0,
    65536.0,
    262144.0,
    1048576.0,
    4194304.0,
    16777216.0,
    67108864.0,
)
INFERENCE_DURATION_METRIC: Final = Metric(
    "gen_ai.client.inference.duration", "s", "Duration of a call of a model.", SECONDS_BOUNDS
)
EMBEDDINGS_DURATION_METRIC: Final = Metric(
    "gen_ai.client.embeddings.duration", "s", "Duration of a call that embeds texts.", SECONDS_BOUNDS
)
TIME_TO_FIRST_CHUNK_METRIC: Final = Metric(
    "gen_ai.client.inference.time_to_first_chunk",
    "s",
    "Time from the request to the first event of its answer.",
    SECONDS_BOUNDS,
)
OPERATION_INPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.operation.input_tokens", "{token}", "Tokens of the prompt of a call.", TOKENS_BOUNDS
)
OPERATION_OUTPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.operation.output_tokens", "{token}", "Tokens of the answer of a call.", TOKENS_BOUNDS
)
EMBEDDINGS_INPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.embeddings.operation.input_tokens",
    "{token}",
    "Tokens of the texts that a call embeds.",
    TOKENS_BOUNDS,
)
USAGE_INPUT_TOKENS_METRIC: Final = Metric("gen_ai.client.inference.usage.input_tokens", "{token}", "Tokens of prompts.")
USAGE_OUTPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.usage.output_tokens", "{token}", "Tokens of answers."
)
USAGE_CACHE_READ_INPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.usage.cache_read.input_tokens",
    "{token}",
    "Tokens of prompts that were read from the provider's cache.",
)
USAGE_CACHE_WRITE_INPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.usage.cache_write.input_tokens",
    "{token}",
    "Tokens of prompts that were written to the provider's cache.",
)
USAGE_REASONING_OUTPUT_TOKENS_METRIC: Final = Metric(
    "gen_ai.client.inference.usage.reasoning.output_tokens",
    "{token}",
    "Tokens of answers that were spent on reasoning.",
)
METRICS: Final = (
    INFERENCE_DURATION_METRIC,
    EMBEDDINGS_DURATION_METRIC,
    TIME_TO_FIRST_CHUNK_METRIC,
    OPERATION_INPUT_TOKENS_METRIC,
    OPERATION_OUTPUT_TOKENS_METRIC,
    EMBEDDINGS_INPUT_TOKENS_METRIC,
    USAGE_INPUT_TOKENS_METRIC,
    USAGE_OUTPUT_TOKENS_METRIC,
    USAGE_CACHE_READ_INPUT_TOKENS_METRIC,
    USAGE_CACHE_WRITE_INPUT_TOKENS_METRIC,
    USAGE_REASONING_OUTPUT_TOKENS_METRIC,
)
