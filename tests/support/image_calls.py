"""Clients of image routes at a server of the test."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Auth, Manifest, Route
from scripted_server import Server
from verb_answers.images import BASE64, PICTURE

MODEL = "acme:painter-1"
KEY = "test-key-0123456789"
PART = ai.ImagePart(data=PICTURE)
DATA_URL = f"data:image/png;base64,{BASE64}"


def row(url: str, **changes: Any) -> Manifest:
    fields: dict[str, Any] = {"protocol": "openai_images", "path": "/images/generations"}
    auth = Auth(env=("ACME_KEY",))
    route = Route(**fields | changes)
    return Manifest(id="acme", name="Acme", docs="https://acme.test", base_url=url, auth=auth, images=(route,))


def client(server: Server, **changes: Any) -> ai.Client:
    return ai.Client(manifests=[row(server.url, **changes)], keys={"acme": KEY}, retries=0)


def at(provider: str, server: Server) -> ai.Client:
    return ai.Client(keys={provider: KEY}, base_urls={provider: server.url}, retries=0)
