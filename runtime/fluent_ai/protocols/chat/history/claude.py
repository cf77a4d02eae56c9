"""What Claude models take for reasoning; the same over Anthropic's own API and over others that host them."""

from __future__ import annotations

import re

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest, ReasoningEffort
from fluent_ai.errors import ConfigError

DEFAULT_MAX_TOKENS = 8192
"""Tokens of answer where `max_tokens` is not given, beside what reasoning may take."""

BUDGETS: dict[ReasoningEffort, int] = {
    "none": 0, "minimal": 1024, "low": 2048, "medium": 8192, "high": 16_384, "xhigh": 24_576, "max": 32_768,
}  # fmt: skip
"""Tokens of reasoning for each effort; at least 1,024 is what the API takes."""

_SHORT_ANSWERS = (
    (re.compile(r"claude-opus-4(?:[-.][01])?(?!\d|[-.]\d{1,2}(?!\d))"), 32_000),
    (re.compile(r"claude-3[-.]5-"), 8192),
    (re.compile(r"claude-3-(?:haiku|sonnet|opus)"), 4096),
)
"""The longest answer, in tokens, of models that write less than we would ask for, where the registry does not know it.

Source: https://docs.claude.com/en/docs/about-claude/models/overview.
"""

_VERSION = re.compile(r"claude-(?:[a-z]+-)?(\d+)(?:[-.](\d{1,2})(?!\d))?")


def thinks_adaptively(model: str) -> bool:
    """Claude 4.6 and later decide by themselves how long to think; those before take a budget of tokens."""
    found = _VERSION.search(model)
    return found is not None and (int(found[1]), int(found[2] or 0)) >= (4, 6)


def reasoning_fields(effort: ReasoningEffort, request: ChatRequest) -> JsonObject:
    """The fields of a messages request. `minimal` is `low` for models that think adaptively."""
    model = request.model
    if effort == "none":
        return {"thinking": {"type": "disabled"}}
    if thinks_adaptively(model):
        return {
            # Asked for by name, because some models keep their thinking to themselves by default.
            "thinking": {"type": "adaptive", "display": "summarized"},
            "output_config": {"effort": "low" if effort == "minimal" else effort},
        }
    return {"thinking": {"type": "enabled", "budget_tokens": _budget(effort, _longest_answer(request))}}


def _budget(effort: ReasoningEffort, most: int | None) -> int:
    """The budget of an effort, or what a model that writes less leaves of it: the answer keeps up to a quarter."""
    budget = BUDGETS[effort]
    return budget if most is None else max(1024, min(budget, most - min(DEFAULT_MAX_TOKENS, most // 4)))


def _longest_answer(request: ChatRequest) -> int | None:
    known = (most for pattern, most in _SHORT_ANSWERS if pattern.search(request.model))
    return request.limits.max_output_tokens or next(known, None)


def max_tokens(request: ChatRequest, thinking: object) -> int:
    """`max_tokens` counts reasoning and answer together. Raises ConfigError when a budget leaves no answer."""
    budget = thinking.get("budget_tokens") if isinstance(thinking, dict) else None
    if not isinstance(budget, int):
        budget = 0
    if request.max_tokens is None:
        wanted = DEFAULT_MAX_TOKENS + max(budget, BUDGETS[request.reasoning or "none"])
        return min(wanted, _longest_answer(request) or wanted)
    if request.max_tokens <= budget:
        raise ConfigError(
            f"max_tokens is {request.max_tokens} and reasoning may take {budget} of them; "
            f"allowed: more than {budget}, or less reasoning"
        )
    return request.max_tokens
