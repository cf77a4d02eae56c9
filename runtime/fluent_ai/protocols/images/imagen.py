"""Imagen, by the predict call of Gemini's API and of Vertex AI."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.image_answers import Predictions

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ContentFiltered, ProtocolError
from fluent_ai.protocols.images.gemini_images import size_fields
from fluent_ai.protocols.shared.decoding import from_base64
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest


class Imagen(WholeResponseCodec[ImageRequest, ImageItem, Predictions]):
    decoder = msgspec.json.Decoder(Predictions)

    def body(self, request: ImageRequest) -> JsonObject:
        parameters: JsonObject = {"sampleCount": request.n or 1, "includeRaiReason": True}
        if request.size is not None:
            parameters |= size_fields(request.size, "sampleImageSize")
        if request.negative_prompt is not None:
            parameters["negativePrompt"] = request.negative_prompt
        if request.seed is not None:
            parameters |= {"seed": request.seed, "addWatermark": False}  # no image has both
        if request.format is not None:
            parameters["outputOptions"] = {"mimeType": f"image/{request.format}"}
        return {"instances": [{"prompt": request.prompt}], "parameters": parameters}

    def items(self, request: ImageRequest, answer: Predictions) -> Iterable[ImageItem]:
        yield StreamStart(None, None, self.provider)
        refused = None
        made = 0
        for found in answer.predictions or ():
            refused = refused or found.raiFilteredReason
            if found.bytesBase64Encoded:
                made += 1
                data = from_base64(found.bytesBase64Encoded, "image")
                yield GeneratedImage(data=data, media_type=found.mimeType, revised_prompt=found.prompt)
        if not made and (refused or answer.predictions is None):
            raise ContentFiltered("nothing was made: the provider's filter refuses the prompt or the images")
        if not made:
            raise ProtocolError("the answer holds no image")
