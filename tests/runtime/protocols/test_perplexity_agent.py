"""Perplexity's agent: what it takes of Responses, and what is refused before it is sent."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.perplexity_agent import PerplexityAgent
from protocol_checks import body_of

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def test_it_is_sent_no_word_that_it_does_not_know() -> None:
    picture = ai.Message("user", (ai.TextPart("see"), ai.ImagePart(url="https://example.org/a.png")))
    sent = body_of(PerplexityAgent, [picture], output=SCHEMA, reasoning="low", system="Be short.", max_tokens=9)
    assert sent == {
        "model": "m",
        "input": [
            {
                "type": "message",
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "see"},
                    {"type": "input_image", "image_url": "https://example.org/a.png"},
                ],
            }
        ],
        "stream": True,
        "instructions": "Be short.",
        "max_output_tokens": 9,
        "reasoning": {"effort": "low"},
        "response_format": {"type": "json_schema", "json_schema": {"name": "output", "schema": SCHEMA, "strict": True}},
    }


@pytest.mark.parametrize("option", [{"temperature": 0.5}, {"top_p": 0.5}, {"logprobs": 1}, {"seed": 1}])
def test_what_it_cannot_do_is_refused(option: dict[str, Any]) -> None:
    with pytest.raises(ai.ConfigError, match=f"{next(iter(option))} is not supported by acme"):
        body_of(PerplexityAgent, **option)
