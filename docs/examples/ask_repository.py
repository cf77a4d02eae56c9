"""Answers a question about this repository out of its own files, and shows what the answer cites.

Run with `python docs/examples/ask_repository.py "How is a stream closed?"`, and with the name of a model after the
question to ask another than the local one, which is small: it answers in its own words rather than from the files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import fluent_ai as ai

from fluent_ai_toolkit.context.sources import Source

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "How can a stream be closed from another thread?"
MODEL = "local:smollm2-135m"
BUDGET = 2_000
"""Tokens of quotes: more of them would make the local model slow."""


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.lower()))


def by_words(question: str, documents: Sequence[ai.Document]) -> list[float]:
    """The share of the words of a document that the question has, of those that are in both."""
    asked = words(question)
    return [len(asked & words(each.text)) ** 2 / (50 + len(words(each.text))) for each in documents]


def repository() -> Source:
    """The guides as the last commit has them, or as they lie here if this is no repository."""
    return ai.context.git(ROOT, paths="docs/guides/*.md") if (ROOT / ".git").exists() else ROOT / "docs/guides/*.md"


def ask(question: str, model: str) -> None:
    context = ai.context(repository(), budget=BUDGET, rank=by_words, chunk=400, split="sections")
    quotes = context.collect(question)
    left_out = sum(quotes.left_out_counts.values())
    print(f"> {question}\n\n{len(quotes.documents)} documents are given, {left_out} are left out.\n")
    with ai.Client() as client, client.stream(model, question, documents=quotes, max_tokens=200) as stream:
        for text in stream.text():
            print(text, end="", flush=True)
        reply = stream.collect()
    print("\n")
    for citation in reply.citations:
        if citation.document is not None:
            cited = quotes.documents[citation.document]
            print(
                f"[{citation.document + 1}] {cited.name}, from line {cited.line}: {cited.text.strip().splitlines()[0]}"
            )
    if not reply.citations:
        print("Nothing is cited. The documents that were given:")
        for number, document in enumerate(quotes.documents, 1):
            print(f"[{number}] {document.name}, from line {document.line}")


if __name__ == "__main__":
    ask(*(sys.argv[1:3] + [QUESTION, MODEL][len(sys.argv[1:3]) :]))
