"""Zhipu AI's moderation: one text a request, judged by risks."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.zhipu_moderation import ModerationAnswer

from fluent_ai.arguments import unsupported
from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.moderate import ModerateRequest, Moderation


class ZhipuModeration(WholeResponseCodec[ModerateRequest, Moderation | Note, ModerationAnswer]):
    decoder = msgspec.json.Decoder(ModerationAnswer)

    def body(self, request: ModerateRequest) -> JsonObject:
        text = self.only(request.inputs)
        if not isinstance(text, str):
            raise unsupported("an image among the inputs", self.provider)
        return {"model": request.model, "input": text}

    def items(self, request: ModerateRequest, answer: ModerationAnswer) -> Iterable[Moderation | Note]:
        yield StreamStart(answer.id, None, self.provider)
        levels = {row.risk_level for row in answer.result_list or ()}
        if not levels or None in levels:
            raise ProtocolError("answer: it holds no verdict")
        risks = (risk for row in answer.result_list or () for risk in row.risk_type or ())
        yield Moderation(request.offset, levels != {"PASS"}, dict.fromkeys(risks, True), {})
