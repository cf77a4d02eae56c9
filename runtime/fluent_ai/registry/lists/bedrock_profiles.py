"""`GET /inference-profiles` of Amazon Bedrock: the ids for calls to models that answer only through a profile.

A profile serves one foundation model from several regions; the ARNs of its `models` name both.
"""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts

ORIGINS = {
    "id": "inferenceProfileId",
    "name": "inferenceProfileName",
    "regions": "models.modelArn",
    "aliases": "models.modelArn",
}


class _Model(msgspec.Struct):
    arn: str | None = msgspec.field(name="modelArn", default=None)


class _Profile(msgspec.Struct):
    id: str = msgspec.field(name="inferenceProfileId")
    name: str | None = msgspec.field(name="inferenceProfileName", default=None)
    models: list[_Model] | None = None


class _List(msgspec.Struct):
    profiles: list[_Profile] = msgspec.field(name="inferenceProfileSummaries")


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(profile) for profile in _decode(body).profiles]


def _facts(profile: _Profile) -> ModelFacts:
    # arn:aws:bedrock:REGION::foundation-model/ID
    arns = [model.arn.split(":", 5) for model in profile.models or () if model.arn]
    arns = [arn for arn in arns if len(arn) == 6]
    return ModelFacts(
        id=profile.id,
        name=profile.name or None,
        regions=_distinct([arn[3] for arn in arns]),
        aliases=_distinct([arn[5].partition("/")[2] for arn in arns]),
    )


def _distinct(texts: list[str]) -> tuple[str, ...] | None:
    return tuple(sorted({text for text in texts if text})) or None
