"""An image that is the whole body of an answer, and the JSON that some models put it in."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.image_answers import Run

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import sniff
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, from_base64
from fluent_ai.protocols.shared.whole_response import WholeResponse
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.image import GeneratedImage, ImageItem

_decode = msgspec.json.Decoder(Run).decode


def image_body_parser(endpoint: Endpoint) -> WholeResponse[ImageItem]:
    provider = endpoint.manifest.id

    def read(body: bytes) -> Iterable[ImageItem]:
        data = body
        if body.lstrip()[:1] in (b"{", b"["):
            data = _inside(body)
            if not data:
                raise api_error(provider, None, {}, body, endpoint.secrets)
        media_type = sniff(data)
        if media_type is None or not media_type.startswith("image/"):
            raise ProtocolError("the answer is no image")
        return [StreamStart(None, None, provider), GeneratedImage(data=data, media_type=media_type)]

    return WholeResponse(provider, read)


def _inside(body: bytes) -> bytes:
    try:
        found = _decode(body)
    except DECODE_ERRORS:
        return b""
    return from_base64((found.result and found.result.image) or "", "image")
