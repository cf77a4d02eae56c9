"""What providers call a failure and an end: reviewed tables, a source per row, and the only place that reads words.

A status decides before any word (`api_errors`); of words, a code by itself decides before the text of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fluent_ai.content.reply import FinishReason
from fluent_ai.errors import (
    ApiError,
    AuthError,
    ContentFiltered,
    ContextTooLong,
    InvalidRequest,
    NotFound,
    Overloaded,
    PermissionDenied,
    QuotaExceeded,
    RateLimited,
    RegionUnsupported,
    ServerError,
)

_OPENAI = "https://platform.openai.com/docs/guides/error-codes"
_AZURE = "https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter"
_ANTHROPIC = "https://docs.claude.com/en/api/errors"
_GOOGLE = "https://cloud.google.com/apis/design/errors"
_BEDROCK = "https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html"
_ZAI = "https://docs.z.ai/api-reference/api-code"
_MINIMAX = "https://platform.minimax.io/docs/api-reference/errorcode"
_QWEN = "https://help.aliyun.com/en/model-studio/error-code"
_MOONSHOT = "https://platform.moonshot.ai/docs/api/chat"
_DEEPSEEK = "https://api-docs.deepseek.com/quick_start/error_codes"
_LLAMA_CPP = "https://github.com/ggml-org/llama.cpp/issues/15780"
_VLLM = "https://github.com/vllm-project/vllm/blob/main/vllm/v1/engine/"
_TGI = "https://github.com/huggingface/text-generation-inference/blob/main/router/src/"
_QIANFAN = "https://cloud.baidu.com/doc/qianfan-api/s/Om9b4yj3w"
_PI = "https://github.com/earendil-works/pi/blob/main/packages/ai/src/utils/overflow.ts"


class Code(NamedTuple):
    """A word or number that stands by itself in an error's `code`, `type` or `status`; any case."""

    meaning: type[ApiError]
    code: str
    source: str
    provider: str | None = None
    """The only one that means this by it; None where nobody means anything else."""


CODES: tuple[Code, ...] = (
    Code(QuotaExceeded, "insufficient_quota", _OPENAI),
    Code(QuotaExceeded, "billing_not_active", _OPENAI),
    Code(QuotaExceeded, "billing_hard_limit_reached", _OPENAI),
    Code(QuotaExceeded, "billing_error", _ANTHROPIC),
    Code(QuotaExceeded, "ServiceQuotaExceededException", _BEDROCK),
    Code(QuotaExceeded, "exceeded_current_quota_error", _MOONSHOT),
    Code(QuotaExceeded, "Arrearage", _QWEN),
    Code(QuotaExceeded, "AllocationQuota.FreeTierOnly", _QWEN),
    Code(QuotaExceeded, "insufficient_user_quota", "https://docs.laozhang.ai/en/faq/balance-insufficient"),
    Code(QuotaExceeded, "1113", _ZAI, "zhipuai"),
    Code(QuotaExceeded, "1304", _ZAI, "zhipuai"),
    Code(QuotaExceeded, "1308", _ZAI, "zhipuai"),
    Code(QuotaExceeded, "1309", _ZAI, "zhipuai"),
    Code(QuotaExceeded, "1310", _ZAI, "zhipuai"),
    Code(QuotaExceeded, "1008", _MINIMAX, "minimax"),
    Code(ContextTooLong, "context_length_exceeded", _OPENAI),
    Code(ContextTooLong, "exceed_context_size_error", _LLAMA_CPP),
    Code(ContextTooLong, "tokens_limit_reached", "https://github.com/arbs-io/github-copilot-llm-gateway/issues/55"),
    Code(ContextTooLong, "model_context_window_exceeded", "https://github.com/anomalyco/opencode/pull/18814"),
    Code(ContextTooLong, "1261", _ZAI, "zhipuai"),
    Code(ContextTooLong, "tokens_too_long", _QIANFAN),
    Code(ContextTooLong, "characters_too_long", _QIANFAN),
    Code(ContentFiltered, "content_filter", _AZURE),
    Code(ContentFiltered, "ResponsibleAIPolicyViolation", _AZURE),
    Code(ContentFiltered, "content_policy_violation", _OPENAI),
    Code(ContentFiltered, "data_inspection_failed", _QWEN),
    Code(ContentFiltered, "DataInspectionFailed", _QWEN),
    Code(ContentFiltered, "1301", _ZAI, "zhipuai"),
    Code(ContentFiltered, "1026", _MINIMAX, "minimax"),
    Code(ContentFiltered, "1027", _MINIMAX, "minimax"),
    Code(AuthError, "invalid_api_key", _OPENAI),
    Code(AuthError, "authentication_error", _ANTHROPIC),
    Code(AuthError, "invalid_authentication_error", _MOONSHOT),
    Code(AuthError, "UNAUTHENTICATED", _GOOGLE),
    Code(AuthError, "UnrecognizedClientException", _BEDROCK),
    Code(AuthError, "ExpiredTokenException", _BEDROCK),
    Code(AuthError, "InvalidApiKey", _QWEN),
    Code(AuthError, "1000", _ZAI, "zhipuai"),
    Code(AuthError, "1002", _ZAI, "zhipuai"),
    Code(AuthError, "1003", _ZAI, "zhipuai"),
    Code(AuthError, "1004", _ZAI, "zhipuai"),
    Code(AuthError, "1004", _MINIMAX, "minimax"),
    Code(AuthError, "2049", _MINIMAX, "minimax"),
    Code(PermissionDenied, "permission_error", _ANTHROPIC),
    Code(PermissionDenied, "PERMISSION_DENIED", _GOOGLE),
    Code(PermissionDenied, "AccessDeniedException", _BEDROCK),
    Code(RegionUnsupported, "unsupported_country_region_territory", _OPENAI),
    Code(NotFound, "model_not_found", _OPENAI),
    Code(NotFound, "not_found_error", _ANTHROPIC),
    Code(NotFound, "NOT_FOUND", _GOOGLE),
    Code(NotFound, "ResourceNotFoundException", _BEDROCK),
    Code(NotFound, "1211", _ZAI, "zhipuai"),
    Code(Overloaded, "overloaded_error", _ANTHROPIC),
    Code(Overloaded, "engine_overloaded_error", _MOONSHOT),
    Code(Overloaded, "UNAVAILABLE", _GOOGLE),
    Code(Overloaded, "ServiceUnavailableException", _BEDROCK),
    Code(Overloaded, "ModelNotReadyException", _BEDROCK),
    Code(Overloaded, "1312", _ZAI, "zhipuai"),
    Code(RateLimited, "rate_limit_error", _ANTHROPIC),
    Code(RateLimited, "rate_limit_exceeded", _OPENAI),
    Code(RateLimited, "rate_limit_reached_error", _MOONSHOT),
    Code(RateLimited, "RESOURCE_EXHAUSTED", _GOOGLE),
    Code(RateLimited, "ThrottlingException", _BEDROCK),
    Code(RateLimited, "Throttling", _QWEN),
    Code(RateLimited, "Throttling.RateQuota", _QWEN),
    Code(RateLimited, "Throttling.AllocationQuota", _QWEN),
    Code(RateLimited, "1302", _ZAI, "zhipuai"),
    Code(RateLimited, "1303", _ZAI, "zhipuai"),
    Code(RateLimited, "1305", _ZAI, "zhipuai"),
    Code(RateLimited, "1002", _MINIMAX, "minimax"),
    Code(RateLimited, "1039", _MINIMAX, "minimax"),
    Code(ServerError, "server_error", _OPENAI),
    Code(ServerError, "api_error", _ANTHROPIC),
    Code(ServerError, "INTERNAL", _GOOGLE),
    Code(ServerError, "InternalServerException", _BEDROCK),
    Code(ServerError, "1000", _MINIMAX, "minimax"),
    Code(ServerError, "1024", _MINIMAX, "minimax"),
    Code(ServerError, "1033", _MINIMAX, "minimax"),
    Code(InvalidRequest, "2013", _MINIMAX, "minimax"),
)


class Wording(NamedTuple):
    """A regular expression that a code or a message holds; lower case."""

    meaning: type[ApiError]
    words: str
    source: str


WORDINGS: tuple[Wording, ...] = (
    Wording(QuotaExceeded, "insufficient balance", _DEEPSEEK),
    Wording(QuotaExceeded, "credit balance is too low", "https://github.com/Aider-AI/aider/issues/804"),
    Wording(QuotaExceeded, "exceeded your current quota", _OPENAI),
    Wording(QuotaExceeded, "used all available credits or reached its monthly spending limit",
            "https://github.com/continuedev/continue/issues/10373"),
    Wording(QuotaExceeded, "run out of credits", "https://github.com/Wei-Shaw/sub2api/issues/4069"),
    Wording(QuotaExceeded, "exceeded your monthly included credits",
            "https://github.com/huggingface/agents-course/issues/386"),
    Wording(QuotaExceeded, "account is in good standing", _QWEN),
    Wording(QuotaExceeded, "usage limit for this (billing cycle|period)",
            "https://www.kimi.com/code/docs/en/kimi-code/error-reference.html"),
    Wording(QuotaExceeded, "daily token limit exceeded", "https://github.com/continuedev/continue/issues/12761"),
    Wording(ContextTooLong, "context_length_exceeded", _OPENAI),
    Wording(ContextTooLong, "maximum context length", _OPENAI),
    Wording(ContextTooLong, "context window", _OPENAI),
    Wording(ContextTooLong, "reduce the length of the (messages|input|prompt)", _PI),
    Wording(ContextTooLong, "prompt is too long", _PI),
    Wording(ContextTooLong, "exceed context limit", "https://github.com/cline/kanban/issues/505"),
    Wording(ContextTooLong, "input is too long", _PI),
    Wording(ContextTooLong, "too many (input )?tokens", _PI),
    Wording(ContextTooLong, "exceeds the maximum number of tokens", _PI),
    Wording(ContextTooLong, "exceeds the available context size", _LLAMA_CPP),
    Wording(ContextTooLong, "context size has been exceeded", "https://github.com/oobabooga/textgen/issues/7257"),
    Wording(ContextTooLong, "greater than the context length", _PI),
    Wording(ContextTooLong, "longer than the model'?s context length", _PI),
    Wording(ContextTooLong, "longer than the maximum model length",
            "https://github.com/EleutherAI/lm-evaluation-harness/issues/2880"),
    Wording(ContextTooLong, "too long to fit into the model", "https://github.com/vllm-project/vllm/issues/12165"),
    Wording(ContextTooLong, "is too long and exceeds limit", "https://github.com/hiyouga/LlamaFactory/issues/3241"),
    Wording(ContextTooLong, "maximum prompt length is", _PI),
    Wording(ContextTooLong, "exceeded model token limit", _PI),
    Wording(ContextTooLong, "prompt token count of [0-9]+ exceeds the limit", _PI),
    Wording(ContextTooLong, "exceeds the maximum allowed input length", _PI),
    Wording(ContextTooLong, "must have less than [0-9]+ tokens",
            f"{_TGI}validation.rs"),
    Wording(ContextTooLong, "`inputs` tokens . `max_new_tokens` must be", f"{_TGI}validation.rs"),
    Wording(ContextTooLong, "prompt tokens too long", _QIANFAN),
    Wording(ContextTooLong, "request body too large for .* model",
            "https://github.com/arbs-io/github-copilot-llm-gateway/issues/55"),
    Wording(ContextTooLong, "prompt exceeds max length", "https://github.com/NousResearch/hermes-agent/issues/70394"),
    Wording(ContextTooLong, "prompt too long; exceeded (max )?context length", _PI),
    Wording(ContextTooLong, "too large for model with [0-9]+ maximum context", _PI),
    Wording(ContextTooLong, "context window exceeds limit", _PI),
    Wording(ContextTooLong, "range of input length should be", _QWEN),
    Wording(ContentFiltered, "content_filter|content management policy|responsibleaipolicy", _AZURE),
    Wording(ContentFiltered, "content_policy", _OPENAI),
    Wording(ContentFiltered, "data_inspection_failed|inappropriate content", _QWEN),
    Wording(AuthError, "invalid_api_key|incorrect api key", _OPENAI),
    Wording(AuthError, "api_key_invalid|api key not valid", "https://ai.google.dev/gemini-api/docs/troubleshooting"),
    Wording(AuthError, "authentication_error", _ANTHROPIC),
    Wording(AuthError, "unrecognizedclient|expiredtoken", _BEDROCK),
    Wording(NotFound, "model_not_found", _OPENAI),
    Wording(RegionUnsupported, "location is not supported", "https://ai.google.dev/gemini-api/docs/troubleshooting"),
    Wording(Overloaded, "overloaded", _ANTHROPIC),
    Wording(RateLimited, "rate[_ ]limit|too_many_requests", _OPENAI),
    Wording(RateLimited, "resource_exhausted", _GOOGLE),
    Wording(ServerError, "server_error|internal_error", _OPENAI),
)  # fmt: skip


class Ending(NamedTuple):
    """How a reply ended, in a provider's own term; any case."""

    reason: FinishReason
    term: str
    source: str


_CHAT = "https://platform.openai.com/docs/api-reference/chat/object"
_MESSAGES = "https://docs.claude.com/en/api/handling-stop-reasons"
_CONVERSE = "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html"
_GEMINI = "https://ai.google.dev/api/generate-content#FinishReason"
_VERTEX = "https://docs.cloud.google.com/ruby/docs/reference/google-cloud-ai_platform-v1/latest/"
_NUMBERS = f"{_VERTEX}Google-Cloud-AIPlatform-V1-Candidate-FinishReason"
_COHERE = "https://docs.cohere.com/v2/reference/chat"
_MISTRAL = "https://docs.mistral.ai/api/#tag/chat"
_GLM = "https://docs.z.ai/api-reference/llm/chat-completion"

ENDINGS: tuple[Ending, ...] = (
    Ending("stop", "stop", _CHAT),
    Ending("stop", "end_turn", _MESSAGES),
    Ending("stop", "stop_sequence", _MESSAGES),
    Ending("stop", "complete", _COHERE),
    Ending("stop", "eos", "https://docs.together.ai/reference/chat-completions-1"),
    Ending("stop", "eos_token", f"{_TGI}lib.rs"),
    Ending("stop", "normal", "https://cloud.baidu.com/doc/qianfan-api/s/3m7of64lb"),
    Ending("stop", "endoftext", "https://docs.ai21.com/reference/j2-complete-ref"),
    Ending("stop", "1", _NUMBERS),
    Ending("length", "length", _CHAT),
    Ending("length", "max_tokens", _MESSAGES),
    Ending("length", "max_output_tokens", "https://platform.openai.com/docs/api-reference/responses/object"),
    Ending("length", "model_context_window_exceeded", _MESSAGES),
    Ending("length", "model_length", _MISTRAL),
    Ending("length", "2", _NUMBERS),
    Ending("tool_calls", "tool_calls", _CHAT),
    Ending("tool_calls", "function_call", _CHAT),
    Ending("tool_calls", "tool_use", _MESSAGES),
    Ending("tool_calls", "tool_call", _COHERE),
    Ending("content_filter", "content_filter", _CHAT),
    Ending("content_filter", "sensitive", _GLM),
    Ending("content_filter", "guardrail_intervened", _CONVERSE),
    Ending("content_filter", "content_filtered", _CONVERSE),
    Ending("content_filter", "safety", _GEMINI),
    Ending("content_filter", "3", _NUMBERS),
    Ending("content_filter", "recitation", _GEMINI),
    Ending("content_filter", "4", _NUMBERS),
    Ending("content_filter", "blocklist", _GEMINI),
    Ending("content_filter", "prohibited_content", _GEMINI),
    Ending("content_filter", "spii", _GEMINI),
    Ending("content_filter", "model_armor", _NUMBERS),
    Ending("content_filter", "image_safety", _GEMINI),
    Ending("content_filter", "image_prohibited_content", _GEMINI),
    Ending("content_filter", "image_recitation", _GEMINI),
    Ending("refusal", "refusal", _MESSAGES),
    Ending("error", "error", _MISTRAL),
    Ending("error", "timeout", _COHERE),
    Ending("error", "network_error", _GLM),
    Ending("error", "insufficient_system_resource", "https://api-docs.deepseek.com/api/create-chat-completion"),
    Ending("error", "abort", f"{_VLLM}__init__.py"),
    Ending("error", "malformed_model_output", _CONVERSE),
    Ending("error", "malformed_tool_use", _CONVERSE),
    Ending("error", "malformed_function_call", _GEMINI),
    Ending("error", "unexpected_tool_call", _GEMINI),
    Ending("error", "too_many_tool_calls", _GEMINI),
    Ending("error", "missing_thought_signature", _GEMINI),
    Ending("error", "malformed_response", _GEMINI),
)

_BY_CODE = {(row.provider, row.code.lower()): row.meaning for row in CODES}
_BY_WORDS = tuple((row.meaning, re.compile(row.words)) for row in WORDINGS)
_BY_TERM: dict[str, FinishReason] = {row.term: row.reason for row in ENDINGS}


def by_codes(provider: str, codes: Iterable[str]) -> Iterator[type[ApiError]]:
    """What the codes of a failure mean, as far as they have a row."""
    for code in codes:
        kind = _BY_CODE.get((provider, code.lower())) or _BY_CODE.get((None, code.lower()))
        if kind is not None:
            yield kind


def by_words(text: str) -> Iterator[type[ApiError]]:
    """What the text of a failure may mean, best guess first."""
    text = text.lower()
    return (kind for kind, words in _BY_WORDS if words.search(text))


def how_it_ended(term: str | None) -> FinishReason | None:
    """The reason that a provider's term means; `other` for a term without a row, None for none."""
    return None if term is None else _BY_TERM.get(term.lower(), "other")
