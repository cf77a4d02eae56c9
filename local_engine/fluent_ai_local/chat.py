"""A chat request as a reply from a loaded model: a request in, events out."""

from __future__ import annotations

import uuid
from contextlib import closing
from typing import Final

import torch
from fluent_ai.content.events import Event, Progress
from fluent_ai.content.reply import FinishReason, Usage
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ContextTooLong
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog.loaded_models import LoadedModel, ModelCache
from fluent_ai_local.text.prompt import encode_prompt, to_template_messages
from fluent_ai_local.text.stop import StopStrings

from .generate import Generation
from .samplers import Sampling
from .scheduler import Prefilled

_CHANCE: Final = frozenset({"min_p", "typical_p", "top_n_sigma"})


def run_chat(model: str, request: ChatRequest, models: ModelCache, emit: Emit[Event]) -> None:
    """Emit the reply to a checked request, loading the model first if need be.

    Raises ConfigError, ContextTooLong, the errors of loading, and what `emit` raises.
    """
    messages = to_template_messages(request)
    loaded = models.get(model, emit, request.options.get("precision"))
    prompt = encode_prompt(messages, loaded.template, loaded.tokenizer)
    room = _room(loaded, len(prompt), request)
    writer = ReplyWriter("local", emit)
    writer.start(f"local-{uuid.uuid4().hex}", model)
    decoder = loaded.tokenizer.decoder()
    stop = StopStrings(request.stop)
    count = 0
    generation = _generation(loaded, prompt, room, request)
    with closing(loaded.scheduler.run(generation)) as steps:
        for step in steps:
            if isinstance(step, Prefilled):
                emit(Progress("prefill", step.done, step.total))
                continue
            text = ""
            if step is not None:
                count += 1
                text = stop.feed(decoder.feed(step))
            if text:
                writer.text(text)
            else:
                # Lets a consumer leave although there is nothing to read yet.
                writer.ping()
            if stop.stopped:
                break
    for text in (stop.feed(decoder.finish()), stop.finish()):
        if text:
            writer.text(text)
    writer.usage(Usage(input_tokens=len(prompt), output_tokens=count, cached_input_tokens=generation.reused))
    writer.finish(*_reason(stop.stopped, count < room, request))


def _reason(stopped: bool, ended: bool, request: ChatRequest) -> tuple[FinishReason, str]:
    if stopped:
        return "stop", "stop_string"
    if ended:
        return "stop", "end_of_turn"
    return "length", "max_tokens" if request.max_tokens is not None else "context_length"


def to_sampling(request: ChatRequest) -> Sampling:
    """Greedy unless the request asks for chance: an option that removes unlikely tokens means a temperature of 1."""
    own = {name: value for name, value in request.options.items() if name != "precision"}
    temperature = request.temperature
    if temperature is None:
        chance = request.top_p is not None or request.top_k is not None or own.keys() & _CHANCE
        temperature = 1.0 if chance else 0.0
    return Sampling(temperature=temperature, top_k=request.top_k, top_p=request.top_p, **own)


def _room(loaded: LoadedModel, prompt: int, request: ChatRequest) -> int:
    """Tokens that the answer may have: `max_tokens`, or the rest of the context window."""
    window = loaded.network.context_length
    wanted = request.max_tokens or 1
    if prompt + wanted > window:
        raise ContextTooLong(
            f"the prompt has {prompt:,} tokens and the answer needs room for {wanted:,}; "
            f"the context window of {request.model} holds {window:,}",
            provider="local",
            model=request.model,
        )
    return request.max_tokens or window - prompt


def _generation(loaded: LoadedModel, prompt: list[int], room: int, request: ChatRequest) -> Generation:
    generator = torch.Generator(device=loaded.network.device)
    if request.seed is None:
        generator.seed()
    else:
        generator.manual_seed(request.seed)
    return Generation(
        prompt,
        loaded.network.new_cache(len(prompt) + room),
        max_tokens=room,
        sampling=to_sampling(request),
        generator=generator,
        stop_tokens=loaded.tokenizer.stop_tokens,
    )
