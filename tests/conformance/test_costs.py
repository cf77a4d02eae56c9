"""What providers say that a request cost, against its recorded usage at the prices known here.

OpenRouter's other recordings are of models that many hosts serve, each at its own price of that day, or hold a search
that its plugin did: DeepSeek's differ from the list for these reasons, and in nothing else.
"""

from __future__ import annotations

import json
from math import isclose
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.protocols import stream_parser
from fluent_ai.registry.costing import cost_of
from recordings import REASON, recorded

TRAFFIC = recorded("traffic")
PARSED = ("openai_chat", "openai_responses")
MAKERS = ("anthropic/", "openai/gpt-4", "openai/gpt-5")
"""Of models that their makers alone serve, at one price."""
pytestmark = pytest.mark.skipif(not TRAFFIC.exists(), reason=REASON)


def recorded(provider: str, stated: bytes) -> list[Path]:
    paths = (path for wire in PARSED for path in sorted((TRAFFIC / wire).glob(f"{provider}--*.sse")))
    return [path for path in paths if stated in path.read_bytes()]


def replies(provider: str, stated: bytes) -> dict[str, ai.Reply]:
    found = {}
    for path in recorded(provider, stated):
        parser = stream_parser(provider, protocol=path.parent.name)
        events = [*parser.feed(path.read_bytes()), *(() if parser.error else parser.finish())]
        if parser.error is None:
            found[path.name] = ai.fold(events)
    return found


def listed(provider: str, name: str, reply: ai.Reply) -> ai.models.ModelInfo | None:
    """The model by the name that was answered, or by that which was asked for."""
    meta = TRAFFIC.glob(f"*/{name.removesuffix('.sse')}.meta.json")
    body = json.loads(next(meta).read_bytes())["request"].get("body")
    asked = body.get("model") if isinstance(body, dict) else None
    names = [each for each in (reply.model, asked) if isinstance(each, str)]
    return next((info for each in names if (info := ai.models.lookup(provider, each))), None)


def compared(provider: str, stated: bytes) -> list[tuple[str, str, float, float]]:
    """Recording, model, what the provider says, and what we make of its usage."""
    found = []
    for name, reply in replies(provider, stated).items():
        info, usage = listed(provider, name, reply), reply.usage
        assert usage is not None, name
        assert usage.cost is not None, name
        if info is not None and (total := cost_of(info, usage).total) is not None:
            found.append((name, info.id, usage.cost, total))
    return found


def test_openrouters_sums_are_ours_where_one_host_serves_the_model() -> None:
    matched = [each for each in compared("openrouter", b'"cost":') if each[1].startswith(MAKERS)]
    assert len(matched) >= 8
    for name, model, stated, ours in matched:
        assert isclose(stated, ours, rel_tol=1e-6), (name, model, stated, ours)


def test_xai_states_ticks_that_its_prices_explain() -> None:
    found = compared("xai", b"cost_in_usd_ticks")
    assert len(found) >= 9
    for name, model, stated, ours in found:
        assert isclose(stated, ours, rel_tol=1e-6), (name, model, stated, ours)
