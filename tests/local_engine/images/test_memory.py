"""What a request needs, and what becomes of it where that is not there."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
import sized_sd3
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.free_memory import free_in_group, free_memory
from fluent_ai_local.images import config, modules, pipeline
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.memory import ledger
from fluent_ai_local.images.memory import plan as planning
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.memory import in_memory, unload
from small_sd3 import loaded, opened


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> StableDiffusion3:
    """One whose pictures may have 1024x1024 pixels; its weights are never read."""
    sizes = {"heads": 8, "layers": 10, "t5_layers": 24, "vae": 32}
    return opened(sized_sd3.write(tmp_path_factory.mktemp("large"), **sizes, empty=True))


@pytest.fixture
def model(sd3: Path) -> StableDiffusion3:
    return opened(sd3)


def settings(model: StableDiffusion3, **options) -> config.Settings:
    return config.settle(ImageRequest(model="m", prompt="a", **options), model.variant, model.size)


def test_with_less_memory_a_picture_is_drawn_in_ways_that_need_less(large: StableDiffusion3):
    """From all at once to nothing but what computes; each way is taken where the one before does not fit."""
    asked = settings(large, size="1536x1536")
    ways: list[tuple[str, bool, int | None]] = []
    peaks: list[int] = []
    available = 1e12
    while ways[-1:] != [("group", False, 64)]:
        plan = planning.make_plan(large, asked, available)
        assert plan.peak <= available
        ways.append((plan.offload, plan.together, plan.tile))
        peaks.append(plan.peak)
        available = plan.peak - 1
    with pytest.raises(ai.OutOfMemory) as raised:
        planning.make_plan(large, asked, available)
    assert raised.value.estimate == peaks[-1]
    assert ways[0] == ("none", True, None)
    assert {offload for offload, *_ in ways} == {"none", "model", "group"}
    assert peaks == sorted(peaks, reverse=True)


def test_a_refusal_has_the_numbers(large: StableDiffusion3, model: StableDiffusion3):
    with pytest.raises(ai.OutOfMemory, match=r"1024x1024 needs \d+ MB to read the prompt, \d+ MB to sample and \d+ MB"):
        planning.make_plan(large, settings(large, size="1024x1024"), 1e6)
    with pytest.raises(ai.OutOfMemory, match="1 MB are free") as raised:
        planning.make_plan(model, settings(model), 1e6)
    assert raised.value.estimate is not None
    assert raised.value.estimate > 1e6


def test_without_guidance_there_is_one_prediction(model: StableDiffusion3):
    plan = planning.make_plan(model, settings(model, guidance=1.0), 1e12)
    assert not plan.together
    asked = settings(model)
    both = planning.sampling_bytes(model, asked, together=True)
    assert both == pytest.approx(2 * planning.sampling_bytes(model, asked, together=False), rel=0.001)


def draw(model: StableDiffusion3, **options) -> list[object]:
    items: list[object] = []
    pipeline.draw(model, ImageRequest(model="m", prompt="a fox", seed=3, n=2, **options), items.append)
    return items


def forced(monkeypatch: pytest.MonkeyPatch, offload: planning.Offload, together: bool = True, tile: int | None = None):
    plan = planning.Plan(offload=offload, together=together, tile=tile, text=0, sampling=0, decoding=0)
    monkeypatch.setattr(pipeline, "make_plan", lambda *given: plan)


@pytest.mark.parametrize(
    ("offload", "together", "tile"),
    [("none", False, None), ("none", True, 64), ("model", True, None), ("group", False, None), ("group", True, None)],
)
def test_each_way_draws_the_same(offload: planning.Offload, together: bool, tile: int | None, sd3: Path, monkeypatch):
    asked = {"steps": 3, "partial_images": 1}
    wanted = [item.data for item in draw(opened(sd3), **asked) if isinstance(item, ai.GeneratedImage)]
    model = opened(sd3)
    forced(monkeypatch, offload, together, tile)
    for _ in range(2):
        items = draw(model, **asked)
        assert [item.data for item in items if isinstance(item, ai.GeneratedImage)] == wanted
        assert sum(isinstance(item, ai.PartialImage) for item in items) == 2
        assert model.in_memory == (sum(part.weight for part in model.resident) if offload == "none" else 0)


def test_by_groups_no_more_than_one_block_is_there(sd3: Path, monkeypatch):
    model = opened(sd3)
    forced(monkeypatch, "group")
    there: list[int] = []
    predict = modules.Transformer.predict

    def watch(transformer, *given):
        blocks = list(transformer.module.transformer_blocks)

        def count(*given: object) -> None:
            there.append(sum(not next(block.parameters()).is_meta for block in blocks))

        hooks = [block.attn.register_forward_hook(count) for block in blocks]
        found = predict(transformer, *given)
        assert all(parameter.is_meta for block in blocks for parameter in block.parameters())
        for hook in hooks:
            hook.remove()
        return found

    monkeypatch.setattr(modules.Transformer, "predict", watch)
    draw(model, steps=1)
    assert there == [1] * 3 * 2
    assert model.transformer.group < model.transformer.weight


def test_by_groups_the_progress_of_loading_ends_at_its_total(sd3: Path, monkeypatch):
    forced(monkeypatch, "group")
    found = [item for item in draw(opened(sd3), steps=1) if isinstance(item, ai.Progress) and item.phase == "load"]
    ends = {item.total: item.done for item in found}
    assert ends == {total: total for total in ends}


def test_stages_come_and_go_in_order(sd3: Path, monkeypatch):
    forced(monkeypatch, "model")
    model = opened(sd3)
    held: list[tuple[str, frozenset[str]]] = []
    parts = {"clip": model.text.clips[0], "transformer": model.transformer, "vae": model.vae}

    def emit(item: object) -> None:
        if isinstance(item, ai.Progress) and item.phase in ("denoise", "decode"):
            held.append((item.phase, frozenset(name for name, part in parts.items() if part.in_memory)))

    pipeline.draw(model, ImageRequest(model="m", prompt="a fox", seed=3, n=2, steps=2), emit)
    assert set(held) == {("denoise", frozenset({"transformer"})), ("decode", frozenset({"vae"}))}
    assert [phase for phase, _ in held] == ["denoise"] * 6 + ["decode"] * 4


def test_nothing_is_read_for_what_does_not_fit(model: StableDiffusion3, monkeypatch):
    monkeypatch.setattr(ledger, "free_memory", lambda device: 1e5)
    with pytest.raises(ai.OutOfMemory):
        draw(model)
    assert model.in_memory == 0


def test_weights_that_are_there_count_as_available(model: StableDiffusion3, monkeypatch):
    need = planning.make_plan(model, settings(model), 1e12)
    for part in model.resident:
        loaded(part)
    monkeypatch.setattr(ledger, "free_memory", lambda device: need.peak - model.in_memory)
    seen: list[float] = []
    real = planning.make_plan
    monkeypatch.setattr(pipeline, "make_plan", lambda *given: (seen.append(given[2]), real(*given))[1])
    assert draw(model, steps=1)
    assert seen == [need.peak]


def test_the_weights_are_counted_as_they_lie_in_memory(model: StableDiffusion3):
    for part in model.resident:
        module = loaded(part).module
        assert part.weight == sum(
            tensor.nbytes for tensor in {*module.parameters(), *module.state_dict(keep_vars=True).values()}
        )
        assert part.in_memory == part.weight
    assert model.in_memory == sum(part.weight for part in model.resident)


def test_free_memory_is_known_here_and_in_containers(tmp_path: Path):
    assert free_memory(torch.device("cpu")) > 1e6
    assert free_memory(torch.device("meta")) == float("inf")
    facts = {"max": "1000000000", "current": "900000000", "stat": "anon 1\ninactive_file 50000000\n"}
    for name, text in facts.items():
        (tmp_path / f"memory.{name}").write_text(text)
    assert free_in_group(tmp_path) == 150_000_000
    first = tmp_path / "version 1"
    first.mkdir()
    facts = {"limit_in_bytes": "1000000000", "usage_in_bytes": "800000000", "stat": "total_inactive_file 1000000\n"}
    for name, text in facts.items():
        (first / f"memory.{name}").write_text(text)
    assert free_in_group(first) == 201_000_000
    (tmp_path / "memory.max").write_text("max")
    assert free_in_group(tmp_path) == float("inf")
    assert free_in_group(tmp_path / "none") == float("inf")


def test_models_take_each_others_place_and_their_memory_goes_back(sd3: Path, copied: Path):
    models = ImageModels("cpu")
    first = models.get(str(sd3), lambda event: None)
    loaded(first.transformer)
    assert models.loaded() == [(str(sd3.resolve()), first.transformer.weight)]
    models.get(str(copied), lambda event: None)
    assert models.loaded() == [(str(copied.resolve()), 0)]
    assert models.unload(str(sd3)) == 0
    assert models.unload() == 1
    assert models.loaded() == []


def test_weights_of_a_model_that_is_let_go_of_stay_as_long_as_they_are_used(model: StableDiffusion3):
    loaded(model.vae)
    with model.transformer.used("kept", lambda item: None, Loading(0)) as transformer:
        model.release()
        assert model.in_memory == model.transformer.weight
        assert not any(weight.is_meta for weight in transformer.module.parameters())
    assert model.in_memory == 0
    assert all(weight.is_meta for weight in transformer.module.parameters())


def test_the_engine_tells_of_models_of_images_and_lets_go_of_them(sd3: Path):
    unload()
    with ai.Client() as client:
        client.image(f"local:{sd3}", "a fox", steps=1)
    (found,) = in_memory()
    assert (found.path, found.precision) == (str(sd3.resolve()), "exact")
    assert found.size > 1e6
    assert unload("tiny-sd3") == 0
    assert unload(str(sd3)) == 1
    assert in_memory() == []
    with pytest.raises(ai.NotFound):
        unload("sd4")
