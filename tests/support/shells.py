"""A `Client` and an `AsyncClient` behind the same words, so that one test speaks of both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import fluent_ai as ai

T = TypeVar("T")
SHELLS = ("Client", "AsyncClient")


class Shell:
    """A client with its event loop, if it needs one."""

    def __init__(self, kind: str, **settings: Any) -> None:
        self._runner = asyncio.Runner() if kind == "AsyncClient" else None
        self.client: Any = ai.Client(**settings) if self._runner is None else ai.AsyncClient(**settings)

    def do(self, result: T | Awaitable[T]) -> T:
        """The result of a method: an AsyncClient's is awaited."""
        if self._runner is None:
            return result  # type: ignore[return-value]
        return self._runner.run(self._awaited(result))

    async def _awaited(self, result: Any) -> Any:
        return await result

    def complete(self, model: Any, prompt: Any = "hi", **options: Any) -> ai.Reply:
        reply: ai.Reply = self.do(self.client.complete(model, prompt, **options))
        return reply

    def events(self, model: Any, prompt: Any = "hi", **options: Any) -> tuple[list[Any], ai.FluentError | None]:
        """The events of a reply, and the error that ended it."""
        return self.items(self.client.stream(model, prompt, **options))

    def items(self, stream: Any) -> tuple[list[Any], ai.FluentError | None]:
        """What there is to iterate, and the error that ended it."""
        found: list[Any] = []

        async def read() -> None:
            async for item in stream:
                found.append(item)  # noqa: PERF401  # what came before an error stays

        try:
            if self._runner is not None:
                self._runner.run(read())
            else:
                for item in stream:
                    found.append(item)  # what came before an error stays
        except ai.FluentError as error:
            return found, error
        return found, None

    def close(self) -> None:
        self.do(self.client.close())
        if self._runner is not None:
            self._runner.close()
