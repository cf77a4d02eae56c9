"""Images that are refused before they are sent, and answers that hold none."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Media, Route
from fluent_ai.protocols.table import codecs, load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.image import ImageRequest
from hostile import bodies, survive
from hypothesis import given
from hypothesis import strategies as st
from image_calls import MODEL, PART, at, client, row
from scripted_server import Server, reply, sse, stream
from verb_answers.images import BASE64, PICTURE


@pytest.mark.parametrize(
    ("prompt", "given", "message"),
    [
        ("", {}, r"prompt is empty"),
        (b"cat", {}, "prompt is of type bytes; allowed: a str"),
        ("cat", {"n": 0}, "n is 0; allowed: a whole number from 1"),
        ("cat", {"n": 1.5}, "n is of type float"),
        ("cat", {"seed": -1}, "seed is -1; allowed: a whole number from 0"),
        ("cat", {"size": 3}, "size is of type int; allowed: a str"),
        ("cat", {"size": "large"}, "size is 'large'; allowed: width and height in pixels, as 1024x1024"),
        ("cat", {"size": "0x9"}, "size is '0x9'"),
        ("cat", {"partial_images": 9}, "partial_images is 9; allowed: a whole number from 0 to 3"),
        ("cat", {"partial_images": 1}, "partial_images is not supported by acme"),
        ("cat", {"images": PART}, "images is of type ImagePart; allowed: a list of ImageParts"),
        ("cat", {"images": [b"x"]}, r"images\[0\] is of type bytes; allowed: an ImagePart"),
        ("cat", {"images": [PART]}, "images is not supported by acme"),
        ("cat", {"mask": PART}, "mask is given without images"),
        ("cat", {"mask": "x", "images": [PART]}, "mask is of type str; allowed: an ImagePart"),
        ("cat", {"style": "vivid"}, "option 'style' is not known for openai_images.*extra_body="),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, prompt: Any, given: dict[str, Any], message: str
) -> None:
    with client(server, media=Media(size="width_height")) as acme, pytest.raises(ai.ConfigError, match=message):
        acme.image(MODEL, prompt, **given)
    assert server.sent == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (ai.ImagePart(data=b"GIF89a"), "media_type of ImagePart is 'image/gif'; allowed: png"),
        (ai.ImagePart(data=PICTURE * 9), "ImagePart has 279 bytes; allowed: at most 100"),
        (ai.ImagePart(path="/nowhere.png"), "path '/nowhere.png' of ImagePart: No such file"),
        (ai.ImagePart(url="https://acme.test/a.png"), "ImagePart holds a URL"),
    ],
)
def test_files_that_are_refused(server: Server, part: ai.ImagePart, message: str) -> None:
    media = Media(formats=("png",), max_bytes=100, other_path="/images/edits")
    with client(server, media=media) as acme, pytest.raises(ai.ConfigError, match=message):
        acme.image(MODEL, "cat", images=[part])
    assert server.sent == []


@pytest.mark.parametrize(
    ("provider", "body", "kind", "message"),
    [
        ("openai", {"data": []}, ai.ProtocolError, "the answer holds no image"),
        ("openai", {"data": [{}]}, ai.ProtocolError, "an image has neither bytes nor a URL"),
        ("openai", {"data": [{"b64_json": "!"}]}, ai.ProtocolError, "image: not base64"),
        ("openai", {"error": {"message": "bad", "code": "content_policy_violation"}}, ai.ContentFiltered, "bad"),
        ("openai", b"", ai.StreamTruncated, "is empty"),
        ("gemini", {"promptFeedback": {"blockReason": "SAFETY"}}, ai.ContentFiltered, "nothing was made: SAFETY"),
        ("gemini", {"candidates": [{"finishReason": "IMAGE_SAFETY"}]}, ai.ContentFiltered, "IMAGE_SAFETY"),
        ("gemini", {"candidates": [{"finishReason": "STOP"}]}, ai.ProtocolError, "holds no file"),
        ("gemini:imagen-4", {"predictions": [{"raiFilteredReason": "x"}]}, ai.ContentFiltered, "nothing was made"),
        ("gemini:imagen-4", {"predictions": [{}]}, ai.ProtocolError, "the answer holds no image"),
        ("bedrock:amazon.titan", {"error": "blocked by filters"}, ai.ContentFiltered, "blocked by filters"),
        ("bedrock:amazon.titan", {}, ai.ProtocolError, "the answer holds no image"),
        ("bedrock:stability.core", {"finish_reasons": ["Filter reason: prompt"]}, ai.ContentFiltered, "prompt"),
        ("huggingface", {"error": "Model is overloaded"}, ai.Overloaded, "overloaded"),
        ("huggingface", b"no picture", ai.ApiError, "no picture"),
        ("huggingface", b"\x00\x01\x02\x03", ai.ProtocolError, "the answer is no image"),
        ("huggingface", b"", ai.StreamTruncated, "the answer is empty"),
        ("cloudflare", {"success": False, "errors": [{"message": "gone", "code": 1}]}, ai.ApiError, "gone"),
    ],
)
def test_answers_that_hold_no_image(
    server: Server, provider: str, body: Any, kind: type[ai.FluentError], message: str
) -> None:
    server.say(reply(200, body))
    provider, _, model = provider.partition(":")
    with at(provider, server) as one, pytest.raises(kind, match=message) as caught:
        one.image(f"{provider}:{model or 'x'}", "a secret prompt")
    assert caught.value.provider == provider
    assert "secret" not in str(caught.value)


def test_a_stream_that_is_cut(server: Server) -> None:
    piece = {"type": "image_generation.partial_image", "b64_json": BASE64, "partial_image_index": 0}
    server.say(stream([*sse(piece, done=False)]))
    with client(server, media=Media(streams=True)) as acme, pytest.raises(ai.StreamTruncated):
        acme.image(MODEL, "cat", partial_images=1)


def test_nothing_shows_what_is_inside() -> None:
    request = ImageRequest(model="m", prompt="a secret prompt", images=(PART,))
    shown = f"{request!r} {ai.GeneratedImage(data=PICTURE)!r} {ai.PartialImage(1, PICTURE)!r} {PART!r}"
    shown += repr(ai.Images(images=(ai.GeneratedImage(data=PICTURE, revised_prompt="a secret prompt"),)))
    assert "secret" not in shown
    assert "the bytes" not in shown


NAMES = [
    "type", "data", "b64_json", "url", "partial_image_index", "output_format", "usage", "error", "predictions",
    "bytesBase64Encoded", "mimeType", "images", "finish_reasons", "result", "image", "candidates", "content", "parts",
    "inlineData", "finishReason", "promptFeedback", "blockReason", "input_tokens", "cost",
]  # fmt: skip


@given(st.sampled_from(sorted(codecs("images"))), bodies(NAMES), st.integers(1, 50))
def test_hostile_answers(protocol: str, body: bytes, size: int) -> None:
    """A typed error, or items of the right kind."""
    endpoint = Endpoint(row("https://acme.test"), "https://acme.test", {}, route=Route(protocol=protocol))
    parser = load_codec(protocol, "images")(endpoint).new_parser(ImageRequest(model="m", prompt="cat"))
    items = survive(parser, body, size)
    allowed = (ai.PartialImage, ai.GeneratedImage, ai.StreamStart, ai.UsageUpdate)
    assert all(isinstance(item, allowed) for item in items)
    made = [item for item in items if isinstance(item, ai.GeneratedImage)]
    assert all((item.data is None) is (item.url is not None) for item in made)
