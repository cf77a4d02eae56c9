"""What is refused, before anything is loaded where it can be."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from PIL import Image


def png(width: int, height: int) -> ai.ImagePart:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return ai.ImagePart(data=file.getvalue())


PART = png(32, 32)
EARLY: list[tuple[dict[str, Any], str]] = [
    ({"size": "100x100"}, "size is 100x100; allowed: multiples of 16 pixels"),
    ({"size": "16:9"}, "size is '16:9'; allowed: width and height in pixels"),
    ({"size": "0x16"}, "size is '0x16'"),
    ({"n": 1000}, "n is 1,000; allowed: 1 to 100"),
    ({"n": 0}, "n is 0"),
    ({"seed": 2**63}, "seed is 9223372036854775808; allowed: 0 to 2**63 - n"),
    ({"seed": -1}, "seed is -1"),
    ({"steps": 0}, "steps is 0"),
    ({"steps": 2.5}, "steps is of type float; allowed: a whole number from 1 to 1000"),
    ({"guidance": -1.0}, "guidance is -1"),
    ({"guidance": float("nan")}, "guidance is nan"),
    ({"time_shift": 0}, "time_shift is 0"),
    ({"strength": 0, "images": [PART]}, "strength is 0; allowed: above 0, up to 1"),
    ({"strength": 1.5, "images": [PART]}, "strength is 1.5"),
    ({"strength": 0.5}, "strength is given without images"),
    ({"mask": PART}, "mask is given without images"),
    ({"images": [PART, PART]}, "images holds 2; allowed: one"),
    ({"images": [ai.ImagePart(url="https://example.test/x.png")]}, "given by URL"),
    ({"quality": "hd"}, "quality is 'hd'"),
    ({"background": "transparent"}, "background is 'transparent'"),
    ({"format": "webp"}, "format is 'webp'; allowed: png"),
    ({"preset": "comfy"}, "preset is 'comfy'; allowed: candle"),
    ({"attention": "xformers"}, "attention is 'xformers'; allowed: flash, efficient, math"),
    ({"attention": 2}, "attention is of type int"),
    ({"partial_images": 4}, "partial_images is 4"),
    ({"skip_layer_guidance": 2.8}, "skip_layer_guidance is of type float"),
    ({"negative_prompt": "a\ud800"}, "negative_prompt has half a surrogate pair at position 1"),
    ({"extra_body": {"cfg": 3}}, "extra_body is given; the local engine sends no request"),
    ({"num_inference_steps": 4}, "Use steps="),
    ({"guidance_scale": 4}, "Use guidance="),
    ({"skip_guidance_layers": [7]}, "Use skip_layer_guidance="),
]
LATE: list[tuple[dict[str, Any], str]] = [
    ({"size": "1024x32"}, "size is 1024x32; allowed: multiples of 4 pixels, up to 96"),
    ({"skip_layer_guidance": True}, "skip_layer_guidance names layer 7; allowed: 0 to 2, as the model has them"),
    ({"images": [PART], "mask": png(16, 32)}, "mask is 16x32; allowed: 32x32, as the image"),
    ({"images": [png(64, 48)], "mask": png(48, 64)}, "mask is 48x64; allowed: 64x48 or 32x32, as the image"),
    ({"images": [ai.ImagePart(data=b"\x89PNG\r\n\x1a\nno more")]}, "images[0] cannot be read as a picture"),
]


@pytest.mark.parametrize(("options", "message"), EARLY, ids=lambda value: str(value)[:40])
def test_refused_by_the_call_itself(options: dict[str, Any], message: str, sd3: Path):
    with ai.Client() as client, pytest.raises(ai.ConfigError) as raised:
        client.stream_image(f"local:{sd3}", "a secret", **options)
    assert message in str(raised.value)
    assert "secret" not in str(raised.value)


def test_half_a_character_is_refused(sd3: Path):
    with ai.Client() as client, pytest.raises(ai.ConfigError, match="prompt has half a surrogate pair at position 7"):
        client.stream_image(f"local:{sd3}", "a seven\ud83d")


@pytest.mark.parametrize(("options", "message"), LATE, ids=lambda value: str(value)[:40])
def test_refused_once_the_model_is_known(options: dict[str, Any], message: str, sd3: Path):
    with ai.Client() as client, pytest.raises(ai.ConfigError) as raised:
        client.image(f"local:{sd3}", "a secret", **options)
    assert message in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "fields", [{"layers": ()}, {"layers": (-1,)}, {"scale": -1.0}, {"start": 0.5, "stop": 0.4}, {"stop": 1.5}]
)
def test_skipped_layers_are_checked_where_they_are_named(fields: dict[str, Any]):
    with pytest.raises(ai.ConfigError):
        ai.SkipLayerGuidance(**fields)


def test_an_unknown_model_is_an_error_of_the_call():
    with ai.Client() as client, pytest.raises(ai.NotFound, match="did you mean sd3.5-large"):
        client.image("local:sd3.5-larg", "a")


def test_without_the_extra_it_says_what_to_install(sd3: Path, monkeypatch):
    from fluent_ai_local import provider

    monkeypatch.setattr(provider, "find_spec", lambda name: None if name == "diffusers" else name)
    with pytest.raises(ai.ConfigError, match=r"local images need diffusers: pip install 'fluent-ai\[images\]'"):
        provider.LocalProvider().image_models()


def test_options_of_the_engine_are_refused_by_those_who_have_no_word_for_them():
    with ai.Client(keys={"openai": "sk-x"}) as client:
        for option, value in {
            "steps": 4,
            "guidance": 4.0,
            "time_shift": 3.0,
            "preset": "candle",
            "attention": "math",
        }.items():
            with pytest.raises(ai.ConfigError, match=f"{option} is not supported by openai"):
                client.image("openai:gpt-image-2", "a", **{option: value})
