"""Which fields of a usage object bear on the price, as far as that is known.

A number in any other field makes the total unknown, because it may stand for something that is billed. So does a
service that has no known price.

Sources: the providers' API references, and recorded responses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

_OPENAI = """
prompt_tokens completion_tokens input_tokens output_tokens total_tokens reasoning_tokens
cached_tokens num_cached_tokens prompt_cache_hit_tokens prompt_cache_miss_tokens image_tokens text_tokens
prompt_tokens_details.cached_tokens prompt_tokens_details.cache_write_tokens prompt_tokens_details.audio_tokens
prompt_tokens_details.text_tokens prompt_tokens_details.image_tokens prompt_tokens_details.video_tokens
prompt_token_details.cached_tokens
completion_tokens_details.reasoning_tokens completion_tokens_details.audio_tokens
completion_tokens_details.text_tokens completion_tokens_details.image_tokens
completion_tokens_details.accepted_prediction_tokens completion_tokens_details.rejected_prediction_tokens
input_tokens_details.cached_tokens input_tokens_details.cache_write_tokens input_tokens_details.audio_tokens
input_tokens_details.text_tokens input_tokens_details.image_tokens
input_token_details.audio_tokens input_token_details.text_tokens
output_tokens_details.reasoning_tokens output_tokens_details.audio_tokens output_tokens_details.text_tokens
output_tokens_details.image_tokens
context_details.input_tokens context_details.output_tokens draft_tokens draft_tokens_acceptance
request_count seconds prompt_audio_seconds hosted_calls
"""
_ANTHROPIC = """
input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens
cache_creation.ephemeral_5m_input_tokens cache_creation.ephemeral_1h_input_tokens
output_tokens_details.thinking_tokens server_tool_use.web_search_requests server_tool_use.web_fetch_requests
iterations
"""
_GEMINI = """
promptTokenCount candidatesTokenCount totalTokenCount thoughtsTokenCount cachedContentTokenCount
toolUsePromptTokenCount promptTokensDetails promptTokenDetails candidatesTokensDetails cacheTokensDetails
toolUsePromptTokensDetails trafficType hosted_calls
"""
_BEDROCK = """
inputTokens outputTokens totalTokens cacheReadInputTokens cacheReadInputTokenCount cacheWriteInputTokens
cacheWriteInputTokenCount cacheDetails
"""
_COHERE = """
billed_units.input_tokens billed_units.output_tokens billed_units.search_units billed_units.image_tokens
tokens.input_tokens tokens.output_tokens tokens.image_tokens tokens.reasoning_tokens cached_tokens
"""
_MISTRAL = "prompt_tokens completion_tokens total_tokens connector_tokens connectors hosted_calls"
_OLLAMA = "prompt_eval_count eval_count"

_READ = {
    "mistral_conversations": frozenset(_MISTRAL.split()),
    "openai_chat": frozenset(_OPENAI.split()),
    "openai_responses": frozenset(_OPENAI.split()),
    "anthropic_messages": frozenset(_ANTHROPIC.split()),
    "bedrock_converse": frozenset(_BEDROCK.split()),
    "gemini": frozenset(_GEMINI.split()),
    "cohere_v2": frozenset(_COHERE.split()),
    "ollama_chat": frozenset(_OLLAMA.split()),
}
"""Protocol of chat -> the fields that are counted, or that repeat what others count."""
_OF_OTHER_VERBS = """
inputTextTokenCount tokens input_token_count character_count characters
usage.prompt_tokens usage.total_tokens statistics.token_count embeddings.statistics.token_count
"""
_EVERYWHERE = frozenset().union(*_READ.values(), _OF_OTHER_VERBS.split())

_NO_COUNT = re.compile(r"(^|_)(cost|costs|time|ms|duration|durations|latency|per_second)(_|$)|_cost|^cost|Latency")
"""Names of times, rates and sums of money, of which the sums are read as the provider's own total."""

_SERVICES: dict[str, dict[str, str]] = {
    "service_tier": {
        "": "", "default": "", "standard": "", "standard_only": "", "on_demand": "", "priority": "priority",
        "flex": "flex", "batch": "batch", "fast": "fast", "ultrafast": "ultrafast",
    },
    "serviceTier": {"": "", "standard": "", "default": "", "priority": "priority", "flex": "flex", "batch": "batch"},
    "trafficType": {
        "ON_DEMAND": "", "TRAFFIC_TYPE_UNSPECIFIED": "", "ON_DEMAND_PRIORITY": "priority", "ON_DEMAND_FLEX": "flex",
    },
    "speed": {"": "", "standard": "", "fast": "fast"},
    "inference_geo": {"": "", "global": "", "not_available": "", "us": "us"},
    "latency": {"": "", "standard": ""},
}  # fmt: skip
"""Field -> what it says -> how that is called in prices; `""` is the list price."""


def unread(raw: Mapping[str, Any], protocol: str) -> list[str]:
    """Why the total is unknown: each number above 0 in a field that nobody is known to read."""
    found = _counts(raw, _READ.get(protocol, _EVERYWHERE))
    return [f"the usage holds {value:g} {name}, which may be billed" for name, value in found]


def services(raw: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """How the request was served, other than at list price, and why the total is unknown."""
    found, doubts = [], []
    for field, meanings in _SERVICES.items():
        said = raw.get(field)
        if said is None:
            continue
        if isinstance(said, dict):  # Bedrock: {"type": "priority"}
            said = said.get("type")
        if not isinstance(said, str):
            continue
        meant = meanings.get(said)
        if meant is None:
            doubts.append(f"{field} is {said[:40]!r}, whose price is not known")
        elif meant:
            found.append(meant)
    return found, doubts


def _counts(raw: Mapping[str, Any], known: Set[str], prefix: str = "") -> Iterator[tuple[str, float]]:
    """The numbers above 0 in all fields but those that are known."""
    for key, value in raw.items():
        name = f"{prefix}{key}"
        if name in known or (name in _EVERYWHERE and isinstance(value, list | dict)):
            continue  # an object that is known is read as a whole
        if isinstance(value, dict):
            yield from _counts(value, known, f"{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            if not _NO_COUNT.search(key):
                yield name, value
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            yield name, len(value)
