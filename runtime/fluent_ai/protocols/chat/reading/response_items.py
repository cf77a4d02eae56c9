"""The items of a response that stand for tools beside functions, as calls and results.

Sources: https://platform.openai.com/docs/api-reference/responses/object, `output`;
https://docs.perplexity.ai/api-reference, `OutputItem`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter

_TOOLS = (
    "web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call", "mcp_call",
    "mcp_list_tools", "tool_search_call", "computer_call", "local_shell_call", "shell_call", "apply_patch_call",
)  # fmt: skip
_OUTPUTS = (
    "computer_call_output", "local_shell_call_output", "shell_call_output", "apply_patch_call_output",
    "tool_search_output",
)  # fmt: skip
_FOUND = {"search_results": "web_search", "fetch_url_results": "fetch_url"}
"""Items of Perplexity's that hold a call and its result, and no id, with the tools that it offers."""
_RESULTS = ("output", "outputs", "results", "result", "error", "tools", "contents")
_BESIDE = ("id", "type", "status", "call_id", *_RESULTS)


_DOCUMENTED = {"namespace", "caller", "phase", "thought_signature"}
"""Fields that only go back: https://platform.openai.com/docs/api-reference/responses/object, `output`."""


class ToolItem(NamedTuple):
    call_id: str
    name: str


class ToolItemResult(NamedTuple):
    content: str
    is_error: bool


def beside(writer: ReplyWriter, item: JsonObject, read: Collection[str]) -> JsonObject | None:
    """What an item says beside what is read of it, to be kept on its part; what is not documented is warned of."""
    found = {name: value for name, value in item.items() if value and name not in (*read, *_BESIDE, "role")}
    for name in found:
        if name not in _DOCUMENTED:
            writer.kept(name)
    return found or None


def tool_item(item: JsonObject) -> ToolItem | None:
    """Which tool an item calls; None for one that calls none, or a function."""
    kind = item.get("type")
    if isinstance(kind, str) and kind in _FOUND:
        return ToolItem("", _FOUND[kind])
    if kind not in _TOOLS:
        return None
    name = item.get("name")
    call_id = next((value for key in ("call_id", "id") if isinstance(value := item.get(key), str) and value), "")
    return ToolItem(call_id, name if name and isinstance(name, str) else str(kind).removesuffix("_call"))


def item_arguments(item: JsonObject) -> str:
    """What the tool was called with, as JSON text."""
    given = item.get("arguments")
    if isinstance(given, str):
        return given
    said = {key: value for key, value in item.items() if key not in _BESIDE and value is not None}
    action = said.pop("action", None)
    if isinstance(action, dict):
        said = {**said, **action}
    if isinstance(pages := item.get("contents"), list):
        said["urls"] = [page.get("url") for page in pages if isinstance(page, dict)]
    return msgspec.json.encode(said).decode()


def item_result(item: JsonObject) -> ToolItemResult | None:
    """What the tool gave back, where the item says it; an image is left to who reads media."""
    error = item.get("error")
    found = error or next((value for key in _RESULTS if (value := item.get(key)) is not None), None)
    if found is None or item.get("type") == "image_generation_call":
        return None
    return ToolItemResult(_as_text(found), bool(error) or item.get("status") == "failed")


def output_of(item: JsonObject) -> tuple[str, ToolItemResult] | None:
    """The call and the result of an item that holds nothing but the output of a call before it.

    The id is empty where the item does not say which call that was, as of tools that the provider searched.
    """
    call_id = item.get("call_id") or ""
    if item.get("type") not in _OUTPUTS or not isinstance(call_id, str):
        return None
    result = item_result(item)
    return None if result is None else (call_id, result)


def _as_text(found: object) -> str:
    """A text, the logs of code, or else JSON."""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        logs = [entry.get("logs") for entry in found if isinstance(entry, dict)]
        if logs and all(isinstance(log, str) for log in logs):
            return "".join(map(str, logs))
    return msgspec.json.encode(found).decode()
