"""What the fast precision does to the replies of the real SmolLM2, which the guide states."""

from __future__ import annotations

import fluent_ai as ai
import pytest

PROMPTS = (
    "What is the capital of France?",
    "Why is the sky blue?",
    "Count from one to ten in words.",
    "Write a short poem about the sea.",
    "Explain photosynthesis to a child.",
    "List three uses of copper.",
    "What is 12 times 7?",
    "Translate 'good morning' into Spanish, German and Italian.",
    "Write a Python function that reverses a string.",
    "Who wrote Hamlet, and when?",
    "Name five animals that live in Africa.",
    "What is the difference between a virus and a bacterium?",
    "Give me a recipe for pancakes.",
    "Summarise the story of Romeo and Juliet in two sentences.",
    "How does a bicycle stay upright?",
    "What should I pack for a week in the mountains?",
    "Write an email that declines a meeting politely.",
    "Which planet is the largest in the solar system?",
    "Zähle auf Deutsch von 1 bis 20: 1, 2, 3",
    "def fibonacci(n):",
)


@pytest.mark.slow
def test_greedy_replies_of_the_fast_precision_are_those_of_float32(smollm2_path):
    pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    with ai.Client() as client:
        replies = {
            precision: [
                client.complete("local:smollm2-135m", prompt, precision=precision, max_tokens=40).text
                for prompt in PROMPTS
            ]
            for precision in ("exact", "fast")
        }
    different = [
        (prompt, exact, fast)
        for prompt, exact, fast in zip(PROMPTS, replies["exact"], replies["fast"], strict=True)
        if exact != fast
    ]
    assert different == []
