"""OpenAI's image generation and editing, and those of the many who follow them."""

from __future__ import annotations

import msgspec
from fluent_ai_wire.openai_images import ImageAnswer, ImageRow

from fluent_ai.arguments import unsupported
from fluent_ai.content.files import data_url, load_file, sniff
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ProtocolError
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.images.diffusion_fields import diffusion_fields
from fluent_ai.protocols.shared.codec import JsonCodec, other_url
from fluent_ai.protocols.shared.decoding import decoded, from_base64
from fluent_ai.protocols.shared.multipart import encode_form, form_fields
from fluent_ai.protocols.shared.verb_parser import VerbParser
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest, PartialImage, ratio, sides

_decode = msgspec.json.Decoder(ImageAnswer).decode


class OpenAIImages(JsonCodec[ImageRequest, ImageItem]):
    accept = "application/json, text/event-stream"

    def body(self, request: ImageRequest) -> JsonObject:
        media = self.endpoint.route.media
        body: JsonObject = {"model": request.model, "prompt": request.prompt}
        for name in ("n", "quality", "background", "seed", "negative_prompt"):
            if (value := getattr(request, name)) is not None:
                body[name] = value
        body |= diffusion_fields(request, media)
        if request.format is not None:
            body["output_format"] = request.format
        if request.size is not None and media.size == "width_height":
            body["width"], body["height"] = sides(request.size)
        elif request.size is not None:
            body[media.size] = ratio(request.size) if media.size == "aspect_ratio" else request.size
        if request.images and media.references == "form" and not media.other_path:
            raise unsupported("images", self.endpoint.manifest.id)
        if request.mask is not None and media.references != "form":
            raise unsupported("mask", self.endpoint.manifest.id)
        if request.images and media.references != "form":
            body[media.references] = [_reference(media.references, data_url(part)) for part in request.images]
        if request.partial_images is not None and not media.streams:
            raise unsupported("partial_images", self.endpoint.manifest.id)
        if request.partial_images is not None:
            body |= {"stream": True, "partial_images": request.partial_images}
        return body

    def encode(self, request: ImageRequest) -> tuple[bytes, str]:
        media = self.endpoint.route.media
        if not request.images or media.references != "form":
            return super().encode(request)
        name = "image" if len(request.images) == 1 else "image[]"
        files = [(name, load_file(part, media.formats, media.max_bytes)) for part in request.images]
        if request.mask is not None:
            files.append(("mask", load_file(request.mask, media.formats, media.max_bytes)))
        return encode_form(form_fields(self.whole_body(request)), files)

    def url(self, request: ImageRequest) -> str:
        edits = request.images and self.endpoint.route.media.other_path
        return other_url(self.endpoint) if edits else self.endpoint.url

    def new_parser(self, request: ImageRequest) -> Parser[ImageItem]:
        return ImagesParser(self.endpoint)


class ImagesParser(VerbParser[ImageItem]):
    """A whole answer, or events named `...partial_image` and `...completed`, one of these for each image."""

    _finals = 0

    def event(self, data: bytes) -> None:
        found = decoded(_decode, data, "answer")
        if found.error is not None or found.type == "error":
            raise self.refused(data)
        self.start(found.id, found.model)
        kind = (found.type or "").rpartition(".")[2]
        named = f"image/{found.output_format}" if found.output_format else None
        if kind == "partial_image":
            image = _bytes(found.b64_json)
            self.emit(PartialImage(found.partial_image_index or 0, image, sniff(image) or named))
        elif kind == "completed":
            self._finals += 1
            image = _bytes(found.b64_json)
            self.emit(GeneratedImage(data=image, media_type=sniff(image) or named))
            self.usage(found.usage)
        elif not kind:
            self.done = True
            for row in found.data or ():
                self.emit(_generated(row, named))
            if not found.data:
                raise ProtocolError("the answer holds no image")
            self.usage(found.usage)

    def complete(self) -> bool:
        return self._finals > 0 and not self.cut


def _generated(row: ImageRow, named: str | None) -> GeneratedImage:
    data = None if row.b64_json is None else _bytes(row.b64_json)
    if data is None and row.url is None:
        raise ProtocolError("an image has neither bytes nor a URL")
    media_type = row.media_type or (data and sniff(data)) or named
    return GeneratedImage(
        data=data,
        url=row.url if data is None else None,
        media_type=media_type or None,
        revised_prompt=row.revised_prompt,
    )


def _bytes(text: str | None) -> bytes:
    """Raises ProtocolError for what is no image in base64; some servers write it as a data URL."""
    if not text:
        raise ProtocolError("image: empty")
    return from_base64(text.partition(";base64,")[2] if text.startswith("data:") else text, "image")


def _reference(field: str, url: str) -> object:
    match field:
        case "images":
            return {"type": "image_url", "url": url}
        case "input_references":
            return {"image_url": {"url": url}}
        case _:
            return url
