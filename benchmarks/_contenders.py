"""Who is compared by `stream.py`: bare HTTP libraries, fluent-ai on each transport, and other clients of models."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import partial
from importlib.util import find_spec
from typing import Any, NamedTuple

import _raw
import fluent_ai as ai
from _raw import Ask, AsyncAsk, Began, drain, drain_blocking
from fluent_ai.http.messages import AsyncTransport, HttpVersion

MODEL = "gpt-5.1"
"""One of which nothing needs to be warned, as that would be the first item of our streams."""


@asynccontextmanager
async def ours(transport: AsyncTransport, base: str) -> AsyncIterator[AsyncAsk]:
    client = ai.AsyncClient(keys={"openai": "k"}, base_urls={"openai": base}, transport=transport)

    async def ask(prompt: str, began: Began) -> int:
        async with client.stream(f"openai:{MODEL}", prompt) as stream:
            return await drain(stream, began)

    yield ask
    await transport.close()


def ours_on_httpx2(base: str) -> AbstractAsyncContextManager[AsyncAsk]:
    from fluent_ai.http.transports import AsyncHttpx2Transport

    return ours(AsyncHttpx2Transport(), base)


def ours_on_aiohttp(base: str) -> AbstractAsyncContextManager[AsyncAsk]:
    from fluent_ai.http.transports import AiohttpTransport

    return ours(AiohttpTransport(), base)


def ours_on_curl(http: HttpVersion) -> Callable[[str], AbstractAsyncContextManager[AsyncAsk]]:
    return partial(_ours_on_curl, http)


def _ours_on_curl(http: HttpVersion, base: str) -> AbstractAsyncContextManager[AsyncAsk]:
    from fluent_ai.http.transports import AsyncCurlTransport

    return ours(AsyncCurlTransport(http), base)


@contextmanager
def ours_blocking_on_curl(base: str) -> Iterator[Ask]:
    with _blocking(ai.Client(keys={"openai": "k"}, base_urls={"openai": base}, http=1)) as ask:
        yield ask


@contextmanager
def ours_blocking(base: str) -> Iterator[Ask]:
    with _blocking(ai.Client(keys={"openai": "k"}, base_urls={"openai": base})) as ask:
        yield ask


@contextmanager
def _blocking(client: ai.Client) -> Iterator[Ask]:
    with client:

        def ask(prompt: str, began: Began) -> int:
            with client.stream(f"openai:{MODEL}", prompt) as stream:
                return drain_blocking(stream, began)

        yield ask


@asynccontextmanager
async def openai_sdk(base: str) -> AsyncIterator[AsyncAsk]:
    import openai

    async with openai.AsyncOpenAI(api_key="k", base_url=base) as client:

        async def ask(prompt: str, began: Began) -> int:
            create = client.chat.completions.create
            return await drain(await create(model=MODEL, messages=_messages(prompt), stream=True), began)

        yield ask


@contextmanager
def openai_sdk_blocking(base: str) -> Iterator[Ask]:
    import openai

    with openai.OpenAI(api_key="k", base_url=base) as client:

        def ask(prompt: str, began: Began) -> int:
            create = client.chat.completions.create
            return drain_blocking(create(model=MODEL, messages=_messages(prompt), stream=True), began)

        yield ask


@asynccontextmanager
async def litellm(base: str) -> AsyncIterator[AsyncAsk]:
    library = _litellm()

    async def ask(prompt: str, began: Began) -> int:
        where = {"api_base": base, "api_key": "k"}
        return await drain(await library.acompletion(f"openai/{MODEL}", _messages(prompt), stream=True, **where), began)

    yield ask
    await library.close_litellm_async_clients()


@contextmanager
def litellm_blocking(base: str) -> Iterator[Ask]:
    library = _litellm()

    def ask(prompt: str, began: Began) -> int:
        where = {"api_base": base, "api_key": "k"}
        return drain_blocking(library.completion(f"openai/{MODEL}", _messages(prompt), stream=True, **where), began)

    yield ask


@asynccontextmanager
async def pydantic_ai(base: str) -> AsyncIterator[AsyncAsk]:
    from openai import AsyncOpenAI
    from pydantic_ai.direct import model_request_stream
    from pydantic_ai.messages import ModelRequest
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    async with AsyncOpenAI(api_key="k", base_url=base) as client:
        model = OpenAIChatModel(MODEL, provider=OpenAIProvider(openai_client=client))

        async def ask(prompt: str, began: Began) -> int:
            async with model_request_stream(model, [ModelRequest.user_text_prompt(prompt)]) as stream:
                return await drain(aiter(stream), began)

        yield ask


def _messages(prompt: str) -> Any:
    return [{"role": "user", "content": prompt}]


def _litellm() -> Any:
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches prices when it is imported
    import litellm as library

    return library


class Contender(NamedTuple):
    """One way to read a stream."""

    title: str
    module: str
    """What must be installed."""
    open: Callable[[str], Any]
    """A context manager for a client of a base URL, as how to ask it: an `AsyncAsk`, or an `Ask` if it is blocking."""
    floor: str = ""
    """The title of the bare library below it; empty for one of these."""
    blocking: bool = False
    """Each stream has a thread of its own; else all are in one event loop, and `open` is asynchronous too."""

    most: int = 1000
    """How many streams it can have open at once."""
    sockets: tuple[str, ...] = ("plain", "tls", "caddy")
    """What it is measured on."""

    @property
    def installed(self) -> bool:
        return find_spec(self.module) is not None


RAW = (
    Contender("bare aiohttp", "aiohttp", _raw.aiohttp),
    Contender("bare httpx2", "httpx2", _raw.httpx2),
    Contender("bare pyreqwest", "pyreqwest", _raw.pyreqwest),
    Contender("bare httpx2, blocking", "httpx2", _raw.httpx2_blocking, blocking=True),
)
CLIENTS = (
    Contender("fluent-ai, aiohttp (extra `fast`)", "aiohttp", ours_on_aiohttp, "bare aiohttp"),
    Contender("fluent-ai, httpx2", "httpx2", ours_on_httpx2, "bare httpx2"),
    Contender("fluent-ai, libcurl (extra `http3`)", "pycurl", ours_on_curl(1), "bare aiohttp"),
    Contender("fluent-ai, libcurl, HTTP/2", "pycurl", ours_on_curl(2), "bare aiohttp", sockets=("caddy",)),
    Contender("fluent-ai, libcurl, HTTP/3", "pycurl", ours_on_curl(3), "bare aiohttp", sockets=("caddy",)),
    Contender("the openai SDK", "openai", openai_sdk, "bare httpx2"),
    Contender("litellm", "litellm", litellm, "bare aiohttp"),
    Contender("pydantic-ai", "pydantic_ai", pydantic_ai, "bare httpx2"),
    Contender("fluent-ai, blocking", "httpx2", ours_blocking, "bare httpx2, blocking", blocking=True),
    Contender("fluent-ai, libcurl, blocking", "pycurl", ours_blocking_on_curl, "bare httpx2, blocking", blocking=True),
    Contender("the openai SDK, blocking", "openai", openai_sdk_blocking, "bare httpx2, blocking", blocking=True),
    Contender("litellm, blocking", "litellm", litellm_blocking, "bare httpx2, blocking", blocking=True, most=100),
)
