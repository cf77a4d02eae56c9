"""Images over a real socket: edits, partial images, failures, workers."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Auth, Manifest, Media, Route
from fluent_ai.protocols.table import load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.image import ImageItem, ImageOptions, ImageRequest
from fluent_ai.verbs.speak import SpeakOptions
from fluent_ai.verbs.transcribe import TranscribeOptions
from image_calls import DATA_URL, KEY, MODEL, PART, at, client, row
from scripted_server import Server, reply, sse, stream
from verb_answers.images import ANSWERS, BASE64, PICTURE


def test_options_that_routes_speak_of_exist() -> None:
    known = {"transcription": TranscribeOptions, "speech": SpeakOptions, "images": ImageOptions}
    for manifest in load_manifests().values():
        for capability, kind in known.items():
            for route in manifest.routes(capability):  # type: ignore[arg-type]  # the keys are capabilities
                assert {*route.without, *route.requires} <= kind.__annotations__.keys()


@pytest.mark.parametrize("flag", Media.__struct_fields__)
def test_every_flag_is_used(flag: str) -> None:
    found = [
        route.media for row in load_manifests().values() for name in row.capabilities for route in row.routes(name)
    ]
    assert any(getattr(media, flag) != getattr(Media(), flag) for media in found)


def test_what_is_sent(server: Server) -> None:
    server.say(ANSWERS["openai_images"])
    with client(server, media=Media(streams=True)) as acme:
        found = acme.image(
            MODEL, "cat", n=2, size="512x512", quality="high", background="opaque", format="webp", seed=7,
            negative_prompt="dog", partial_images=2, extra_body={"user": "u"},
        )  # fmt: skip
    assert server.sent[0].json() == {
        "model": "painter-1",
        "prompt": "cat",
        "n": 2,
        "size": "512x512",
        "quality": "high",
        "background": "opaque",
        "output_format": "webp",
        "seed": 7,
        "negative_prompt": "dog",
        "stream": True,
        "partial_images": 2,
        "user": "u",
    }
    assert found[0].revised_prompt == "A tall lighthouse"


def test_images_come_while_they_are_made(server: Server) -> None:
    rows = [
        {"type": "image_generation.partial_image", "b64_json": BASE64, "partial_image_index": index}
        for index in range(2)
    ]
    last = {"type": "image_generation.completed", "b64_json": BASE64, "output_format": "png"}
    usage = {"input_tokens": 5, "output_tokens": 100, "total_tokens": 105}
    server.say(stream([*sse(*rows, last | {"usage": usage}, done=False)]))

    async def draw() -> list[Any]:
        settings: dict[str, Any] = {"manifests": [row(server.url, media=Media(streams=True))], "keys": {"acme": KEY}}
        async with (
            ai.AsyncClient(**settings) as acme,
            acme.model(MODEL).stream_image("cat", partial_images=2) as images,
        ):
            return [item async for item in images]

    with client(server, media=Media(streams=True)) as acme, acme.stream_image(MODEL, "cat", partial_images=2) as images:
        items = list(images)
        (image,) = images.collect()
        assert images.partial.usage is not None
        assert (images.partial.usage.input_tokens, images.partial.usage.output_tokens) == (5, 100)
    kinds = [type(item).__name__ for item in items]
    assert kinds == ["StreamStart", "PartialImage", "PartialImage", "GeneratedImage", "UsageUpdate"]
    assert image == ai.GeneratedImage(data=PICTURE, media_type="image/png")
    assert asyncio.run(draw()) == items


def test_editing_sends_a_form(server: Server) -> None:
    server.say(ANSWERS["openai_images"])
    media = Media(formats=("png",), max_bytes=100, other_path="/images/edits")
    with client(server, media=media, body={"response_format": "b64_json"}) as acme:
        acme.image(MODEL, "add a hat", images=[PART], mask=PART)
        acme.image(MODEL, "mix", images=[PART, PART])
    assert {sent.path for sent in server.sent} == {"/images/edits"}
    one, two = (sent.body for sent in server.sent)
    assert one.count(b'name="image"; filename="image.png"\r\ncontent-type: image/png\r\n\r\n' + PICTURE) == 1
    assert one.count(b'name="mask"; filename="image.png"') == 1
    assert b'name="response_format"\r\n\r\nb64_json\r\n' in one
    assert two.count(b'name="image[]"; filename="image.png"') == 2


@pytest.mark.parametrize(
    ("provider", "path", "given", "body"),
    [
        ("xai", "/images/edits", {"size": "16:9"},
         {"aspect_ratio": "16:9", "images": [{"type": "image_url", "url": DATA_URL}]}),
        ("openrouter", "/images", {}, {"input_references": [{"image_url": {"url": DATA_URL}}]}),
        ("together", "/images/generations", {"size": "64x32"},
         {"width": 64, "height": 32, "reference_images": [DATA_URL]}),
    ],
)  # fmt: skip
def test_editing_inside_json(
    server: Server, provider: str, path: str, given: dict[str, Any], body: dict[str, Any]
) -> None:
    server.say(ANSWERS["openai_images"])
    with at(provider, server) as one:
        one.image(f"{provider}:m", "add a hat", images=[PART], **given)
    sent = server.sent[0].json()
    sent.pop("response_format", None)
    assert server.sent[0].path == path
    assert sent == {"model": "m", "prompt": "add a hat", **body}


def test_gemini_and_imagen(server: Server) -> None:
    with at("gemini", server) as gemini:
        server.say(ANSWERS["gemini_images"])
        found = gemini.image("gemini:gemini-3-pro-image", "a hat", size="16:9", seed=3, images=[PART])
        assert found.usage is not None
    server.say(ANSWERS["imagen"])
    with client(server, protocol="imagen") as acme:
        acme.image(MODEL, "a hat", size="2K", n=2, negative_prompt="dog", seed=0, format="jpeg")
    assert server.sent[0].json() == {
        "contents": [
            {"role": "user", "parts": [{"text": "a hat"}, {"inlineData": {"mimeType": "image/png", "data": BASE64}}]}
        ],
        "generationConfig": {
            "responseModalities": ["TEXT", "IMAGE"],
            "imageConfig": {"aspectRatio": "16:9"},
            "seed": 3,
        },
    }
    assert server.sent[1].json() == {
        "instances": [{"prompt": "a hat"}],
        "parameters": {
            "sampleCount": 2,
            "includeRaiReason": True,
            "sampleImageSize": "2K",
            "negativePrompt": "dog",
            "seed": 0,
            "addWatermark": False,
            "outputOptions": {"mimeType": "image/jpeg"},
        },
    }


@pytest.mark.parametrize(
    ("model", "given", "fields"),
    [
        ("together:m", {}, {"steps": 8, "guidance_scale": 3.5}),
        ("huggingface:m", {}, {"num_inference_steps": 8, "guidance_scale": 3.5}),
        ("cloudflare:@cf/m", {"strength": 0.5, "images": [PART]}, {"num_steps": 8, "guidance": 3.5, "strength": 0.5}),
    ],
)
def test_options_of_diffusion_models(server: Server, model: str, given: dict[str, Any], fields: dict[str, Any]) -> None:
    provider = model.partition(":")[0]
    server.say(ANSWERS["openai_images" if provider == "together" else "huggingface_images"])
    with at(provider, server) as one:
        one.image(model, "cat", steps=8, guidance=3.5, **given)
    body = server.sent[0].json()
    assert fields.items() <= body.get("parameters", body).items()


@pytest.mark.parametrize(
    ("model", "given"),
    [
        ("openai:gpt-image-2", {"steps": 8}),
        ("xai:m", {"guidance": 3.5}),
        ("deepinfra:m", {"negative_prompt": "dog"}),
        ("gemini:imagen-4", {"seed": 1}),
        ("together:m", {"strength": 0.5, "images": [PART]}),
        ("bedrock:amazon.nova-canvas-v1:0", {"steps": 8}),
        ("bedrock:stability.sd3-5-large-v1:0", {"guidance": 3.5}),
    ],
)
def test_they_are_refused_by_those_who_do_not_take_them(server: Server, model: str, given: dict[str, Any]) -> None:
    provider, option = model.partition(":")[0], next(iter(given))
    with at(provider, server) as one, pytest.raises(ai.ConfigError, match=f"{option} is not supported by {provider}"):
        one.image(model, "cat", **given)
    assert server.sent == []


def bedrock_body(**given: Any) -> dict[str, Any]:
    route = Route(protocol="bedrock_images", media=Media(diffusion={"guidance": "cfgScale"}))
    endpoint = Endpoint(row("https://acme.test"), "https://acme.test", {}, route=route)
    body: dict[str, Any] = load_codec("bedrock_images", "images")(endpoint).body(
        ImageRequest(model="m", prompt="cat", **given)
    )
    return body


def test_amazons_tasks() -> None:
    assert bedrock_body(size="512x256", n=2, seed=3, quality="premium", negative_prompt="dog") == {
        "taskType": "TEXT_IMAGE",
        "textToImageParams": {"text": "cat", "negativeText": "dog"},
        "imageGenerationConfig": {"numberOfImages": 2, "width": 512, "height": 256, "seed": 3, "quality": "premium"},
    }
    assert bedrock_body(guidance=6.5)["imageGenerationConfig"] == {"numberOfImages": 1, "cfgScale": 6.5}
    assert bedrock_body(images=(PART,))["imageVariationParams"] == {"text": "cat", "images": [BASE64]}
    painted = bedrock_body(images=(PART,), mask=PART)
    assert (painted["taskType"], painted["inPaintingParams"]["maskImage"]) == ("INPAINTING", BASE64)
    with pytest.raises(ai.ConfigError, match="images holds 2; allowed: one, together with mask"):
        bedrock_body(images=(PART, PART), mask=PART)


def test_open_models(server: Server) -> None:
    server.say(ANSWERS["huggingface_images"])
    with at("huggingface", server) as hub:
        hub.image("huggingface:black-forest-labs/FLUX.1-dev", "cat", size="64x32", seed=3, negative_prompt="dog")
    with at("cloudflare", server) as cloudflare:
        cloudflare.image("cloudflare:@cf/lykon/dreamshaper-8-lcm", "cat", images=[PART])
        server.say(reply(200, {"result": {"image": BASE64}, "success": True}))
        (image,) = cloudflare.image("cloudflare:@cf/black-forest-labs/flux-1-schnell", "cat")
        assert image.data == PICTURE
        with pytest.raises(ai.ConfigError, match="images holds 2; allowed: one"):
            cloudflare.image("cloudflare:@cf/m", "cat", images=[PART, PART])
    wanted = {"width": 64, "height": 32, "seed": 3, "negative_prompt": "dog"}
    assert server.sent[0].json() == {"inputs": "cat", "parameters": wanted}
    assert server.sent[0].path == "/hf-inference/models/black-forest-labs/FLUX.1-dev"
    assert server.sent[1].json() == {"prompt": "cat", "image_b64": BASE64}
    assert server.sent[1].path == "/run/@cf/lykon/dreamshaper-8-lcm"


def test_a_url_stays_a_url(server: Server, tmp_path: Path) -> None:
    server.say(reply(200, {"data": [{"url": "https://acme.test/a.png"}]}))
    with client(server) as acme:
        (image,) = acme.image(MODEL, "cat")
    assert image == ai.GeneratedImage(url="https://acme.test/a.png")
    assert len(server.sent) == 1
    with pytest.raises(ai.ConfigError, match="the image is only a URL"):
        image.save(tmp_path / "a.png")
    ai.GeneratedImage(data=PICTURE).save(tmp_path / "b.png")
    ai.PartialImage(0, PICTURE).save(tmp_path / "c.png")
    assert (tmp_path / "b.png").read_bytes() == (tmp_path / "c.png").read_bytes() == PICTURE


class Painter:
    """An in-process model that tells of each step."""

    def image_model(self, model: str) -> Painter:
        return self

    def run(self, request: ImageRequest, emit: Emit[ImageItem]) -> None:
        for step in range(3):
            emit(ai.Progress("denoising", step + 1, 3))
        for _ in range(request.n or 1):
            emit(ai.GeneratedImage(data=base64.b64decode(BASE64), media_type="image/png"))


def test_a_worker_of_this_process() -> None:
    auth = Auth(scheme="none", required=False)
    here = Manifest(id="painter", name="P", docs="https://acme.test", auth=auth, images=(Route(protocol="worker"),))
    ai.register_provider(here, Painter)
    try:
        with ai.Client() as client, client.stream_image("painter:any", "cat", n=2) as images:
            items = list(images)
            assert len(images.collect()) == 2
        assert items[:3] == [ai.Progress("denoising", step, 3) for step in (1, 2, 3)]
    finally:
        ai.unregister_provider("painter")
