"""Spec drift on the specifications that the providers publish."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fluent_ai_codegen.drift.apis import ApiSpec, Fields, prune
from fluent_ai_codegen.drift.differences import Api, differences, load_apis, read_reviewed, wire_schemas
from fluent_ai_codegen.files.specs import load_specs
from recordings import REASON, recorded

ROOT = Path(__file__).parents[2]
FOLDER = recorded("api-specs")
PUBLISHED = {
    "anthropic": "openapi.yaml.gz",
    "bedrock": "bedrock-runtime.service-2.json",
    "cohere": "openapi.yaml.gz",
    "gemini": "openapi-converted-v1beta.json",
    "ollama": "openapi.yaml",
    "openai": "openapi.yaml.gz",
}
SPECS = load_specs(ROOT / "specs")
WIRE = wire_schemas(SPECS)
APIS = load_apis(ROOT / "specs", SPECS)

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=REASON)


def pruned(api: Api, name: str) -> dict[str, Fields]:
    path = FOLDER / api.name / name
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return prune(ApiSpec(api.name, body), WIRE, api.roots)


@pytest.mark.parametrize("api", APIS.values(), ids=lambda api: api.name)
def test_what_was_reviewed_is_what_the_specification_says(api: Api) -> None:
    reviewed = read_reviewed(ROOT / "cache" / "apis" / f"{api.name}.json")
    assert reviewed is not None
    found = pruned(api, PUBLISHED[api.name])
    assert set(api.roots) <= set(found)
    # What specs/wire reads since the review may lead to objects that are new to it.
    assert [each for each in differences(api.name, reviewed.schemas, found) if each.what != "new field"] == []


def test_half_a_year_of_gemini() -> None:
    before, after = (
        pruned(APIS["gemini"], name) for name in ("openapi-official-2026-01.json", "openapi-converted-v1beta.json")
    )
    found = [str(each) for each in differences("gemini", before, after)]
    assert "gemini.Candidate.finishReason: new value 'MALFORMED_RESPONSE'" in found
    assert "gemini.Part.toolCall: new field object" in found
    assert not any("gone" in each for each in found)
