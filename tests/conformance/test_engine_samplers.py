"""llama.cpp's own results for the samplers that both have."""

from __future__ import annotations

import json

import pytest
import torch
from fluent_ai_local.samplers import min_p, penalties, temperature, top_k, top_n_sigma, top_p, typical
from recordings import REASON, recorded

SUITE = recorded("suites", "samplers")
if not SUITE.is_dir():
    pytest.skip(REASON, allow_module_level=True)

CASES = [
    case
    for case in json.loads((SUITE / "llama_cpp_goldens.json").read_text())
    # Ours keep at least one token, take k >= 1, and leave a temperature of 0 to the greedy choice.
    if case["sampler"] in {"temp", "top_k", "top_p", "min_p", "typical", "top_n_sigma", "penalties"}
    and case["params"].get("min_keep", 1) == 1
    and (case["sampler"] != "temp" or case["params"]["temp"])
    and (case["sampler"] != "top_k" or case["params"]["k"])
    and (case["sampler"] != "top_n_sigma" or case["params"]["n"] > 0)
]


def sampler_of(case):
    params = case["params"]
    match case["sampler"]:
        case "temp":
            return temperature(params["temp"])
        case "top_k":
            return top_k(params["k"])
        case "top_n_sigma":
            return top_n_sigma(params["n"])
        case "penalties":
            return penalties(params["repeat"], params["frequency"], params["presence"])
        case name:
            return {"top_p": top_p, "min_p": min_p, "typical": typical}[name](params["p"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sampler']}-{case['params']}-{len(case['logits'])}")
def test_kept_tokens_and_their_probabilities(case):
    logits = torch.tensor([[float(value) for value in case["logits"]]])
    last = case["params"].get("last_n") or 0
    history = torch.tensor([case.get("history", [0])[-last:]], dtype=torch.int64)
    ours = sampler_of(case)(logits, history)[0].softmax(-1)
    theirs = torch.zeros_like(ours)
    theirs[case["ids"]] = torch.tensor([float(value) for value in case["out_logits"]]).softmax(-1)
    torch.testing.assert_close(ours.sort().values, theirs.sort().values, atol=1e-6, rtol=1e-5)
    # Which of several equal tokens stays at the border is a matter of taste: their sort is not stable, ours is.
    values = logits[0]
    border = torch.isin(values, values[theirs > 0]) & torch.isin(values, values[theirs == 0])
    torch.testing.assert_close(ours[~border], theirs[~border], atol=1e-6, rtol=1e-5)


def test_there_are_cases():
    assert len(CASES) > 50
