"""The vendors' own SDKs, reading a body from memory through an HTTP client of theirs with a transport of ours."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

Read = Callable[[], int]
MESSAGES: list[Any] = [{"role": "user", "content": "hi"}]


def http_client(body: bytes, library: str) -> Any:
    """A client of httpx or httpx2, whichever the SDK is built on, that answers everything with `body`."""
    module: Any = __import__(library)
    headers = {"content-type": "text/event-stream"}
    return module.Client(transport=module.MockTransport(lambda _: module.Response(200, headers=headers, content=body)))


def openai(body: bytes) -> Read:
    import openai as sdk

    client = sdk.OpenAI(api_key="k", http_client=http_client(body, "httpx2"))
    return lambda: sum(1 for _ in client.chat.completions.create(model="gpt-4o", messages=MESSAGES, stream=True))


def anthropic(body: bytes) -> Read:
    import anthropic as sdk

    client = sdk.Anthropic(api_key="k", http_client=http_client(body, "httpx2"))
    return lambda: sum(1 for _ in client.messages.create(model="claude", max_tokens=9, messages=MESSAGES, stream=True))


def google(body: bytes) -> Read:
    from google import genai

    options = genai.types.HttpOptions(httpx_client=http_client(body, "httpx"))
    client = genai.Client(api_key="k", http_options=options)
    return lambda: sum(1 for _ in client.models.generate_content_stream(model="gemini-2.5-flash", contents="hi"))


def mistral(body: bytes) -> Read:
    try:
        from mistralai.client import Mistral
    except ImportError:
        from mistralai import Mistral

    client = Mistral(api_key="k", client=http_client(body, "httpx"))
    return lambda: sum(1 for _ in client.chat.stream(model="mistral-large-latest", messages=MESSAGES))


def cohere(body: bytes) -> Read:
    import cohere as sdk

    client = sdk.ClientV2(api_key="k", httpx_client=http_client(body, "httpx"))
    return lambda: sum(1 for _ in client.chat_stream(model="command-a-03-2025", messages=MESSAGES))


SDKS: dict[str, tuple[str, str, Callable[[bytes], Read]]] = {
    "openai": ("openai_chat", "openai:gpt-4o", openai),
    "mistralai": ("openai_chat", "mistral:mistral-large-latest", mistral),
    "anthropic": ("anthropic_messages", "anthropic:claude-opus-4-5", anthropic),
    "google.genai": ("gemini", "gemini:gemini-2.5-flash", google),
    "cohere": ("cohere_v2", "cohere:command-a-03-2025", cohere),
}
"""Module -> protocol of its body, our name of a model that speaks it, and how to read the body with that SDK."""


def installed(module: str) -> bool:
    return find_spec(module.partition(".")[0]) is not None and find_spec(module) is not None
