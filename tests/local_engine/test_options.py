"""The options that the engine has are those that its typed clients take."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.providers.table import ProviderTable
from fluent_ai_local.text import options
from fluent_ai_providers import local

VALUES = {
    "dry_multiplier": {"dry_multiplier": 0.8, "dry_base": 1.75, "dry_allowed_length": 2, "dry_breakers": ["\n"]},
    "dynatemp_range": {"temperature": 0.8, "dynatemp_range": 0.3, "dynatemp_exponent": 1.5},
    "xtc_probability": {"temperature": 0.8, "xtc_probability": 0.5, "xtc_threshold": 0.1},
    "mirostat": {"temperature": 0.8, "mirostat": 2, "mirostat_tau": 4.0, "mirostat_eta": 0.2},
    "logit_bias": {"logit_bias": {"5": 100.0}},
    "penalties": {"repetition_penalty": 1.1, "frequency_penalty": 0.5, "presence_penalty": -0.5},
    "truncation": {"temperature": 0.8, "min_p": 0.1, "typical_p": 0.9, "top_n_sigma": 1.5},
    "logprobs": {"logprobs": 2},
}


def test_the_manifest_lists_what_the_engine_takes():
    assert set(ProviderTable().get("local").options) == {*options._RANGES, *options._OTHERS}


def test_the_typed_clients_name_all_of_them():
    named = set(local.ChatOptions.__annotations__)
    assert {*options._RANGES, *options._OTHERS} <= named


@pytest.mark.parametrize("given", VALUES.values(), ids=VALUES)
def test_each_of_them_reaches_the_engine(tiny_path, given):
    with ai.Client() as client:
        reply = client.complete(f"local:{tiny_path}", "a b", max_tokens=4, seed=1, **given)
        assert reply.usage.output_tokens
        for name in given.keys() - {"logprobs", "temperature"}:
            with pytest.raises(ConfigError, match=name):
                client.complete(f"local:{tiny_path}", "a b", **{**given, name: object()})
