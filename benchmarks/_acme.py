"""A provider that answers each request at once, without a network, for what a call costs beside its network."""

from __future__ import annotations

from fluent_ai.http.messages import HttpRequest
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.testing import FakeResponse, FakeTransport

TEXT = b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"word "}}]}\n\n'
END = (
    b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    b'data: {"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}\n\n'
    b"data: [DONE]\n\n"
)
ROW = Manifest(
    id="acme", name="", docs="", base_url="http://127.0.0.1:1", auth=Auth(scheme="none", required=False),
    chat=(Route(protocol="openai_chat", path="/c"),),
)  # fmt: skip


def acme_transport() -> FakeTransport:
    """Answers each request with a reply of five words."""

    def answer(request: HttpRequest) -> FakeResponse:
        return FakeResponse([TEXT] * 5 + [END], 200, {"content-type": "text/event-stream"})

    return FakeTransport(answer)
