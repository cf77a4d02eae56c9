"""Estimated token counts, against the usage that recorded answers report for recorded requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

import fluent_ai as ai
import pytest
from fluent_ai.content.message_input import to_messages
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.token_counting.estimate import Estimate
from fluent_ai.schema.tools import to_tools
from fluent_ai.verbs.count_tokens import Counted
from recordings import REASON, recorded

FOLDER = recorded("traffic")
if not FOLDER.is_dir():
    pytest.skip(REASON, allow_module_level=True)

UNLIKE = re.compile(
    r"_url|data:|base64|input_audio|file_data|web_search|builtin|search|documents|response_format|thinking|reason"
)
"""What is not text, or makes a provider add what nobody sees."""


def rows() -> Iterator[tuple[ChatRequest, int]]:
    """Requests of chat completions with the tokens that were billed for them."""
    lines = (FOLDER / "expected.jsonl").read_text("utf-8").splitlines()
    usages = {row["path"]: row.get("usage") or {} for row in map(json.loads, lines)}
    for sidecar in sorted((FOLDER / "openai_chat").glob("*.meta.json")):
        row = json.loads(sidecar.read_text("utf-8"))
        body = row["request"].get("body")
        if row["kind"] not in ("stream", "json") or not isinstance(body, dict) or UNLIKE.search(json.dumps(body)):
            continue
        stem = sidecar.name.removesuffix(".meta.json")
        for file in sidecar.parent.glob(f"{glob_of(stem)}*"):
            used = usages.get(f"openai_chat/{file.name}", {}).get("input") or _billed(file)
            if used:
                with suppress(ai.FluentError):  # some requests are of other dialects
                    tools = to_tools(body["tools"]) if body.get("tools") else ()
                    messages = to_messages(body["messages"])
                    yield ChatRequest(model=str(body.get("model")), messages=messages, tools=tools), used


def glob_of(name: str) -> str:
    return re.sub(r"[*?[]", "[\\g<0>]", name)


def _billed(file: Path) -> int | None:
    if file.suffix != ".json" or file.name.endswith(".meta.json"):
        return None
    found = json.loads(file.read_text("utf-8"))
    return found.get("usage", {}).get("prompt_tokens") if isinstance(found, dict) else None


def test_most_estimates_are_near_and_margins_cover_nine_in_ten() -> None:
    shares: list[float] = []
    covered = 0
    for request, used in rows():
        items: list[object] = []
        Estimate("acme").run(request, items.append)
        counted = items[-1]
        assert isinstance(counted, Counted)
        shares.append(used / counted.tokens)
        covered += used <= counted.tokens + counted.margin
    assert len(shares) > 70
    assert 0.9 < median(shares) < 1.15
    assert covered / len(shares) > 0.85
