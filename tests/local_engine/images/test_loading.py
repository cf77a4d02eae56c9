"""Folders as diffusers writes them, whole and damaged."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.devices import find_device
from fluent_ai_local.images import loading, places
from fluent_ai_local.images.config import VARIANTS
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.images.pictures import write_png
from fluent_ai_local.provider import LocalProvider
from safetensors.torch import load_file, save_file
from sd3_files import WEIGHTS
from small_sd3 import loaded, opened, state

GREY = ai.ImagePart(data=write_png(torch.full((32, 32, 3), 128, dtype=torch.uint8), {}))


def ignore(event: object) -> None:
    pass


def load(path: Path) -> StableDiffusion3:
    """With all weights, T5's too."""
    model = opened(path)
    for part in (*model.resident, *((model.text.t5,) if model.text.t5 else ())):
        loaded(part)
    return model


def changed(path: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path, metadata={"format": "pt"})


def test_a_missing_tensor_and_a_surplus_one_are_named(copied: Path):
    file = copied / "transformer" / WEIGHTS
    changed(file, lambda tensors: (tensors.pop("proj_out.weight"), tensors.update(stray=torch.zeros(2))))
    with pytest.raises(ai.WeightsCorrupt) as raised:
        load(copied)
    message = str(raised.value)
    assert "1 tensors are missing: proj_out.weight" in message
    assert "1 tensors are not part of the model: stray" in message
    assert str(copied / "transformer") in message


def test_a_tensor_of_another_shape_is_named(copied: Path):
    changed(copied / "vae" / WEIGHTS, lambda tensors: tensors.update({"decoder.conv_in.bias": torch.zeros(3)}))
    with pytest.raises(ai.WeightsCorrupt, match=r"decoder.conv_in.bias is shaped \[3\], expected \[16\]"):
        load(copied)


def test_a_file_that_is_cut_short_is_corrupt(copied: Path):
    file = copied / "text_encoder" / "model.safetensors"
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(ai.WeightsCorrupt, match="model.safetensors"):
        load(copied)


@pytest.mark.parametrize("part", ["transformer", "vae", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_3"])
def test_a_missing_component_is_named(part: str, copied: Path):
    shutil.rmtree(copied / part)
    with pytest.raises(ai.ModelLoadFailed, match=f"{part}"):
        load(copied)


def test_t5_may_be_left_out(copied: Path, write_sd3):
    shutil.rmtree(copied / "text_encoder_3")
    model = load(copied)
    (read,) = model.text.encode(["a fox"], 256, "kept", ignore, Loading(0))
    assert read.encoded.context.shape == (1, 77 + 256, model.transformer.facts.width)
    assert not read.encoded.context[:, 77:].any()


def test_t5_is_freed_after_it_was_used(sd3: Path, monkeypatch):
    import gc
    from weakref import WeakSet

    from fluent_ai_local.images import modules

    alive: WeakSet[object] = WeakSet()
    encode = modules.T5.encode
    monkeypatch.setattr(modules.T5, "encode", lambda t5, ids: (alive.add(t5), encode(t5, ids))[1])
    model = opened(sd3)
    model.text.encode(["a fox", ""], 256, "kept", ignore, Loading(0))
    gc.collect()
    assert not alive


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("model_index.json", '{"_class_name": "FluxPipeline"}', "FluxPipeline"),
        ("model_index.json", "{", "is not JSON"),
        ("model_index.json", "[]", "is not a JSON object"),
        ("vae/config.json", '{"_class_name": "AutoencoderTiny"}', "AutoencoderTiny"),
        ("transformer/config.json", '{"num_layers": "many"}', "transformer/config.json"),
        ("scheduler/scheduler_config.json", '{"shift": "much"}', "scheduler_config.json"),
    ],
)
def test_a_folder_of_something_else_is_refused(file: str, text: str, message: str, copied: Path):
    (copied / file).write_text(text)
    with pytest.raises((ai.UnsupportedModel, ai.ModelLoadFailed), match=message):
        load(copied)


def test_a_vae_of_another_width_is_refused(copied: Path, tmp_path: Path):
    from diffusers import AutoencoderKL

    AutoencoderKL(latent_channels=16, block_out_channels=(8,), norm_num_groups=4).save_pretrained(copied / "vae")
    with pytest.raises(ai.UnsupportedModel, match="the VAE has 16 channels, the transformer 4"):
        load(copied)


def test_shards_are_read_and_a_missing_one_is_named(copied: Path, sd3: Path):
    folder = copied / "transformer"
    tensors = load_file(folder / WEIGHTS)
    names = sorted(tensors)
    shards = {"one.safetensors": names[::2], "two.safetensors": names[1::2]}
    for shard, own in shards.items():
        save_file({name: tensors[name] for name in own}, folder / shard)
    index = {"weight_map": {name: shard for shard, own in shards.items() for name in own}}
    (folder / f"{WEIGHTS}.index.json").write_text(json.dumps(index))
    (folder / WEIGHTS).unlink()
    sharded, whole = (state(opened(path)) for path in (copied, sd3))
    assert all(torch.equal(sharded[name], whole[name]) for name in whole)
    (folder / "two.safetensors").unlink()
    with pytest.raises(ai.ModelLoadFailed, match="1 of 2 shards are missing: two.safetensors"):
        load(copied)


def test_weights_in_half_precision_are_computed_in_whole(copied: Path):
    changed(copied / "transformer" / WEIGHTS, lambda tensors: tensors.update(
        {name: tensor.half() for name, tensor in tensors.items()}))  # fmt: skip
    assert {tensor.dtype for tensor in state(opened(copied)).values()} == {torch.float32}


def test_weights_that_are_no_numbers_end_before_the_decoder(copied: Path):
    def spoil(tensors: dict[str, torch.Tensor]) -> None:
        tensors["proj_out.bias"][:] = float("nan")

    changed(copied / "transformer" / WEIGHTS, spoil)
    with ai.Client() as client, pytest.raises(ai.StageFailed, match="not finite after step 1") as raised:
        client.image(f"local:{copied}", "a", steps=2)
    assert raised.value.stage == "sampling"

    def spoil_text(tensors: dict[str, torch.Tensor]) -> None:
        tensors["text_projection.weight"][:] = float("inf")

    changed(copied / "text_encoder" / "model.safetensors", spoil_text)
    with ai.Client() as client, pytest.raises(ai.StageFailed) as raised:
        client.image(f"local:{copied}", "a", steps=2)
    assert raised.value.stage == "text encoding"


@pytest.mark.parametrize(
    ("weights", "options", "stage"),
    [
        ("decoder.conv_out.bias", {}, "VAE decoding"),
        ("decoder.conv_out.bias", {"partial_images": 1}, "VAE decoding"),
        ("encoder.conv_out.bias", {"images": [GREY]}, "VAE encoding"),
    ],
)
def test_a_vae_that_makes_no_numbers_is_named(weights: str, options: dict[str, object], stage: str, copied: Path):
    changed(copied / "vae" / WEIGHTS, lambda tensors: tensors[weights].fill_(float("nan")))
    with ai.Client() as client, pytest.raises(ai.StageFailed, match="finite") as raised:
        client.image(f"local:{copied}", "a", steps=2, **options)
    assert raised.value.stage == stage


def test_variants_are_told_by_their_shape():
    for row in (row for row in VARIANTS.values() if row.repository):
        shape = row.layers, row.dual_attention, row.qk_norm
        found = places.variant_of("x", Path("turbo") if row.id.endswith("turbo") else Path("x"), *shape)
        assert found is row
        assert places.variant_of(row.id, Path("anything"), 1, 0, None) is row
    assert places.variant_of("x", Path("some/mine"), 5, 0, None).id == "mine"


def test_known_weights_are_looked_for_here_and_in_the_cache_of_the_hub(sd3: Path, tmp_path: Path, monkeypatch):
    home, hub = tmp_path / "home", tmp_path / "hub"
    monkeypatch.setenv("FLUENT_AI_HOME", str(home))
    monkeypatch.setenv("HF_HUB_CACHE", str(hub))
    with pytest.raises(ai.ModelLoadFailed) as raised:
        places.locate("sd3.5-medium")
    assert "stabilityai/stable-diffusion-3.5-medium" in str(raised.value)
    assert str(home / "models" / "sd3.5-medium") in str(raised.value)
    repository = hub / "models--stabilityai--stable-diffusion-3.5-medium"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("abc123")
    (repository / "snapshots").mkdir()
    (repository / "snapshots" / "abc123").symlink_to(sd3)
    assert places.locate("sd3.5-medium") == repository / "snapshots" / "abc123"
    with ai.Client() as client:
        assert client.image("local:sd3.5-medium", "a", steps=1, size="32x32").model == "sd3.5-medium"
    (home / "models").mkdir(parents=True)
    (home / "models" / "sd3.5-medium").symlink_to(sd3)
    assert places.locate("sd3.5-medium") == home / "models" / "sd3.5-medium"


@pytest.fixture
def hub(sd3: Path, tmp_path: Path) -> Path:
    """A cache of the hub's tool: a repository with two branches, a tag, and the commits that they name."""
    folder = tmp_path / "hub" / "models--acme--turbo-sd3"
    (folder / "refs" / "refs" / "pr").mkdir(parents=True)
    (folder / "snapshots").mkdir()
    for revision, commit in {"main": "abc", "v1.0": "def", "refs/pr/3": "123"}.items():
        (folder / "refs" / revision).write_text(commit)
        (folder / "snapshots" / commit).symlink_to(sd3)
    return tmp_path / "hub"


@pytest.mark.parametrize(
    ("revision", "commit"), {"": "abc", "@v1.0": "def", "@refs/pr/3": "123", "@def": "def"}.items()
)
def test_any_repository_and_revision_of_the_hubs_cache(revision: str, commit: str, hub: Path, monkeypatch):
    model = f"acme/turbo-sd3{revision}"
    wanted = hub / "models--acme--turbo-sd3" / "snapshots" / commit
    assert places.locate(model, hub) == wanted
    with pytest.raises(ai.NotFound, match="no snapshot"):
        places.locate(model)
    monkeypatch.setenv("HF_HUB_CACHE", str(hub))
    assert places.locate(model) == wanted
    assert places.known(model)
    assert places.variant_of(model, wanted, 38, 0, "rms_norm").id == "sd3.5-large-turbo"


def test_the_cache_is_an_argument_of_the_provider(hub: Path):
    found = LocalProvider(cache_dir=hub).image_model("acme/turbo-sd3@v1.0")
    items: list[object] = []
    found.run(ImageRequest(model="acme/turbo-sd3@v1.0", prompt="a", steps=1), items.append)
    assert isinstance(items[-1], ai.GeneratedImage)


@pytest.mark.parametrize("revision", ["v2", "../../../x", "..", "a/../b", "/etc", "@main"])
def test_a_revision_that_is_not_there_is_told(revision: str, hub: Path):
    with pytest.raises(ai.NotFound, match="no such folder or file"):
        places.locate(f"acme/turbo-sd3@{revision}", hub)


def test_a_published_model_at_a_revision(hub: Path, sd3: Path, monkeypatch):
    monkeypatch.setenv("FLUENT_AI_HOME", str(hub / "home"))
    folder = hub / "models--stabilityai--stable-diffusion-3.5-medium" / "snapshots"
    folder.mkdir(parents=True)
    (folder / "0123abc").symlink_to(sd3)
    assert places.locate("sd3.5-medium@0123abc", hub) == folder / "0123abc"
    assert places.variant_of("sd3.5-medium@0123abc", folder / "0123abc", 1, 0, None).id == "sd3.5-medium"
    with pytest.raises(ai.ModelLoadFailed, match="are not on this machine"):
        places.locate("sd3.5-medium", hub)
    with pytest.raises(ai.NotFound):
        places.locate("tiny-sd3@v1", hub)


def test_unknown_names_have_near_matches():
    with pytest.raises(ai.NotFound, match=r"did you mean sd3.5-medium"):
        places.check("sd3.5-medum")
    with pytest.raises(ai.NotFound, match=r"known: tiny-sd3, sd3-medium"):
        places.check("zzz")
    with pytest.raises(ai.NotFound, match="no such folder or file: /nowhere/at/all"):
        places.check("/nowhere/at/all")


def test_a_folder_of_anything_is_refused_before_it_is_walked(tmp_path: Path, monkeypatch):
    (tmp_path / "some" / "folders").mkdir(parents=True)
    monkeypatch.setattr(Path, "glob", lambda path, pattern: pytest.fail("the folder was walked"))
    monkeypatch.setattr(Path, "rglob", lambda path, pattern: pytest.fail("the folder was walked"))
    with pytest.raises(ai.ModelLoadFailed, match=r"model_index\.json"):
        ImageModels("cpu").get(str(tmp_path), ignore)


def test_a_device_that_is_not_there_is_told(sd3: Path):
    for name in ("cuda:77", "meta", "no-such-device"):
        with pytest.raises(ai.StageFailed, match="this machine has cpu") as raised:
            ImageModels(name).get(str(sd3), lambda event: None)
        assert raised.value.stage == "device"
    assert find_device("cpu") == torch.device("cpu")


def test_a_model_is_opened_once_also_by_many_threads(sd3: Path, monkeypatch):
    loads: list[str] = []
    whole = loading.Folder.open
    monkeypatch.setattr(loading.Folder, "open", lambda folder, model: (loads.append(model), whole(folder, model))[1])
    models = ImageModels("cpu")
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(models.get(str(sd3), lambda event: None))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in found}) == 1
    assert len(loads) == 1


def test_a_failure_is_not_kept(copied: Path, sd3: Path):
    models = ImageModels("cpu")
    file = copied / "vae" / WEIGHTS
    whole = file.read_bytes()
    file.write_bytes(b"")
    model = models.get(str(copied), ignore)
    with pytest.raises(ai.FluentError):
        loaded(model.vae)
    file.write_bytes(whole)
    assert loaded(models.get(str(copied), ignore).vae).channels == 4


def test_another_model_takes_the_place_of_the_first(sd3: Path, copied: Path):
    import gc
    import weakref

    models = ImageModels("cpu")
    first = weakref.ref(models.get(str(sd3), lambda event: None))
    models.get(str(copied), lambda event: None)
    gc.collect()
    assert first() is None
