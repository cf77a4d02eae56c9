"""A chat request as a reply from a loaded model: a request in, events out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np
from fluent_ai.content.events import Event, Progress, TokenLogprob
from fluent_ai.content.reply import FinishReason, Usage
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError, ContextTooLong
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog.loaded_models import LoadedModel, ModelCache
from fluent_ai_local.replies.reply_reader import ReplyReader
from fluent_ai_local.replies.written_reply import WrittenReply
from fluent_ai_local.text.grammar import Grammar, to_grammar
from fluent_ai_local.text.options import BREAKERS
from fluent_ai_local.text.prompt import Prompt, make_prompt, template_for
from fluent_ai_local.text.reply_grammar import reply_grammar, to_tool_grammars
from fluent_ai_local.text.template_messages import to_template_messages, to_template_tools
from fluent_ai_local.text.tokenizer import Tokenizer

from .generate import Generation, Token
from .samplers import Sampling
from .scheduler import Prefilled

if TYPE_CHECKING:
    from fluent_ai_local.text.constraint import Constraint

_CHANCE: Final = frozenset({"min_p", "typical_p", "top_n_sigma", "xtc_probability", "mirostat", "dynatemp_range"})
_NOT_SAMPLING: Final = ("precision", "template", "tool_format", "regex", "grammar", "dry_breakers")


def run_chat(model: str, request: ChatRequest, models: ModelCache, emit: Emit[Event]) -> None:
    """Emit the reply to a checked request, loading the model first if need be.

    Raises ConfigError, ContextTooLong, the errors of loading, and what `emit` raises.
    """
    messages, tools = to_template_messages(request), to_template_tools(request)
    schemas = {tool.name: tool.parameters for tool in request.tools}
    body = to_grammar(request)
    tool_grammars = to_tool_grammars(request, body)
    loaded = models.get(model, emit, request.options.get("precision"))
    tokenizer = loaded.tokenizer
    prompt = make_prompt(
        request, messages, tools, template_for(request, loaded.template), tokenizer, architecture=loaded.architecture
    )
    grammar = reply_grammar(
        body,
        tool_grammars,
        schemas=schemas,
        choice=request.tool_choice or "auto",
        row=prompt.row,
        reasoning=prompt.reasoning,
        tokenizer=tokenizer,
    )
    room = _room(loaded, len(prompt.ids), request)
    writer = ReplyWriter("local", emit)
    writer.start(f"local-{uuid.uuid4().hex}", model)
    if prompt.described:
        writer.warn("the model's chat template has no place for tools; they are described in a message instead")
    written = WrittenReply(writer, request.stop)
    reader = ReplyReader(written, reasoning=prompt.reasoning, row=prompt.row, tools=schemas)
    decoder = tokenizer.decoder(drops_space=grammar is None, shown=_shown(prompt, tokenizer))
    count = 0
    generation = _generation(loaded, prompt.ids, room, request, grammar)
    with closing(loaded.scheduler.run(generation)) as steps:
        for step in steps:
            if isinstance(step, Prefilled):
                emit(Progress("prefill", step.done, step.total))
                continue
            if step is not None:
                count += 1
                written.begin(None if step.logprob is None else _logprob(step, tokenizer))
                reader.feed(decoder.feed(step.id))
            if step is None or not written.wrote:
                # Lets a consumer leave although there is nothing to read yet.
                writer.ping()
            if written.stopped:
                break
    reader.feed(decoder.finish())
    reader.finish()
    written.finish()
    writer.usage(Usage(input_tokens=len(prompt.ids), output_tokens=count, cached_input_tokens=generation.reused))
    writer.finish(*_reason(written, generation.finished, request))


def _shown(prompt: Prompt, tokenizer: Tokenizer) -> frozenset[int]:
    """Control tokens that the reader has to see."""
    marks = () if prompt.reasoning is None else (prompt.reasoning.begin, prompt.reasoning.end)
    return tokenizer.control_in((*marks, *(prompt.row.texts if prompt.row is not None else ())))


def _reason(written: WrittenReply, finished: bool, request: ChatRequest) -> tuple[FinishReason, str]:
    if written.stopped:
        return "stop", "stop_string"
    if finished:
        return "tool_calls" if written.calls else "stop", "end_of_turn"
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
    return Generation(
        prompt,
        loaded.network.new_cache(len(prompt) + room),
        max_tokens=room,
        sampling=to_sampling(request, loaded.tokenizer),
        generator=np.random.default_rng(None if request.seed is None else request.seed % 2**64),
        stop_tokens=loaded.tokenizer.stop_tokens,
        logprobs=request.logprobs,
        constraint=None if grammar is None else _constraint(loaded.tokenizer, grammar),
    )


def _constraint(tokenizer: Tokenizer, grammar: Grammar) -> Constraint:
    from fluent_ai_local.text.constraint import Constraint  # imports llguidance, which most replies do not need

    return Constraint(tokenizer.trie, grammar)
