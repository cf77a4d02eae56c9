"""CLIP as an embedding model: texts and pictures in one space, as transformers' CLIPModel has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import fluent_ai as ai
import transformers
from fluent_ai.content.events import Progress, UsageUpdate
from fluent_ai_local.clip.pixels import read_preparation
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import gradient, noise, saved
from PIL import Image
from safetensors.torch import load_file, save_file
from small_clip import END, SIDE, TOKENS, change, processor, write_clip

TEXTS = ["the cat", "a b c a b c", "The  CAT's é", "x"]
PICTURES = [gradient(64, 48), noise(31, 90), gradient(7, 5), gradient(30, 30).convert("L")]


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clip")
    return write_clip(folder), folder


@pytest.fixture
def damaged(clip, tmp_path):
    """A copy that a test may change."""
    folder = tmp_path / "clip"
    folder.mkdir()
    for file in clip[1].iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture(scope="module")
def client():
    with ai.Client() as client:
        yield client


def part(picture: Image.Image, format: str = "PNG", **options: Any) -> ai.ImagePart:
    return ai.ImagePart(data=saved(picture, format, **options))


def embed(client: ai.Client, folder: Path, inputs: object, **options: Any) -> torch.Tensor:
    return torch.tensor([list(vector) for vector in client.embed(f"local:{folder}", inputs, **options)])


@torch.inference_mode()
def expected(clip: tuple[transformers.CLIPModel, Path]) -> tuple[torch.Tensor, torch.Tensor]:
    """The vectors of TEXTS and PICTURES that the whole model has, scaled as it scales them."""
    model, folder = clip
    tokenizer = transformers.CLIPTokenizer.from_pretrained(folder)
    pixels = processor()([picture.convert("RGB") for picture in PICTURES], return_tensors="pt")
    found = model(**tokenizer(TEXTS, padding=True, return_tensors="pt"), **pixels)
    return found.text_embeds, found.image_embeds


def test_texts_and_pictures_have_the_vectors_of_transformers(clip, client):
    texts, pictures = expected(clip)
    mixed = [each for pair in zip(TEXTS, map(part, PICTURES), strict=True) for each in pair]
    found = embed(client, clip[1], mixed)
    torch.testing.assert_close(found[::2], texts, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(found[1::2], pictures, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(found.norm(dim=-1), torch.ones(len(mixed)))


def test_a_folder_with_all_processors_in_one_file(clip, client, tmp_path):
    write_clip(tmp_path, together=True)
    assert not (tmp_path / "preprocessor_config.json").exists()
    assert torch.equal(embed(client, tmp_path, part(PICTURES[0])), embed(client, clip[1], part(PICTURES[0])))


def test_many_pictures_are_the_same_as_each_alone(clip, client):
    """More than are computed at once, and from files as well as from bytes."""
    together = embed(client, clip[1], [part(picture) for picture in PICTURES * 5])
    for number, picture in enumerate(PICTURES):
        alone = embed(client, clip[1], part(picture))
        torch.testing.assert_close(together[number :: len(PICTURES)], alone.expand(5, -1), atol=1e-5, rtol=1e-5)


def test_vectors_stream_with_progress_and_usage(clip, client):
    inputs = [part(PICTURES[0]), "the cat", *[part(picture) for picture in PICTURES * 3]]
    with client.stream_embed(f"local:{clip[1]}", inputs) as stream:
        events = list(stream)
    done = [each.done for each in events if isinstance(each, Progress) and each.phase == "embed"]
    assert done == [1, 9, 14]
    assert sorted(each.index for each in events if isinstance(each, ai.Embedding)) == list(range(14))
    # Nine patches of a picture, and one vector for the whole; `the`, `cat`, and two ends.
    assert [each.usage.input_tokens for each in events if isinstance(each, UsageUpdate)] == [13 * 10 + 4]


def test_a_picture_is_turned_as_exif_says(clip, client):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = embed(client, clip[1], part(PICTURES[0], "PNG", exif=exif))
    upright = embed(client, clip[1], part(PICTURES[0].transpose(Image.Transpose.ROTATE_270)))
    assert torch.equal(turned, upright)


def test_the_end_token_in_a_text_is_text(clip, client):
    """What follows it would not be read otherwise, so that texts with another meaning would have the same vector."""
    found = embed(client, clip[1], [f"the {END} cat", f"the {END} x", "the"])
    assert not torch.allclose(found[0], found[1], atol=1e-3)
    assert not torch.allclose(found[0], found[2], atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 90), height=st.integers(1, 90),
    mode=st.sampled_from(["RGB", "RGBA", "L", "P", "CMYK", "1"]),
    shortest=st.integers(1, 2 * SIDE), resample=st.sampled_from([0, 1, 2, 3]),
)  # fmt: skip
def test_pixels_are_those_of_the_image_processor(tmp_path_factory, clip, width, height, mode, shortest, resample):
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "config.json").write_bytes((clip[1] / "config.json").read_bytes())
    (folder / "model.safetensors").symlink_to(clip[1] / "model.safetensors")
    reference = processor(size={"shortest_edge": shortest}, resample=resample, image_std=[0.3, 0.2, 0.1])
    reference.save_pretrained(folder)
    picture = noise(width, height).convert(mode)
    found = read_preparation(HuggingFaceFolder(folder), SIDE).pixels(picture, "picture")
    wanted = reference(picture.convert("RGB"), return_tensors="pt")["pixel_values"][0]
    torch.testing.assert_close(found, wanted, atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    "settings",
    [
        {"size": SIDE, "crop_size": SIDE},  # as CLIP's own files have it
        {"size": {"height": SIDE, "width": SIDE}, "do_center_crop": False},
        {"do_normalize": False},
        {"do_rescale": False, "do_normalize": False},
    ],
)
def test_other_forms_of_the_settings(clip, damaged, client, settings):
    change(damaged / "preprocessor_config.json", **settings)
    reference = processor(**settings)
    found = read_preparation(HuggingFaceFolder(damaged), SIDE).pixels(PICTURES[0], "picture")
    wanted = reference(PICTURES[0], return_tensors="pt")["pixel_values"][0].float()
    torch.testing.assert_close(found, wanted, atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"crop_size": 28}, r"preprocessor_config.json: .*'crop_size': 28.*; supported: what makes pictures of 30x30"),
        ({"do_center_crop": False}, "'do_center_crop': False}; supported: what makes pictures of 30x30"),
        ({"do_resize": False}, "'do_resize': False"),
        ({"size": {"longest_edge": 30}}, "longest_edge"),
        ({"size": 10**9}, "'size': 1000000000"),
        ({"image_std": [1, 0, 1]}, r"image_std = \(1.0, 0.0, 1.0\); supported: finite numbers, deviations above 0"),
        ({"image_mean": [1]}, "image_mean"),
        ({"resample": 9}, "resample = 9; supported: 0 to 5"),
    ],
)
def test_settings_that_lead_elsewhere_are_refused_by_name(damaged, client, settings, message):
    change(damaged / "preprocessor_config.json", **settings)
    with pytest.raises(ai.UnsupportedModel, match=message):
        embed(client, damaged, "a")


def test_a_folder_that_does_not_say_how_pictures_are_prepared(damaged, client):
    (damaged / "preprocessor_config.json").unlink()
    with pytest.raises(ai.ModelLoadFailed, match=r"preprocessor_config.json: no such file"):
        embed(client, damaged, "a")


def test_missing_and_surplus_tensors_are_named(damaged, client):
    state = load_file(damaged / "model.safetensors")
    del state["visual_projection.weight"]
    save_file(state | {"other": torch.zeros(1)}, damaged / "model.safetensors")
    message = r"1 tensors are missing: visual_projection.weight; 1 tensors are not part of the model: other"
    with pytest.raises(ai.WeightsCorrupt, match=message):
        embed(client, damaged, "a")


def test_a_tensor_of_another_shape_is_named(damaged, client):
    state = load_file(damaged / "model.safetensors")
    save_file(state | {"text_projection.weight": torch.zeros(2, 2)}, damaged / "model.safetensors")
    with pytest.raises(ai.WeightsCorrupt, match=r"text_projection.weight is shaped \[2, 2\], expected \[24, 32\]"):
        embed(client, damaged, "a")


def test_a_configuration_that_transformers_refuses(damaged, client):
    change(damaged / "config.json", vision_config={"hidden_size": "wide"})
    with pytest.raises(ai.UnsupportedModel, match=r"config.json: "):
        embed(client, damaged, "a")


def test_too_long_a_text_is_refused_or_cut(clip, client):
    with pytest.raises(ai.ContextTooLong, match=rf"inputs\[1\] has 32 tokens; .* takes {TOKENS}\. truncate=True"):
        embed(client, clip[1], ["a", "a " * 30])
    cut = embed(client, clip[1], "a " * 30, truncate=True)
    torch.testing.assert_close(cut, embed(client, clip[1], "a " * (TOKENS - 2)))


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (ai.ImagePart(data=b"\x89PNG\r\n\x1a\n" + b"x" * 40), r"inputs\[1\] cannot be read as a picture"),
        (ai.ImagePart(data=b"GIF8"), r"inputs\[1\] cannot be read as a picture"),
        (ai.ImagePart(data=b"hello"), r"inputs\[1\]: media_type of ImagePart is not given"),
        (ai.ImagePart(path="/nowhere/cat.png"), r"inputs\[1\]: path '/nowhere/cat.png' of ImagePart: No such file"),
        (ai.ImagePart(url="https://example.com/cat.png"), r"inputs\[1\]: ImagePart holds a URL"),
        (part(Image.new("RGB", (1, 80_000))), r"inputs\[1\] is 1x80000; allowed: a longer side of at most \d+ times"),
    ],
)
def test_pictures_that_cannot_be_used_are_refused_by_number(clip, client, picture, message):
    with pytest.raises(ai.ConfigError, match=message) as caught:
        embed(client, clip[1], ["a", picture])
    assert len(caught.value.partial) == 1  # the text has its vector


def test_a_picture_cut_off_in_the_middle(clip, client):
    data = saved(noise(64, 64), "PNG")
    with pytest.raises(ai.ConfigError, match=r"inputs\[0\] cannot be read as a picture: OSError"):
        embed(client, clip[1], ai.ImagePart(data=data[: len(data) // 2]))


def test_too_many_pixels_are_refused_before_they_are_decoded(clip, client, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(ai.ConfigError, match=r"inputs\[0\] has too many pixels; allowed: 2,000"):
        embed(client, clip[1], part(gradient(64, 48)))


def test_models_of_texts_take_no_pictures(tiny_path, client):
    with pytest.raises(ai.ConfigError, match=r"inputs\[1\] is an image; allowed here: str"):
        embed(client, tiny_path, ["a", part(PICTURES[0])])


def test_what_a_clip_cannot_do_is_refused_by_name(clip, client):
    with pytest.raises(ai.UnsupportedModel, match="is an encoder: it embeds texts, and writes none"):
        client.complete(f"local:{clip[1]}", "a")
    with pytest.raises(ai.UnsupportedModel, match="was trained to compare texts with pictures; rerank takes"):
        client.rerank(f"local:{clip[1]}", "a", ["b"])
    with pytest.raises(ai.ConfigError, match="input_type = 'query'"):
        embed(client, clip[1], "a", input_type="query")


def test_a_folder_as_openai_published_it(damaged, client, clip):
    """With keys that transformers no longer writes, and with the numbers of positions among the tensors."""
    config = json.loads((damaged / "config.json").read_text())
    legacy = {"torchscript": False, "use_bfloat16": False, "pruned_heads": {}, "return_dict": True, "torch_dtype": None,
              "task_specific_params": None, "top_k": 50, "num_beams": 1}  # fmt: skip
    for name in ("text_config", "vision_config"):
        config[name] |= legacy
        config[f"{name}_dict"] = None
    (damaged / "config.json").write_text(json.dumps(config | {"torch_dtype": "float32"}))
    positions = {f"{name}_model.embeddings.position_ids": torch.arange(5)[None] for name in ("text", "vision")}
    save_file(load_file(damaged / "model.safetensors") | positions, damaged / "model.safetensors")
    assert torch.equal(embed(client, damaged, "the cat"), embed(client, clip[1], "the cat"))


def test_a_stream_that_was_left_does_not_keep_the_model_from_others(clip, client):
    with client.stream_embed(f"local:{clip[1]}", [part(picture) for picture in PICTURES * 10]) as stream:
        for event in stream:
            if isinstance(event, ai.Embedding):
                break
    assert embed(client, clip[1], "the cat").shape == (1, 24)
