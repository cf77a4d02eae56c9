"""A chat request as a reply from a loaded model: a request in, events out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Final

import torch
from fluent_ai.content.events import Event, Progress, TokenLogprob
from fluent_ai.content.reply import FinishReason, Usage
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError, ContextTooLong
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog.loaded_models import LoadedModel, ModelCache
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.grammar import Grammar, to_grammar
from fluent_ai_local.text.options import BREAKERS
from fluent_ai_local.text.prompt import encode_prompt, to_template_messages
from fluent_ai_local.text.stop import StopStrings
from fluent_ai_local.text.tokenizer import Tokenizer

from .generate import Generation, Token
from .samplers import Sampling
from .scheduler import Prefilled

if TYPE_CHECKING:
    from fluent_ai_local.text.constraint import Constraint

_CHANCE: Final = frozenset({"min_p", "typical_p", "top_n_sigma", "xtc_probability", "mirostat", "dynatemp_range"})
_NOT_SAMPLING: Final = ("precision", "template", "regex", "grammar", "dry_breakers")


def run_chat(model: str, request: ChatRequest, models: ModelCache, emit: Emit[Event]) -> None:
    """Emit the reply to a checked request, loading the model first if need be.

    Raises ConfigError, ContextTooLong, the errors of loading, and what `emit` raises.
    """
    messages = to_template_messages(request)
    grammar = to_grammar(request)
    loaded = models.get(model, emit, request.options.get("precision"))
    prompt = encode_prompt(messages, _template(loaded, request), loaded.tokenizer)
    room = _room(loaded, len(prompt), request)
    writer = ReplyWriter("local", emit)
    writer.start(f"local-{uuid.uuid4().hex}", model)
    decoder = loaded.tokenizer.decoder(drops_space=grammar is None)
    stop = StopStrings(request.stop)
    count = 0
    logprobs: list[TokenLogprob] = []
    """Of tokens whose text is still held back."""
    generation = _generation(loaded, prompt, room, request, grammar)
    with closing(loaded.scheduler.run(generation)) as steps:
        for step in steps:
            if isinstance(step, Prefilled):
                emit(Progress("prefill", step.done, step.total))
                continue
            text = ""
            if step is not None:
                count += 1
                text = stop.feed(decoder.feed(step.id))
                if step.logprob is not None:
                    logprobs.append(_logprob(step, loaded.tokenizer))
            if text:
                writer.text(text, tuple(logprobs) or None)
                logprobs.clear()
            else:
                # Lets a consumer leave although there is nothing to read yet.
                writer.ping()
            if stop.stopped:
                break
    if text := stop.feed(decoder.finish()) + stop.finish():
        writer.text(text, tuple(logprobs) or None)
    writer.usage(Usage(input_tokens=len(prompt), output_tokens=count, cached_input_tokens=generation.reused))
    writer.finish(*_reason(stop.stopped, generation.finished, request))


def _template(loaded: LoadedModel, request: ChatRequest) -> ChatTemplate | None:
    """The model's template, or the one that the caller gave; None to continue a text as it is."""
    source = request.options.get("template")
    if source is None:
        return loaded.template
    return ChatTemplate(source, name="template", trusted=False) if source else None


def _reason(stopped: bool, finished: bool, request: ChatRequest) -> tuple[FinishReason, str]:
    if stopped:
        return "stop", "stop_string"
    if finished:
        return "stop", "end_of_turn"
    return "length", "max_tokens" if request.max_tokens is not None else "context_length"


def to_sampling(request: ChatRequest, tokenizer: Tokenizer) -> Sampling:
    """Greedy unless the request asks for chance: an option that removes unlikely tokens means a temperature of 1."""
    own = {name: value for name, value in request.options.items() if name not in _NOT_SAMPLING}
    temperature = request.temperature
    if temperature is None:
        chance = request.top_p is not None or request.top_k is not None or own.keys() & _CHANCE
        temperature = 1.0 if chance else 0.0
    if "logit_bias" in own:
        own["logit_bias"] = _bias(own["logit_bias"], len(tokenizer.tokens))
    if "dry_multiplier" in own:
        own["dry_breakers"] = tokenizer.containing(request.options.get("dry_breakers", BREAKERS))
    return Sampling(temperature=temperature, top_k=request.top_k, top_p=request.top_p, **own)


def _bias(values: Mapping[object, float], vocabulary: int) -> dict[int, float]:
    found = {int(str(token)): float(value) for token, value in values.items()}
    for token in found:
        if token >= vocabulary:
            raise ConfigError(f"logit_bias holds token {token}; allowed: 0 to {vocabulary - 1}", provider="local")
    return found


def _logprob(token: Token, tokenizer: Tokenizer) -> TokenLogprob:
    def text(number: int) -> str:
        return tokenizer.token_bytes(number).decode(errors="replace") or tokenizer.tokens[number]

    return TokenLogprob(
        text(token.id), token.logprob or 0.0, tuple((text(number), value) for number, value in token.top)
    )


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


def _generation(
    loaded: LoadedModel, prompt: list[int], room: int, request: ChatRequest, grammar: Grammar | None
) -> Generation:
    generator = torch.Generator(device=loaded.network.device)
    if request.seed is None:
        generator.seed()
    else:
        generator.manual_seed(request.seed)
    return Generation(
        prompt,
        loaded.network.new_cache(len(prompt) + room),
        max_tokens=room,
        sampling=to_sampling(request, loaded.tokenizer),
        generator=generator,
        stop_tokens=loaded.tokenizer.stop_tokens,
        logprobs=request.logprobs,
        constraint=None if grammar is None else _constraint(loaded.tokenizer, grammar),
    )


def _constraint(tokenizer: Tokenizer, grammar: Grammar) -> Constraint:
    from fluent_ai_local.text.constraint import Constraint  # imports llguidance, which most replies do not need

    return Constraint(tokenizer.trie, grammar)
