"""What a type checker must know of the public interface. Read by mypy and pyright, never run.

A line that must be refused carries an ignore; both checkers report an ignore that is not needed.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true
from __future__ import annotations

from typing import Any, Literal, TypedDict, assert_never, assert_type

import fluent_ai as ai
import fluent_ai.registry
import fluent_ai_providers.openai
import msgspec
from fluent_ai.content.results import Note
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.provenance import Attribution
from fluent_ai_providers.anthropic import Anthropic
from fluent_ai_providers.openai import AsyncOpenAI, EmbeddingModelName, Model, ModelName, OpenAI
from fluent_ai_providers.voyageai import VoyageAI


def typed_client() -> None:
    with OpenAI(api_key="k", timeout=5.0) as client:
        assert_type(client.stream(Model.GPT_5_1, "hi", reasoning_effort="low"), ai.ReplyStream)
        assert_type(client.complete("gpt-5.1", "hi", temperature=0.5, user="u"), ai.Reply)
        assert_type(client.models(), list[ModelInfo])
        client.stream("a-model-of-tomorrow", "hi")
        client.stream(Model.GPT_5_1, "hi", temprature=0.5)  # type: ignore[call-arg]
        client.stream(Model.GPT_5_1, "hi", user=7)  # type: ignore[arg-type]
        client.stream(7, "hi")  # type: ignore[arg-type]
        OpenAI("k")  # type: ignore[call-arg]


def names_that_there_are_not() -> None:
    """Packages whose names load on first use have these names and no others."""
    ai.Clint  # type: ignore[attr-defined]  # noqa: B018
    ai.models.gett  # type: ignore[attr-defined]  # noqa: B018
    fluent_ai.registry.Registri  # type: ignore[attr-defined]  # noqa: B018
    fluent_ai_providers.openai.Modell  # type: ignore[attr-defined]  # noqa: B018


async def asynchronous_client() -> None:
    async with AsyncOpenAI() as client:
        assert_type(client.stream(Model.GPT_5_1, "hi"), ai.AsyncReplyStream)
        assert_type(await client.complete(Model.GPT_5_1, "hi"), ai.Reply)
        async for event in client.stream(Model.GPT_5_1, "hi"):
            narrow(event)


def routes() -> None:
    """A route stands wherever a model does."""
    route = ai.Route("openai:gpt-5.1", ai.Leg(Model.GPT_5_1, name="again"), resume="continue")
    with OpenAI() as client:
        assert_type(client.stream(route, "hi"), ai.ReplyStream)
        assert_type(client.embed(route, "a"), ai.Embeddings)
    assert_type(ai.Client().complete(route, "hi").attempts, tuple[ai.LegAttempt, ...])
    assert_type(ai.Client().model(route), ai.BoundModel)
    ai.Route("openai:gpt-5.1", resume="sometimes")  # type: ignore[arg-type]


async def verbs(name: EmbeddingModelName) -> None:
    """A typed client has the verbs of its provider and no others."""
    with OpenAI() as client:
        assert_type(client.embed(name, ["a", "b"], dimensions=256), ai.Embeddings)
        assert_type(client.image(Model.GPT_IMAGE_1, "a fox", n=2), ai.Images)
        assert_type(client.transcribe("whisper-1", b"", timestamps="word"), ai.Transcript)
        assert_type(client.speak("tts-1", "hi", voice="nova", format="wav"), ai.Speech)
        client.speak("tts-1", "hi", format="midi")  # type: ignore[arg-type]
        client.embed(name, "a", dimension=256)  # type: ignore[call-arg]
        client.embed(name, 7)  # type: ignore[arg-type]
        client.rerank("m", "q", ["a"])  # type: ignore[attr-defined]
    assert_type(await AsyncOpenAI().moderate("omni-moderation-latest", "hi"), ai.Moderations)
    VoyageAI().complete("m", "hi")  # type: ignore[attr-defined]
    Anthropic().embed("m", "hi")  # type: ignore[attr-defined]
    for item in ai.Client().stream_embed("openai:m", "hi"):
        assert_type(item, ai.Embedding | Note)
    for sound in ai.Client().model("groq:m").stream_speak("hi"):
        assert_type(sound, ai.AudioChunk | Note)
    assert_type(ai.Client().model("cohere:m").rerank("q", ["a"]), ai.Ranking)


def names(name: ModelName) -> None:
    assert_type(Model.GPT_5_1.provider, str)
    assert_type(Model.GPT_5_1.info.context_window, int | None)
    text: str = Model.GPT_5_1
    OpenAI().stream(name, text)
    ai.Client().stream(Model.GPT_5_1, "hi")


def registry() -> None:
    info = ai.models.get("openai:gpt-5.1")
    assert_type(info, ModelInfo)
    assert_type(info.context_window, int | None)
    assert_type(info.sources["released"], Attribution)
    assert_type(
        ai.models.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0), list[ModelInfo]
    )
    ai.models.find(tool=True)  # type: ignore[call-arg]
    ai.models.find("text", sort=["-released", "input_price"], limit=3)
    ai.models.find(sort="price")  # type: ignore[arg-type]
    assert_type(ai.models.cheapest(input_tokens=1, tools=True), list[tuple[ModelInfo, ai.models.Cost]])
    assert_type(ai.models.cost(ai.Reply()).total, float | None)
    assert_type(ai.models.define("acme:m", context_window=1, prices={"input": 1.0}), ModelInfo)
    ai.models.define("acme:m", contxt=1)  # type: ignore[call-arg]
    assert_type(ai.models.refresh("openai"), ai.Stream[ai.models.Change])
    assert_type(ai.Client().refresh_models(), ai.Stream[ai.models.Change])
    assert_type(OpenAI().refresh_models(max_age=0), ai.Stream[ai.models.Change])
    assert_type(AsyncOpenAI().refresh_models(accept_shrink=True), ai.AsyncStream[ai.models.Change])
    OpenAI().refresh_models("openai")  # type: ignore[call-arg, arg-type]
    mine = ai.models.Registry(overlays=())
    assert_type(mine.refresh("openai", client=ai.Client()), ai.Stream[ai.models.Change])
    assert_type(mine.refresh(client=ai.AsyncClient()), ai.AsyncStream[ai.models.Change])
    assert_type(ai.models.arefresh("openai"), ai.AsyncStream[ai.models.Change])
    ai.Client(registry=ai.models.Registry(overlays=["a.toml"]), validate=False).stream("a:b", "hi", validate=True)
    info.id = "other"  # type: ignore[misc]


class Shape(TypedDict):
    sides: int


class Circle(msgspec.Struct):
    radius: float


def structured() -> None:
    reply = ai.Client().complete("groq:m", "hi", output=Circle)
    assert_type(reply.output_as(Circle), Circle)
    assert_type(reply.output_as(Shape), Shape)
    assert_type(ai.call_tool(ai.ToolCall("1", "f", {}), [structured]), ai.ToolResultPart)
    ai.Client().complete("groq:m", "hi", output=Shape)
    ai.Client().complete("groq:m", "hi", output={"type": "object"})
    for output in (int, list[Circle], dict[str, int], tuple[int, str]):
        ai.Client().complete("groq:m", "hi", output=output)
    ai.Client().complete("groq:m", "hi", output=Circle | Shape)
    ai.Client().complete("groq:m", "hi", output=Literal["a", "b"])
    assert_type(reply.output_as(list[Circle]), list[Circle])
    assert_type(reply.output_as(dict[str, int]), dict[str, int])
    ai.Client().complete("groq:m", "hi", output=3)  # type: ignore[arg-type]


def other_verbs(client: ai.Client) -> None:
    found = client.embed("openai:m", ["a"], dimensions=8, input_type="query")
    assert_type(found, ai.Embeddings)
    assert_type(client.rerank("cohere:m", "q", ["a"], top_n=1), ai.Ranking)
    assert_type(client.moderate("openai:m", ["a", ai.ImagePart(url="https://a.test")])[0], ai.Moderation)
    client.embed("openai:m", "a", input_type="question")  # type: ignore[arg-type]
    client.rerank("cohere:m", "q", ["a"], top_k=1)  # type: ignore[call-arg]
    for item in client.model("cohere:m").stream_rerank("q", ["a"]):
        if isinstance(item, ai.Ranked):
            assert_type(item.score, float)


def narrow(event: ai.Event) -> str:
    """By class and by `type`."""
    if event.type == "text_delta":
        assert_type(event, ai.TextDelta)
    match event:
        case ai.TextDelta(text=text) | ai.ReasoningDelta(text=text):
            return text
        case ai.ToolCallEnd(call=call):
            assert_type(call, ai.ToolCall)
        case ai.Finish(usage=usage):
            assert_type(usage, ai.Usage | None)
        case ai.StreamStart() | ai.TextStart() | ai.TextEnd() | ai.ReasoningStart() | ai.ReasoningEnd():
            pass
        case ai.ToolCallStart() | ai.ToolCallDelta() | ai.MediaStart() | ai.MediaDelta() | ai.MediaEnd():
            pass
        case ai.HostedToolResult(raw=raw):
            assert_type(raw, dict[str, Any] | None)
        case ai.UnknownBlock() | ai.Citation() | ai.UsageUpdate() | ai.Warned() | ai.Ping() | ai.Progress():
            pass
        case ai.Seam(kind=kind):
            assert_type(kind, Literal["continue", "restart"])
        case _:
            assert_never(event)
    return ""
