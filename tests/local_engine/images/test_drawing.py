"""Requests through the client: events in order, seeds, sources, leaving, many threads on one model."""

from __future__ import annotations

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fluent_ai as ai
import numpy as np
import pytest
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import modules
from fluent_ai_local.images import text as texts
from fluent_ai_local.provider import LocalProvider
from own_threads import join_own_threads
from PIL import Image

ASKED = {"steps": 3, "guidance": 4.0}


@pytest.fixture(scope="module")
def client():
    with ai.Client() as client:
        yield client


def opened(image: ai.GeneratedImage | ai.PartialImage) -> Image.Image:
    return Image.open(io.BytesIO(image.data or b""))


def part(picture: Image.Image) -> ai.ImagePart:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return ai.ImagePart(data=file.getvalue())


def progress(items, phase: str) -> list[tuple[int, int | None]]:
    return [(item.done, item.total) for item in items if isinstance(item, ai.Progress) and item.phase == phase]


def test_what_comes_and_in_which_order(write_sd3):
    model = f"local:{write_sd3()}"
    with ai.Client().stream_image(model, "a fox", n=2, seed=3, partial_images=2, **ASKED) as stream:
        items = list(stream)
        images = stream.collect()
    loading = progress(items, "load")
    assert loading[0] == (0, None)
    totals = list(dict.fromkeys(total for _, total in loading))
    assert len(totals) == 3, "nobody knows yet; all that stays; T5, which is freed again"
    for total in totals[1:]:
        done = [done for done, of in loading if of == total]
        assert done == sorted(done)
        assert (done[0], done[-1]) == (0, total)
    assert progress(items, "encode") == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert progress(items, "denoise") == [(0, 6), (1, 6), (2, 6), (3, 6), (3, 6), (4, 6), (5, 6), (6, 6)]
    assert progress(items, "decode") == [(0, 2), (1, 2), (1, 2), (2, 2)]
    values = [item for item in items if isinstance(item, ai.PartialImage | ai.GeneratedImage)]
    kinds = ["PartialImage", "PartialImage", "GeneratedImage"] * 2
    assert [type(item).__name__ for item in values] == kinds
    assert [item.index for item in values if isinstance(item, ai.PartialImage)] == [0, 1, 0, 1]
    assert [opened(item).size for item in values] == [(32, 32)] * 6
    assert [image.media_type for image in images] == ["image/png"] * 2
    assert (images.provider, images.model) == ("local", model.removeprefix("local:"))
    assert images.timing is not None


def test_seed_and_settings_are_kept_in_the_picture(client, sd3: Path):
    images = client.image(f"local:{sd3}", "secret words", seed=7, n=2, **ASKED)
    assert [image.seed for image in images] == [7, 8]
    found = [opened(image).text for image in images]
    assert [text["seed"] for text in found] == ["7", "8"]
    assert found[0] == {"Software": "fluent-ai", "model": "sd3", "seed": "7", "steps": "3", "guidance": "4"} | {
        "model": found[0]["model"]
    }
    assert b"secret" not in (images[0].data or b"")
    assert str(sd3.parent).encode() not in (images[0].data or b"")


def test_each_picture_of_many_is_the_one_drawn_alone(client, sd3: Path):
    many = client.image(f"local:{sd3}", "a fox", seed=20, n=4, **ASKED)
    alone = [client.image(f"local:{sd3}", "a fox", seed=20 + number, **ASKED)[0] for number in range(4)]
    assert [image.data for image in many] == [image.data for image in alone]
    assert len({image.data for image in many}) == 4


def test_a_seed_is_chosen_and_told_where_none_is_given(client, sd3: Path):
    one, other = (client.image(f"local:{sd3}", "a fox", **ASKED)[0] for _ in range(2))
    assert one.seed is not None
    assert one.seed != other.seed
    assert client.image(f"local:{sd3}", "a fox", seed=one.seed, **ASKED)[0].data == one.data


def test_the_prompt_the_negative_one_and_guidance_matter(client, sd3: Path):
    asked = {"seed": 1, **ASKED}
    found = [
        client.image(f"local:{sd3}", "a fox", **asked),
        client.image(f"local:{sd3}", "a house", **asked),
        client.image(f"local:{sd3}", "a fox", **asked, negative_prompt="night"),
        client.image(f"local:{sd3}", "a fox", **asked | {"guidance": 2.0}),
        client.image(f"local:{sd3}", "a fox", **asked, time_shift=1.0),
        client.image(f"local:{sd3}", "a fox", **asked, skip_layer_guidance=ai.SkipLayerGuidance(layers=(0,), stop=1)),
    ]
    assert len({images[0].data for images in found}) == len(found)


def test_previews_come_closer_to_the_picture(client, sd3: Path):
    with client.stream_image(f"local:{sd3}", "a fox", seed=1, partial_images=3, steps=12) as stream:
        drafts = [np.array(opened(item)).astype(float) for item in stream if isinstance(item, ai.PartialImage)]
        final = np.array(opened(stream.collect()[0])).astype(float)
    distances = [((draft - final) ** 2).mean() for draft in drafts]
    assert distances[-1] < distances[0]


def test_a_picture_is_changed_as_far_as_strength_says(client, sd3: Path):
    given = Image.fromarray(np.tile(np.linspace(0, 255, 32, dtype=np.uint8)[None, :, None], (32, 1, 3)))
    asked = {"seed": 1, "steps": 10, "guidance": 1.0}
    near, far, anew = (
        np.array(opened(client.image(f"local:{sd3}", "a fox", images=[part(given)], strength=strength, **asked)[0]))
        for strength in (0.1, 0.6, 1.0)
    )
    assert (near != far).any()
    assert (far != anew).any()
    with client.stream_image(f"local:{sd3}", "a", images=[part(given)], strength=0.3, **asked) as stream:
        assert progress(list(stream), "denoise")[-1] == (3, 3)
    fresh = np.array(opened(client.image(f"local:{sd3}", "a fox", **asked)[0]))
    assert (anew == fresh).all(), "at a strength of 1 nothing is kept"


def test_only_what_the_mask_shows_is_changed(client, sd3: Path):
    """The latents outside of the mask stay; a VAE's pixels see a little over its border."""
    given = Image.new("RGB", (32, 32), (200, 30, 60))
    asked = {"seed": 1, "steps": 4, "images": [part(given)]}
    nothing = Image.new("L", (32, 32), 0)
    kept = np.array(opened(client.image(f"local:{sd3}", "a fox", mask=part(nothing), **asked)[0]))
    half = Image.new("RGBA", (32, 32), (0, 0, 0, 255))
    half.paste((0, 0, 0, 0), (16, 0, 32, 32))
    mixed = np.array(opened(client.image(f"local:{sd3}", "a fox", mask=part(half), **asked)[0])).astype(int)
    changed = abs(mixed - kept)
    assert changed[:, 20:].mean() > 2 * changed[:, :8].mean()
    other = np.array(opened(client.image(f"local:{sd3}", "a house", mask=part(nothing), **asked | {"seed": 9})[0]))
    assert (other == kept).all()


def test_a_mask_may_be_as_large_as_an_image_that_is_scaled(client, sd3: Path):
    """Also for several pictures, each of which is the one drawn alone."""
    given = Image.new("RGB", (96, 64), (200, 30, 60))
    large, small = Image.new("L", (96, 64), 0), Image.new("L", (32, 32), 0)
    large.paste(255, (48, 0, 96, 64))
    small.paste(255, (16, 0, 32, 32))
    asked = {"images": [part(given)], "strength": 0.7, "steps": 4}
    many, same = (
        client.image(f"local:{sd3}", "a fox", seed=3, n=3, mask=part(mask), **asked) for mask in (large, small)
    )
    assert [image.data for image in many] == [image.data for image in same]
    assert len({image.data for image in many}) == 3
    for number, image in enumerate(many):
        alone = client.image(f"local:{sd3}", "a fox", seed=3 + number, mask=part(small), **asked)
        assert alone[0].data == image.data


def test_eight_threads_on_one_model(client, sd3: Path):
    model = f"local:{sd3}"
    prompts = ["a fox", "a house", "a river", "night"]
    expected = {prompt: client.image(model, prompt, seed=4, **ASKED)[0].data for prompt in prompts}

    def one(number: int) -> bool:
        prompt = prompts[number % 4]
        return client.image(model, prompt, seed=4, **ASKED)[0].data == expected[prompt]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(40))) == [True] * 40


def test_new_prompts_in_many_threads(sd3: Path):
    """Encoding is what threads could spoil for one another, while the cache is empty."""
    prompts = [f"picture {number}" for number in range(8)]

    def draw(provider: LocalProvider, prompt: str) -> bytes | None:
        items: list[object] = []
        request = ImageRequest(model=str(sd3), prompt=prompt, seed=4, **ASKED)
        provider.image_model(str(sd3)).run(request, items.append)
        return next(item.data for item in items if isinstance(item, ai.GeneratedImage))

    shared = LocalProvider()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda prompt: draw(shared, prompt), prompts))
    fresh = LocalProvider()
    assert together == [draw(fresh, prompt) for prompt in prompts]


def test_a_prompt_is_encoded_once(write_sd3, monkeypatch):
    seen: list[int] = []
    encode = modules.Clip.encode
    monkeypatch.setattr(modules.Clip, "encode", lambda clip, ids: (seen.append(1), encode(clip, ids))[1])
    with ai.Client() as client:
        model = f"local:{write_sd3()}"
        first = client.image(model, "a fox", seed=1, **ASKED)
        assert len(seen) == 4  # two prompts, two encoders
        assert client.image(model, "a fox", seed=1, **ASKED)[0].data == first[0].data
        assert len(seen) == 4


@pytest.mark.parametrize("phase", ["load", "encode", "denoise", "decode"])
def test_leaving_takes_effect_within_a_step(phase: str, write_sd3, monkeypatch):
    """Also while it loads; and who leaves before the end has nothing decoded."""
    before = threading.enumerate()  # observers' threads and others that last
    decoded: list[int] = []
    steps: list[int] = []

    def watch(owner: type, name: str, calls: list[int]) -> None:
        real = getattr(owner, name)

        def watched(view, latents, *given):
            if not latents.is_meta:  # of the plan, which counts memory without numbers
                calls.append(1)
            return real(view, latents, *given)

        monkeypatch.setattr(owner, name, watched)

    watch(modules.Vae, "decode", decoded)
    watch(modules.Transformer, "predict", steps)
    with ai.Client() as client:
        stream = client.stream_image(f"local:{write_sd3()}", "a fox", steps=500, guidance=1.0)
        if phase == "decode":
            stream = client.stream_image(f"local:{write_sd3()}", "a fox", steps=5, guidance=1.0, n=100)
        for item in stream:
            if isinstance(item, ai.Progress) and item.phase == phase and item.done >= 1:
                break
        stream.close()
    taken = len(steps)
    join_own_threads(before)
    assert len(steps) <= taken + 1
    assert len(steps) < 500
    assert len(decoded) <= (2 if phase == "decode" else 0)


def test_the_same_for_async(sd3: Path, client):
    async def draw() -> tuple[list[str], bytes | None]:
        async with (
            ai.AsyncClient() as asynchronous,
            asynchronous.stream_image(f"local:{sd3}", "a fox", seed=5, **ASKED) as stream,
        ):
            kinds = [type(item).__name__ async for item in stream]
            return kinds, (await stream.collect())[0].data

    kinds, data = asyncio.run(draw())
    assert kinds[-1] == "GeneratedImage"
    assert data == client.image(f"local:{sd3}", "a fox", seed=5, **ASKED)[0].data


def test_what_was_cut_off_is_said(client, write_sd3):
    prompt = "x" * 90 + " the end"
    model = f"local:{write_sd3()}"
    warned = client.image(model, prompt, **ASKED).warnings
    assert len(warned) == 2
    assert warned[0].startswith("CLIP-L reads 77 tokens; ")
    assert warned[0].endswith(": " + ("x" * 15 + " the end"))
    warned = client.image(model, "y" * 300 + "z", **ASKED).warnings
    assert [warning.split()[0] for warning in warned] == ["CLIP-L", "CLIP-G", "T5"]
    assert warned[2].startswith("T5 reads 256 tokens; ")
    assert warned[2].endswith(": " + "y" * 46 + "z")


def test_what_will_not_help_is_said(client, sd3: Path):
    model = f"local:{sd3}"
    assert client.image(model, "a", steps=2, guidance=1.0, negative_prompt="b").warnings == (
        "negative_prompt has no effect at a guidance of 1; it needs more than 1",
    )
    skip = ai.SkipLayerGuidance(layers=(0,))
    (warning,) = client.image(model, "a", steps=2, guidance=1.0, skip_layer_guidance=skip).warnings
    assert warning.startswith("skip_layer_guidance has no effect")
    assert client.image(model, "a", steps=2, skip_layer_guidance=skip).warnings == ()


def test_encoders_are_three(sd3: Path):
    assert texts.ENCODERS == 3
