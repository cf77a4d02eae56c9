"""The pipeline: each stage is given what the last one made of the prompt, and streams what it writes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import fluent_ai as ai
from fluent_ai.arguments import as_text
from fluent_ai.content.model_names import ModelName

from fluent_ai_toolkit.prompts.stages import DEFAULT, SYSTEM, Stage, StageInput, read_stages, why_rejected
from fluent_ai_toolkit.prompts.versions import (
    ImprovedPrompt,
    PromptEvent,
    PromptVersion,
    StageFinished,
    StageStarted,
    StageText,
)


def improve(
    client: ai.Client,
    model: ModelName | ai.Route,
    prompt: str,
    *,
    stages: Sequence[StageInput] = DEFAULT,
    **options: Any,
) -> Improvement:
    """Improve a prompt, stage by stage: the events of the stages, and at the end the prompt with all its versions.

    Nothing is sent before it is iterated or collected. A version that is empty, or that lost a placeholder such as
    `{name}`, is rejected: the next stage goes on with the one before. What a call of the model raises ends the
    improvement; `so_far` has the versions until then. `options` are those of `client.stream`. Raises ConfigError.
    """
    return Improvement(_Work(prompt, stages, options), client, model)


def aimprove(
    client: ai.AsyncClient,
    model: ModelName | ai.Route,
    prompt: str,
    *,
    stages: Sequence[StageInput] = DEFAULT,
    **options: Any,
) -> AsyncImprovement:
    """The asynchronous twin of `improve`."""
    return AsyncImprovement(_Work(prompt, stages, options), client, model)


class _Work:
    """What both twins have in common: everything but the waiting."""

    def __init__(self, prompt: str, stages: Sequence[StageInput], options: Mapping[str, Any]) -> None:
        if "system" in options or "tools" in options or "output" in options:
            raise ai.ConfigError("system, tools and output are the pipeline's own; allowed: other options of chat")
        self.stages = read_stages(stages)
        self.options = {**options, "system": SYSTEM}
        self._original = self.prompt = as_text(prompt, "prompt")
        self._versions: list[PromptVersion] = []

    def finish(self, stage: Stage, text: str, reply: ai.Reply | None = None) -> StageFinished:
        rejected = why_rejected(self.prompt, text)
        cost = 0.0 if reply is None else _cost(reply)
        version = PromptVersion(stage.name, text, rejected, None if reply is None else reply.usage, cost)
        self._versions.append(version)
        if rejected is None:
            self.prompt = text
        return StageFinished(stage.name, version)

    def changed(self, stage: Stage, function: Callable[[str], str]) -> StageFinished:
        text = function(self.prompt)
        if not isinstance(text, str):
            raise ai.ConfigError(f"stage {stage.name!r} returned a {type(text).__name__}; allowed: str")
        return self.finish(stage, text)

    def result(self) -> ImprovedPrompt:
        return ImprovedPrompt(self.prompt, self._original, tuple(self._versions))


class Improvement:
    """The events of an improvement, to iterate once; `collect()` goes on to the end and returns the result.

    Leaving it closes the call that is under way.
    """

    def __init__(self, work: _Work, client: ai.Client, model: ModelName | ai.Route) -> None:
        self._work = work
        self._events = _events(work, client, model)

    @property
    def so_far(self) -> ImprovedPrompt:
        """The prompt and its versions until now."""
        return self._work.result()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> PromptEvent:
        return next(self._events)

    def collect(self) -> ImprovedPrompt:
        """Go on to the end."""
        with self:
            for _ in self._events:
                pass
        return self._work.result()

    def close(self) -> None:
        """Stop, and close the call that is under way."""
        self._events.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncImprovement:
    """The asynchronous twin of `Improvement`."""

    def __init__(self, work: _Work, client: ai.AsyncClient, model: ModelName | ai.Route) -> None:
        self._work = work
        self._events = _async_events(work, client, model)

    @property
    def so_far(self) -> ImprovedPrompt:
        """The prompt and its versions until now."""
        return self._work.result()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> PromptEvent:
        return await anext(self._events)

    async def collect(self) -> ImprovedPrompt:
        """Go on to the end."""
        async with self:
            async for _ in self._events:
                pass
        return self._work.result()

    async def close(self) -> None:
        """Stop, and close the call that is under way."""
        await self._events.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _events(work: _Work, client: ai.Client, model: ModelName | ai.Route) -> Generator[PromptEvent, None, None]:
    for stage in work.stages:
        yield StageStarted(stage.name)
        if stage.function is not None:
            yield work.changed(stage, stage.function)
            continue
        with client.stream(model, stage.question(work.prompt), **work.options) as stream:
            for text in stream.text():
                yield StageText(stage.name, text)
            reply = stream.collect()
        yield work.finish(stage, _unquoted(reply.text), reply)


async def _async_events(
    work: _Work, client: ai.AsyncClient, model: ModelName | ai.Route
) -> AsyncGenerator[PromptEvent, None]:
    for stage in work.stages:
        yield StageStarted(stage.name)
        if stage.function is not None:
            yield work.changed(stage, stage.function)
            continue
        async with client.stream(model, stage.question(work.prompt), **work.options) as stream:
            async for text in stream.text():
                yield StageText(stage.name, text)
            reply = await stream.collect()
        yield work.finish(stage, _unquoted(reply.text), reply)


def _unquoted(text: str) -> str:
    """What a model wrote, without the marks around the prompt that it may have repeated."""
    return text.strip().removeprefix("<prompt>").removesuffix("</prompt>").strip()


def _cost(reply: ai.Reply) -> float | None:
    if reply.usage is not None and reply.usage.cost is not None:
        return reply.usage.cost
    with suppress(ai.ConfigError):  # of a provider that the registry does not know
        return ai.models.cost(reply).total
    return None
