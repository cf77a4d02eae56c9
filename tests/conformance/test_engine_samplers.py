"""The results of llama.cpp and of transformers for the samplers that both have."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fluent_ai_local.samplers import (
    Mirostat,
    dry,
    dynamic_temperature,
    min_p,
    penalties,
    temperature,
    top_k,
    top_n_sigma,
    top_p,
    typical,
    xtc,
)
from fluent_ai_local.samplers.distribution import softmax
from recordings import REASON, recorded

SUITE = recorded("suites", "samplers")
if not SUITE.is_dir():
    pytest.skip(REASON, allow_module_level=True)

CASES = [
    case
    for case in json.loads((SUITE / "llama_cpp_goldens.json").read_text())
    # Ours keep at least one token, take k >= 1, and leave a temperature of 0 to the greedy choice.
    if case["params"].get("min_keep", 1) == 1
    and (case["sampler"] != "temp" or case["params"]["temp"])
    and (case["sampler"] != "top_k" or case["params"]["k"])
    and (case["sampler"] != "top_n_sigma" or case["params"]["n"] > 0)
]


def array(values):
    return np.array([float(value) for value in values], np.float32)


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
        case "temp_ext":
            return dynamic_temperature(params["temp"], params["delta"], params["exponent"])
        case "xtc":
            return xtc(params["probability"], params["threshold"], np.random.default_rng(0))
        case "dry":
            breakers = {token for sequence in params["breakers"] for token in sequence}
            return dry(params["multiplier"], params["base"], params["allowed_length"], breakers)
        case name:
            return {"top_p": top_p, "min_p": min_p, "typical": typical}[name](params["p"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sampler']}-{case['params']}-{len(case['logits'])}")
def test_kept_tokens_and_their_probabilities(case):
    logits = array(case["logits"])
    last = max(case["params"].get("last_n") or 0, 0)
    history = np.array(case.get("history", [0])[-last:], np.int64)
    ours = softmax(sampler_of(case)(logits, history))
    theirs = np.zeros_like(ours)
    theirs[case["ids"]] = softmax(array(case["out_logits"]))
    np.testing.assert_allclose(np.sort(ours), np.sort(theirs), atol=1e-6, rtol=1e-5)
    # Which of several equal tokens stays at the border is a matter of taste: their sort is not stable, ours is.
    border = np.isin(logits, logits[theirs > 0]) & np.isin(logits, logits[theirs == 0])
    np.testing.assert_allclose(ours[~border], theirs[~border], atol=1e-6, rtol=1e-5)


def test_there_are_cases():
    assert len(CASES) > 240


TRACES = json.loads((SUITE / "mirostat_traces.json").read_text())


@pytest.mark.parametrize("trace", TRACES, ids=lambda t: f"{t['version']}-{t['tau']}-{t['eta']}")
def test_mirostat_keeps_the_same_tokens_step_by_step(trace):
    sampler = Mirostat(trace["version"], trace["tau"], trace["eta"])
    for step in trace["steps"]:
        assert sampler.mu == pytest.approx(step["mu_in"], abs=1e-4)
        logits = sampler(array(step["logits"]), np.zeros(0, np.int64))
        assert np.flatnonzero(np.isfinite(logits)).tolist() == sorted(step["kept_ids"])
        np.testing.assert_allclose(softmax(logits)[step["kept_ids"]], step["kept_p"], atol=1e-5, rtol=1e-4)
        sampler.chosen(logits, step["selected_id"])
        assert sampler.mu == pytest.approx(step["mu_out"], abs=1e-4)


OWN = json.loads((SUITE / "llama_cpp_test_sampling.json").read_text())["cases"]
OWN = [case for case in OWN if case["sampler"] in {"dry", "xtc", "temp_ext", "penalties"} and case.get("temp") != 0]


@pytest.mark.parametrize("case", OWN, ids=lambda c: f"{c['sampler']}-{c['expected']}")
def test_the_cases_of_llama_cpps_own_test(case):
    logits = np.log(array(case["probs"]))
    match case["sampler"]:
        case "dry":
            breakers = {token for sequence in case["seq_breakers"] for token in sequence}
            sampler = dry(case["multiplier"], case["base"], case["allowed_length"], breakers)
        case "xtc":
            sampler = xtc(1.0, case["threshold"], np.random.default_rng(0))
        case "temp_ext":
            sampler = dynamic_temperature(case["temp"], case["delta"], case["exponent"])
        case _:
            sampler = penalties(case["repeat_penalty"], case["frequency"], case["presence"])
    got = sampler(logits, np.array(case.get("last_tokens", [0])))
    kept = np.sort(np.exp(got) if case["sampler"] == "xtc" else softmax(got))[::-1]
    expected = sorted(case["expected"], reverse=True)
    np.testing.assert_allclose(kept[: len(expected)], expected, atol=1e-5, rtol=0)
    assert not kept[len(expected) :].any()


THEIRS = [
    case
    for case in json.loads((SUITE / "transformers_goldens.json").read_text())["cases"]
    if case["params"].get("min_tokens_to_keep", 1) == 1
    and case["processor"] in {"temperature", "top_k", "top_p", "min_p", "typical", "repetition_penalty"}
    # Of equal tokens at the border transformers keeps all, or those that its sort puts first.
    and all(len(set(row)) == len(row) for row in case["logits"])
]


@pytest.mark.parametrize("case", THEIRS, ids=lambda c: f"{c['processor']}-{c['params']}")
def test_transformers_processors(case):
    params = case["params"]
    match case["processor"]:
        case "temperature":
            sampler = temperature(params["temperature"])
        case "top_k":
            sampler = top_k(params["top_k"])
        case "top_p":
            sampler = top_p(params["top_p"])
        case "min_p":
            sampler = min_p(params["min_p"])
        case "typical":
            sampler = typical(params["mass"])
        case _:
            sampler = penalties(params["penalty"], 0, 0)
    for logits, history, out in zip(case["logits"], case["input_ids"], case["out"], strict=True):
        ours = softmax(sampler(array(logits), np.array(history)))
        np.testing.assert_allclose(ours, softmax(array(out)), atol=1e-6, rtol=1e-5)


def test_there_are_cases_of_all():
    assert (len(TRACES), len(OWN) > 8, len(THEIRS) > 25) == (6, True, True)
