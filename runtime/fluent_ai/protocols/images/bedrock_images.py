"""Amazon's image models on Bedrock: Titan Image Generator and Nova Canvas, which take the same body."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.image_answers import Invocation

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import load_file, sniff
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ConfigError, ContentFiltered, ProtocolError
from fluent_ai.http.redact import redact
from fluent_ai.protocols.images.diffusion_fields import diffusion_fields
from fluent_ai.protocols.shared.decoding import from_base64
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest, sides


class InvokedImages(WholeResponseCodec[ImageRequest, ImageItem, Invocation]):
    """The answer that all image models on Bedrock give."""

    decoder = msgspec.json.Decoder(Invocation)

    def items(self, request: ImageRequest, answer: Invocation) -> Iterable[ImageItem]:
        yield StreamStart(None, None, self.provider)
        for text in answer.images or ():
            data = from_base64(text, "image")
            yield GeneratedImage(data=data, media_type=sniff(data))
        reason = answer.error or next(filter(None, answer.finish_reasons or ()), None)
        if reason is not None:
            raise ContentFiltered(redact(f"not all was made: {reason}", self.endpoint.secrets), provider=self.provider)
        if not answer.images:
            raise ProtocolError("the answer holds no image")


class BedrockImages(InvokedImages):
    def body(self, request: ImageRequest) -> JsonObject:
        fields = diffusion_fields(request, self.endpoint.route.media)
        config: JsonObject = {"numberOfImages": request.n or 1, **fields}
        if request.quality is not None:
            config["quality"] = request.quality
        if request.size is not None:
            config["width"], config["height"] = sides(request.size)
        if request.seed is not None:
            config["seed"] = request.seed
        task, name, task_fields = self._task(request)
        if request.negative_prompt is not None:
            task_fields["negativeText"] = request.negative_prompt
        return {"taskType": task, name: {"text": request.prompt, **task_fields}, "imageGenerationConfig": config}

    def _task(self, request: ImageRequest) -> tuple[str, str, JsonObject]:
        formats = self.endpoint.route.media.formats
        files = [load_file(part, formats).base64 for part in request.images]
        if not files:
            return "TEXT_IMAGE", "textToImageParams", {}
        if request.mask is None:
            return "IMAGE_VARIATION", "imageVariationParams", {"images": files}
        if len(files) > 1:
            raise ConfigError(f"images holds {len(files)}; allowed: one, together with mask")
        mask = load_file(request.mask, formats).base64
        return "INPAINTING", "inPaintingParams", {"image": files[0], "maskImage": mask}
