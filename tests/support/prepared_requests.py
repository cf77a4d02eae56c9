"""What is sent to a provider for a conversation, without sending it."""

from __future__ import annotations

import json
from typing import Any

from fluent_ai.interfaces import Worker
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.protocols.routing import find_route, serve
from fluent_ai.providers.table import Credentials
from fluent_ai.verbs.base import Target
from fluent_ai.verbs.chat import CHAT
from fluent_ai.verbs.chat_options import build_chat_request


def prepared(provider: str, model: str, messages: Any, **options: Any) -> tuple[Manifest, Route, Any, tuple[str, ...]]:
    row = load_manifests()[provider]
    route = find_route(row, "chat", model)
    variables = {
        name: next(iter(part.known), "acme")
        for name, part in row.variables.items()
        if not part.of and not part.choices and not part.default
    }
    address = variables or (None if row.base_url else "http://localhost:8000/v1")
    credentials = Credentials({provider: "test-key-0123456789"}, {provider: address} if address else None)
    target = Target(row, route, model)
    codec = serve(target, CHAT, credentials)
    assert not isinstance(codec, Worker)
    exchange = codec.prepare(build_chat_request(target, messages, options))
    return row, route, json.loads(exchange.request.body), exchange.notes
