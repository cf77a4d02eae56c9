"""llama.cpp's own results for the samplers that both have."""

from __future__ import annotations

import json

import pytest
import torch
from fluent_ai_local.samplers import temperature, top_k, top_p
from recordings import REASON, recorded

SUITE = recorded("suites", "samplers")
if not SUITE.is_dir():
    pytest.skip(REASON, allow_module_level=True)

CASES = [
    case
    for case in json.loads((SUITE / "llama_cpp_goldens.json").read_text())
    # Ours keep at least one token, take k >= 1, and leave a temperature of 0 to the greedy choice.
    if case["sampler"] in {"temp", "top_k", "top_p"}
    and case["params"].get("min_keep", 1) == 1
    and (case["params"].get("temp") or case["params"].get("k") or "p" in case["params"])
]


def sampler_of(case):
    params = case["params"]
    if case["sampler"] == "temp":
        return temperature(params["temp"])
    return top_k(params["k"]) if case["sampler"] == "top_k" else top_p(params["p"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sampler']}-{case['params']}-{len(case['logits'])}")
def test_kept_tokens_and_their_probabilities(case):
    logits = torch.tensor([[float(value) for value in case["logits"]]])
    ours = sampler_of(case)(logits, torch.zeros(1, 1, dtype=torch.int64))[0].softmax(-1)
    theirs = torch.zeros_like(ours)
    theirs[case["ids"]] = torch.tensor([float(value) for value in case["out_logits"]]).softmax(-1)
    torch.testing.assert_close(ours.sort().values, theirs.sort().values, atol=1e-6, rtol=1e-5)
    # Which of several equal tokens stays at the border is a matter of taste: their sort is not stable, ours is.
    border = logits[0] == logits[0][theirs > 0].min()
    torch.testing.assert_close(ours[~border], theirs[~border], atol=1e-6, rtol=1e-5)


def test_there_are_cases():
    assert len(CASES) > 50
