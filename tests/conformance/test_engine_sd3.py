"""Stable Diffusion 3 against what diffusers, sd3-ref and candle computed: schedules, modules, whole runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from fluent_ai.verbs.image import SkipLayerGuidance
from fluent_ai_local.images import modules
from fluent_ai_local.images.guidance import skips, velocity
from fluent_ai_local.images.schedule import Curve, Schedule, candle_schedule, make_schedule
from fluent_ai_local.images.tensors import opened
from fluent_ai_local.modules.filling import fill
from recordings import REASON, recorded

pytest.importorskip("diffusers", reason="the extra images is not installed")
safetensors = pytest.importorskip("safetensors.torch", reason="the extra images is not installed")

SUITE = recorded("suites", "sd3")
if not SUITE.is_dir():
    pytest.skip(REASON, allow_module_level=True)

TABLES = json.loads((SUITE / "sigmas.json").read_text())["tables"]
CPU = torch.device("cpu")
RUNS = {
    "e2e_sd3": ("transformer_sd3", 5.0, None),
    "e2e_sd35_slg": ("transformer_sd35_medium", 4.0, SkipLayerGuidance(layers=(0,), start=0.0, stop=1.0)),
    "e2e_sd35_cfg1": ("transformer_sd35_large", 1.0, None),
}
"""Whole runs of 4 steps: transformer, guidance, skipped layers."""


def schedule_of(table: dict) -> Schedule:
    if table["impl"].startswith("candle"):
        return candle_schedule(table["steps"], 3.0)
    facts = dict(table["kwargs"])
    mu = table.get("mu")
    mu = facts.pop("mu", mu)
    facts = {"shift": 1.0, **facts}
    return make_schedule(table.get("steps", 0), Curve(**facts), mu=mu, sigmas=table.get("custom_sigmas"))


def name(table: dict) -> str:
    return f"{table['impl']}-{table.get('kwargs')}-{table.get('steps', 'custom')}".replace(" ", "_")


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_sigmas_and_timesteps(table):
    schedule = schedule_of(table)
    torch.testing.assert_close(schedule.sigmas, torch.tensor(table["sigmas"]), atol=1e-6, rtol=0)
    if "timesteps" in table:
        torch.testing.assert_close(schedule.timesteps, torch.tensor(table["timesteps"]), atol=1e-3, rtol=0)


def test_there_are_as_many_tables_as_the_suite_says():
    assert len(TABLES) == 28


def test_euler_steps_and_noise():
    found = json.loads((SUITE / "euler_steps.json").read_text())
    schedule = make_schedule(4, Curve(shift=3.0))
    for number, velocities in enumerate(found["v"]):
        after = schedule.step(number, torch.tensor(found["x"][number]), torch.tensor(velocities))
        torch.testing.assert_close(after, torch.tensor(found["x"][number + 1]), atol=1e-6, rtol=1e-6)
    noised = found["scale_noise"]
    number = int((schedule.timesteps - noised["timestep"]).abs().argmin())
    ours = schedule.noised(number, torch.tensor(noised["sample"]), torch.tensor(noised["noise"]))
    torch.testing.assert_close(ours, torch.tensor(noised["out"]), atol=1e-6, rtol=1e-6)


def module(kind: str, part: str) -> tuple[torch.nn.Module, dict]:
    config = json.loads((SUITE / f"{part}.config.json").read_text())
    built = modules.build(kind, config)
    weights: Path = SUITE / f"{part}.weights.safetensors"
    with opened([weights]) as tensors:
        fill(built, tensors, part, device=CPU, dtype=torch.float32, told=lambda read: None)
    return built, config


def close(ours: torch.Tensor, theirs: torch.Tensor, atol: float = 1e-5) -> None:
    torch.testing.assert_close(ours, theirs, atol=atol, rtol=0)


@pytest.mark.parametrize("part", ["clip_l", "clip_g"])
@torch.inference_mode()
def test_clip(part):
    values = safetensors.load_file(SUITE / f"{part}.io.safetensors")
    encoded = modules.Clip(*module("clip", part)).encode(values["input_ids"])
    close(encoded.context, values["penultimate"])
    close(encoded.pooled, values["text_embeds"])


@torch.inference_mode()
def test_t5():
    values = safetensors.load_file(SUITE / "t5.io.safetensors")
    close(modules.T5(*module("t5", "t5")).encode(values["input_ids"]), values["last"])


@torch.inference_mode()
def test_vae():
    values = safetensors.load_file(SUITE / "vae.io.safetensors")
    vae = modules.Vae(*module("vae", "vae"))
    close(vae.decode((values["z"] - 0.0609) * 1.5305), values["decoded"])
    close(vae.encode(values["image"]), (values["enc_mean"] - 0.0609) * 1.5305)


@pytest.mark.parametrize("part", [transformer for transformer, *_ in RUNS.values()])
@torch.inference_mode()
def test_transformer(part):
    values = safetensors.load_file(SUITE / f"{part}.io.safetensors")
    transformer = modules.Transformer(*module("transformer", part))
    text = modules.Encoded(values["encoder_hidden_states"], values["pooled_projections"])
    for number in range(len(values["hidden_states"])):
        one = modules.Encoded(text.context[number : number + 1], text.pooled[number : number + 1])
        given = values["hidden_states"][number : number + 1], values["timestep"][number]
        close(transformer.predict(*given, one), values["out"][number : number + 1])
        close(transformer.predict(*given, one, [0]), values["out_skip_layer0"][number : number + 1])


@pytest.mark.parametrize("run", RUNS)
@torch.inference_mode()
def test_whole_runs(run):
    part, guidance, skip = RUNS[run]
    values = safetensors.load_file(SUITE / f"{run}.io.safetensors")
    transformer, vae = modules.Transformer(*module("transformer", part)), modules.Vae(*module("vae", "vae"))
    positive = modules.Encoded(values["prompt_embeds"], values["pooled"])
    negative = modules.Encoded(values["negative_prompt_embeds"], values["negative_pooled"])
    schedule = make_schedule(4, Curve(shift=3.0))
    latents = values["latents"]
    for number, timestep in enumerate(schedule.timesteps):
        skipped = skip if skips(skip, number, len(schedule)) else None
        without = negative if guidance > 1 else None
        direction = velocity(transformer, latents, timestep, positive, without, guidance, skipped)
        latents = schedule.step(number, latents, direction)
    close(latents, values["final_latents"])
    close((vae.decode(latents) / 2 + 0.5).clamp(0, 1), values["image"], 1e-4)
