"""The tables of rules: closed, sourced, and chosen by protocol, row and vendor."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Quirks
from fluent_ai.protocols.chat.history.rules import DIALECTS, SOURCES, Rules, dialects
from fluent_ai.protocols.table import codecs
from fluent_ai.providers.endpoints import Endpoint


def test_every_rule_names_its_source() -> None:
    rules = {(name, field) for name, fields in DIALECTS.items() for field in fields}
    assert rules == SOURCES.keys()
    assert all(len(source) > 10 for source in SOURCES.values())


def test_every_rule_differs_from_the_default_and_is_used() -> None:
    default = Rules()
    for name, fields in DIALECTS.items():
        rules = Rules(**fields)
        same = {field for field in fields if getattr(rules, field) == getattr(default, field)}
        # Where a protocol differs from the defaults, a row may be as they are.
        assert same <= {"azure": {"result_files"}, "perplexity": {"image_detail"}}.get(name, set()), name
    used = {field for fields in DIALECTS.values() for field in fields}
    assert used == set(Rules.__struct_fields__)


def test_the_dialects_are_those_of_protocols_rows_and_vendors() -> None:
    assert set(codecs("chat")) <= DIALECTS.keys()
    rows = set(get_args(get_type_hints(Quirks)["history"])) - {""}
    assert rows <= DIALECTS.keys()
    assert {row.quirks.history for row in load_manifests().values()} - {""} == rows


@pytest.mark.parametrize(
    ("provider", "model", "found"),
    [
        ("openai", "gpt-4.1", ("openai_chat", "openai", "openai")),
        ("azure", "prod-chat", ("openai_chat", "azure")),
        ("mistral", "codestral-2508", ("openai_chat", "mistral", "mistral")),
        ("openrouter", "mistralai/devstral-medium", ("openai_chat", "mistral", "openrouter")),
        ("openrouter", "anthropic/claude-opus-4.5", ("openai_chat", "claude", "openrouter")),
        ("openrouter", "google/gemini-3-pro-preview", ("openai_chat", "openrouter")),
        ("azure_foundry", "Mistral-Large-2411", ("openai_chat", "mistral")),
        ("groq", "openai/gpt-oss-20b", ("openai_chat", "openai")),
        ("anthropic", "claude-opus-5", ("anthropic_messages",)),
        ("anthropic", "claude-sonnet-4-5", ("anthropic_messages", "claude with budgets")),
        ("bedrock", "us.anthropic.claude-opus-4-1-20250805-v1:0", ("bedrock_converse", "claude with budgets")),
        ("bedrock", "amazon.nova-pro-v1:0", ("bedrock_converse", "converse of others")),
        ("gemini", "gemini-2.5-flash", ("gemini",)),
        ("gemini", "models/gemini-3-pro-preview", ("gemini", "gemini 3")),
    ],
)
def test_a_model_has_the_dialects_of_its_route_its_vendor_and_its_row(
    provider: str, model: str, found: tuple[str, ...]
) -> None:
    row = load_manifests()[provider]
    route = next(each for each in row.chat if each.models == "*")
    assert dialects(Endpoint(row, "http://x", {}, route=route), model) == found
