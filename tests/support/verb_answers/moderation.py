"""Moderation: a text that holds `bad` is flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply

VERB = "moderate"
TEXTS = ["fine", "bad words", "fine too"]
ARGUMENTS = (TEXTS,)
OPTIONS: Mapping[str, object] = {}


def openai(sent: Sent) -> Answer:
    """With `flagged` as OpenAI says it, or without as Mistral does."""
    rows: list[dict[str, Any]] = []
    for text in sent.json()["input"]:
        bad = "bad" in text
        rows.append({"categories": {"hate": bad, "pii": None}, "category_scores": {"hate": 0.9 if bad else 1e-7}})
        if "omni" in sent.json()["model"]:
            rows[-1]["flagged"] = bad
    return reply(200, {"id": "m-1", "model": sent.json()["model"], "results": rows})


def zhipu(sent: Sent) -> Answer:
    bad = "bad" in sent.json()["input"]
    row = {"content_type": "text", "risk_level": "REJECT" if bad else "PASS", "risk_type": ["hate"] if bad else []}
    usage = {"moderation_text": {"call_count": 1}}
    return reply(200, {"id": "m-1", "created": 1, "request_id": "r", "result_list": [row], "usage": usage})


ANSWERS: Mapping[str, Callable[[Sent], Answer]] = {"openai_moderation": openai, "zhipu_moderation": zhipu}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Moderations)
    assert result.flagged
    assert [verdict.flagged for verdict in result] == [False, True, False]
    assert [verdict.categories.get("hate", False) for verdict in result] == [False, True, False]


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    assert len(sent) == (len(TEXTS) if route.batch == 1 else 1)
    assert {request.json()["model"] for request in sent} == {model}
