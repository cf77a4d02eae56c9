"""Which events of a response are known: those that are read, and those that say nothing of their own.

Source: https://platform.openai.com/docs/api-reference/responses-streaming, openai-python's `ResponseStreamEvent`,
https://openrouter.ai/docs/api-reference/responses/overview,
https://docs.perplexity.ai/api-reference/responses-post, and recorded traffic.
"""

from __future__ import annotations

import re

_READ = frozenset({
    "response.output_text.delta", "response.output_text.done", "response.output_text.annotation.added",
    "response.reasoning_summary_text.delta", "response.reasoning_summary_text.done",
    "response.reasoning_text.delta", "response.reasoning_text.done", "response.refusal.delta",
    "response.function_call_arguments.delta", "response.function_call_arguments.done",
    "response.custom_tool_call_input.delta", "response.custom_tool_call_input.done",
    "response.output_item.added", "response.output_item.done",
    "response.completed", "response.incomplete", "response.failed", "error", "keepalive", "ping",
})  # fmt: skip

_TOLD_AGAIN = frozenset({
    "response.created", "response.queued", "response.in_progress",
    "response.content_part.added", "response.content_part.done", "response.refusal.done",
    "response.reasoning_part.added", "response.reasoning_part.done",
    "response.reasoning_summary_part.added", "response.reasoning_summary_part.done",
    "response.apply_patch_call_operation_diff.delta", "response.apply_patch_call_operation_diff.done",
    "response.code_interpreter_call_code.delta", "response.code_interpreter_call_code.done",
    "response.compaction.compacting",
    "response.image_generation_call.partial_image",
    "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done",
    "response.mcp_call.arguments_delta", "response.mcp_call.arguments_done",  # Azure
    "response.reasoning.started", "response.reasoning.stopped",  # Perplexity, as the four below
    "response.reasoning.search_queries", "response.reasoning.search_results",
    "response.reasoning.fetch_url_queries", "response.reasoning.fetch_url_results",
    "response.shell_call_command.added", "response.shell_call_command.delta", "response.shell_call_command.done",
    "response.shell_call_output_content.delta", "response.shell_call_output_content.done",
})  # fmt: skip
"""What they hold comes once more, with the end of its item or with the response."""

_PROGRESS = re.compile(
    r"response\.\w+_(?:call|list_tools)\.(?:in_progress|searching|interpreting|generating|completed|failed)"
)
"""How far the call of a hosted tool is, also of one that is new: its item says what it did."""


def is_documented(kind: str) -> bool:
    return kind in _TOLD_AGAIN or kind in _READ or _PROGRESS.fullmatch(kind) is not None
