"""In which of a provider's places a request was served, as far as that bears on its price."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.providers.places import place
from fluent_ai.providers.table import ProviderTable
from loopback import KEY, MANIFEST, serve

VERTEX = "https://{host}/v1/projects/p/locations/{location}/publishers/google/models/m:streamGenerateContent"


@pytest.mark.parametrize(
    ("provider", "url", "expected"),
    [
        ("openai", "https://eu.api.openai.com/v1/responses", "eu"),
        ("openai", "https://api.openai.com/v1/responses", None),
        ("openai", "https://eu.api.openai.com.evil.example/v1/responses", None),
        ("openai", "https://gateway.example/v1/responses", None),
        ("vertexai", VERTEX.format(host="us-east5-aiplatform.googleapis.com", location="us-east5"), "us-east5"),
        ("vertexai", VERTEX.format(host="aiplatform.googleapis.com", location="global"), None),
        ("anthropic", "https://api.anthropic.com/v1/messages", None),
    ],
)
def test_the_place_stands_in_the_url(provider: str, url: str, expected: str | None) -> None:
    assert place(ProviderTable().get(provider), url) == expected


@pytest.mark.parametrize(("region", "total"), [("global", 3.0), ("eu", 3.3)])
def test_a_reply_knows_the_region_that_its_price_depends_on(tmp_path: Path, region: str, total: float) -> None:
    variable = 'env = ["LOOP_REGION"]\npriced = true\ndefault = "global"\nknown = ["global", "eu"]'
    path = tmp_path / "loop.toml"
    with serve() as provider:
        path.write_text(
            MANIFEST.format(url=f"{provider.url}/{{region}}").replace(
                "[auth]", f"[variables.region]\n{variable}\n[auth]"
            )
        )
        with ai.Client(manifests=[path], keys={"loop": KEY}, base_urls={"loop": {"region": region}}) as client:
            reply = client.complete("loop:echo", "hi")
    assert reply.usage
    raw = reply.usage.raw or {}
    assert raw.get("served_in") == (None if region == "global" else region)
    models = ai.models.Registry()
    models.define(
        "loop:echo",
        prices={"input": 1.0, "output": 2.0, "tiers": [{"input": 1.1, "output": 2.2, "service": "regional"}]},
    )
    spent = ai.Usage(input_tokens=1_000_000, output_tokens=1_000_000, raw=raw)
    assert models.cost(spent, "loop:echo").total == pytest.approx(total)
