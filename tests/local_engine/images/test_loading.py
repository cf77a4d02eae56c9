"""Folders as diffusers writes them, whole and damaged."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.images import keys, loading, places
from fluent_ai_local.images.config import VARIANTS
from fluent_ai_local.images.loaded import ImageModels, find_device
from safetensors.torch import load_file, save_file
from sd3_files import originals

WEIGHTS = "diffusion_pytorch_model.safetensors"


def load(path: Path):
    return ImageModels("cpu").get(str(path), lambda event: None)


@pytest.fixture
def copied(sd3: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sd3, tmp_path / "copied"))


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
    (read,) = model.text.encode(["a fox"], 256, lambda done: None)
    assert read.encoded.context.shape == (1, 77 + 256, model.transformer.width)
    assert not read.encoded.context[:, 77:].any()


def test_t5_is_freed_after_it_was_used(sd3: Path, monkeypatch):
    import gc
    from weakref import WeakSet

    from fluent_ai_local.images import modules

    alive: WeakSet[object] = WeakSet()
    encode = modules.T5.encode
    monkeypatch.setattr(modules.T5, "encode", lambda t5, ids: (alive.add(t5), encode(t5, ids))[1])
    model = load(sd3)
    model.text.encode(["a fox", ""], 256, lambda done: None)
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
    state, whole = (load(path).transformer.module.state_dict() for path in (copied, sd3))
    assert all(torch.equal(state[name], whole[name]) for name in whole)
    (folder / "two.safetensors").unlink()
    with pytest.raises(ai.ModelLoadFailed, match="1 of 2 shards are missing: two.safetensors"):
        load(copied)


def single_file(folder: Path, prefix: str = keys.TRANSFORMER, *, vae: bool = True) -> dict[str, torch.Tensor]:
    """The tensors of a folder as Stability AI's single files have them, made by the rules backwards."""
    config = json.loads((folder / "transformer" / "config.json").read_text())
    state = load_file(folder / "transformer" / WEIGHTS)
    found = originals(state, partial(keys.transformer_original, layers=config["num_layers"]), prefix)
    if vae:
        found |= originals(load_file(folder / "vae" / WEIGHTS), partial(keys.vae_original, blocks=2), keys.VAE)
    return {name: tensor.contiguous() for name, tensor in found.items()}


@pytest.mark.parametrize("prefix", [keys.TRANSFORMER, ""])
def test_a_single_file_stands_for_the_weights_of_its_folder(prefix: str, copied: Path, sd3: Path):
    vae = bool(prefix)
    file = copied / "sd3.safetensors"
    save_file(single_file(copied, prefix, vae=vae), file)
    (copied / "transformer" / WEIGHTS).unlink()
    if vae:
        (copied / "vae" / WEIGHTS).unlink()
    ours, whole = load(file), load(sd3)
    for part in ("transformer", "vae"):
        state, expected = (getattr(model, part).module.state_dict() for model in (ours, whole))
        assert all(torch.equal(state[name], expected[name]) for name in expected)


def test_what_a_single_file_lacks_or_has_too_much_is_named(copied: Path):
    file = copied / "sd3.safetensors"
    tensors = single_file(copied)
    del tensors[f"{keys.TRANSFORMER}x_embedder.proj.weight"]
    save_file(tensors | {f"{keys.TRANSFORMER}stray": torch.zeros(1)}, file)
    with pytest.raises(ai.WeightsCorrupt) as raised:
        load(file)
    assert "missing: pos_embed.proj.weight" in str(raised.value)
    assert "not part of the model: model.diffusion_model.stray" in str(raised.value)
    save_file({"model.layers.0.weight": torch.zeros(1)}, file)
    with pytest.raises(ai.UnsupportedModel, match="holds no transformer of Stable Diffusion 3"):
        load(file)


def test_weights_of_eight_bits_are_read(copied: Path, sd3: Path):
    file = copied / "sd3.safetensors"
    save_file({name: tensor.to(torch.float8_e4m3fn) for name, tensor in single_file(copied).items()}, file)
    state, whole = (load(path).transformer.module.state_dict() for path in (file, sd3))
    name = "transformer_blocks.0.attn.to_q.weight"
    assert state[name].dtype == torch.float32
    torch.testing.assert_close(state[name], whole[name], atol=0.02, rtol=0.07)


def write_gguf(path: Path, tensors: dict[str, torch.Tensor], architecture: str) -> Path:
    import gguf

    writer = gguf.GGUFWriter(path, architecture)
    for name, tensor in tensors.items():
        values = tensor.numpy()
        if values.ndim == 2 and values.shape[1] % 32 == 0:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_transformer_as_gguf_takes_its_place_in_the_folder(copied: Path, sd3: Path):
    pytest.importorskip("gguf", reason="the extra local is not installed")
    file = write_gguf(copied / "sd3.gguf", single_file(copied, "", vae=False), "sd3")
    state, whole = (load(path).transformer.module.state_dict() for path in (file, sd3))
    assert state.keys() == whole.keys()
    for name, tensor in whole.items():
        torch.testing.assert_close(state[name], tensor, atol=0.01, rtol=0.01)


def test_a_language_model_is_no_transformer_of_images(copied: Path):
    pytest.importorskip("gguf", reason="the extra local is not installed")
    file = write_gguf(copied / "llama.gguf", {"token_embd.weight": torch.zeros(32, 32)}, "llama")
    with pytest.raises(ai.UnsupportedModel, match="of the architecture 'llama'; expected sd3"):
        load(file)


def test_weights_in_half_precision_are_computed_in_whole(copied: Path):
    changed(copied / "transformer" / WEIGHTS, lambda tensors: tensors.update(
        {name: tensor.half() for name, tensor in tensors.items()}))  # fmt: skip
    model = load(copied)
    assert {tensor.dtype for tensor in model.transformer.module.parameters()} == {torch.float32}


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


def test_unknown_names_have_near_matches():
    with pytest.raises(ai.NotFound, match=r"did you mean sd3.5-medium"):
        places.check("sd3.5-medum")
    with pytest.raises(ai.NotFound, match=r"known: tiny-sd3, sd3-medium"):
        places.check("zzz")
    with pytest.raises(ai.NotFound, match="no such folder or file: /nowhere/at/all"):
        places.check("/nowhere/at/all")


def test_a_device_that_is_not_there_is_told(sd3: Path):
    for name in ("cuda:77", "no-such-device"):
        with pytest.raises(ai.StageFailed, match="this machine has cpu") as raised:
            ImageModels(name).get(str(sd3), lambda event: None)
        assert raised.value.stage == "device"
    assert find_device("cpu") == torch.device("cpu")


def test_a_model_is_loaded_once_also_by_many_threads(sd3: Path, monkeypatch):
    loads: list[str] = []
    whole = loading.Folder.load
    monkeypatch.setattr(loading.Folder, "load", lambda folder, model: (loads.append(model), whole(folder, model))[1])
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
    with pytest.raises(ai.FluentError):
        models.get(str(copied), lambda event: None)
    file.write_bytes(whole)
    assert models.get(str(copied), lambda event: None) is models.get(str(copied), lambda event: None)


def test_another_model_takes_the_place_of_the_first(sd3: Path, copied: Path):
    import gc
    import weakref

    models = ImageModels("cpu")
    first = weakref.ref(models.get(str(sd3), lambda event: None))
    models.get(str(copied), lambda event: None)
    gc.collect()
    assert first() is None


def test_long_work_is_never_silent():
    said: list[float] = []

    def work(told: object) -> str:
        time.sleep(1.2)
        return "done"

    began = time.monotonic()
    assert attended(work, lambda item: said.append(time.monotonic()), name="test") == "done"
    times = [began, *said, time.monotonic()]
    assert max(after - before for before, after in pairwise(times)) < 0.5


def test_who_leaves_during_long_work_is_let_go_and_the_work_is_told():
    told_off = threading.Event()

    def work(told) -> None:
        try:
            while True:
                told(ai.Progress("load", 1, 2))
                time.sleep(0.01)
        except ai.Cancelled:
            told_off.set()
            raise

    def emit(item: object) -> None:
        raise ai.Cancelled("left")

    with pytest.raises(ai.Cancelled):
        attended(work, emit, name="test")
    assert told_off.wait(5)


def test_who_waits_for_a_lock_hears_of_it():
    lock = threading.Lock()
    lock.acquire()
    said: list[object] = []

    def emit(item: object) -> None:
        said.append(item)
        lock.release()

    with hold(lock, emit):
        assert lock.locked()
    assert said == [ai.Ping()]
    assert not lock.locked()
