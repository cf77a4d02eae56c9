"""Checks of a request against the known facts of its model, before it is sent.

Undisputed facts from the provider's own API refuse a request; all others only warn, because they may be wrong.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, TextPart, ToolResultPart
from fluent_ai.content.requests import ChatRequest, FileKind, ModelLimits, Request
from fluent_ai.content.token_counts import least_tokens
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import Kind, Modality, ModelInfo
from fluent_ai.registry.retirement import ending, warn_once
from fluent_ai.same import kept_for_same
from fluent_ai.verbs.embed import EmbedRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from fluent_ai.content.parts import Part
    from fluent_ai.manifest.schema import Capability, Manifest
    from fluent_ai.registry.lookup import Registry
    from fluent_ai.registry.retirement import ModelRetiring
    from fluent_ai.verbs.base import Target

_MEDIA: dict[type[Part], tuple[Modality, str]] = {
    ImagePart: ("image", "vision"),
    AudioPart: ("audio", "audio"),
    DocumentPart: ("file", "pdf"),
}
"""Part -> its modality, and the fact that says whether the model accepts it."""


_CONVERSING: frozenset[Kind] = frozenset({"chat", "completion", "image", "speech", "realtime", "ocr", "other"})
_FITTING: dict[Capability, frozenset[Kind]] = {
    "chat": _CONVERSING,
    "token_counting": _CONVERSING,
    "embeddings": frozenset({"embedding", "other"}),
    "rerank": frozenset({"rerank", "embedding", "chat", "completion", "other"}),
    "moderation": frozenset({"moderation", "chat", "completion", "other"}),
    "transcription": frozenset({"transcription", "realtime", "chat", "other"}),
    "speech": frozenset({"speech", "realtime", "chat", "other"}),
    "images": frozenset({"image", "chat", "other"}),
}
"""The kinds of models that may serve a verb: some chat models make images or handle audio, for example."""
_VERBS: dict[Kind, tuple[Capability, str]] = {
    "chat": ("chat", "complete"), "completion": ("chat", "complete"), "ocr": ("chat", "complete"),
    "embedding": ("embeddings", "embed"), "rerank": ("rerank", "rerank"), "moderation": ("moderation", "moderate"),
    "transcription": ("transcription", "transcribe"), "speech": ("speech", "speak"), "image": ("images", "image"),
}  # fmt: skip
"""The verb for each kind of model."""

_UNREAD: dict[FileKind, str] = {"image": "vision", "audio": "audio", "document": "pdf"}
"""Kind of file -> the fact that says whether the model reads it."""

_MADE: dict[Capability, Modality] = {"images": "image", "speech": "audio"}


def find_model(registry: Registry, target: Target, list_url: Callable[[], str]) -> ModelInfo | None:
    """The model that is asked for, if it is known.

    `list_url` returns the base URL of the model list at the called address, because a server that replaces the
    provider may have models of its own.
    """
    manifest, _, model_id = target
    model = registry.lookup(manifest.id, model_id)
    if model is None:
        with suppress(ConfigError):  # the list may have an address of its own that is not set
            model = registry.lookup(manifest.id, model_id, list_url())
    return model


def notes(
    registry: Registry, target: Target, capability: Capability, request: Request, model: ModelInfo | None
) -> tuple[str, ...]:
    """Warnings about an unknown model, the model's end, and facts that the request contradicts.

    Raises ConfigError as `check_kind` and `check_request` do. ModelRetired and ModelRetiring are also issued through
    Python's `warnings`, once.
    """
    manifest, _, model_id = target
    if model is None:
        if not registry.has_catalog(manifest.id):
            return ()
        hint = registry.did_you_mean(manifest.id, model_id)
        return (f"model {model_id!r} of {manifest.id} is not in the registry.{hint} It is passed on as it is.",)
    end, warnings = _whatever_is_asked(model, manifest, capability, registry.today())
    if end is not None:
        warn_once(model, *end)
    if capability == "token_counting" or not isinstance(request, (ChatRequest, EmbedRequest)):
        return warnings  # a request that is too long can be counted, and must be, to be made shorter
    return (*warnings, *check_request(model, request))


@kept_for_same(2, 1024)
def _whatever_is_asked(
    model: ModelInfo, manifest: Manifest, capability: Capability, today: date
) -> tuple[tuple[type[ModelRetiring], str] | None, tuple[str, ...]]:
    """The model's end, and the warnings that any request to it gets on that day. Raises as `check_kind` does."""
    warnings = check_kind(model, manifest, capability)
    if (end := ending(model, today)) is not None:
        return end, (end[1], *warnings)
    if model.status(today) == "gone":
        return None, (_gone(model), *warnings)
    return None, warnings


def _gone(model: ModelInfo) -> str:
    """Whose list it left: the provider's, or that of a source where the provider's is not recorded."""
    fact = "last_listed" if model.last_listed else "unlisted_on"
    source = model.source(fact)
    whose = f"the list of {source.who}" if source and source.kind == "source" else "its provider's list"
    return f"{model.full_name} is gone from {whose} since {getattr(model, fact)}; it is called as it is"


def limits(model: ModelInfo | None) -> ModelLimits:
    """What the facts of a model say about how a request is written. Disputed ones say nothing about files."""
    return ModelLimits() if model is None else _limits(model)


@kept_for_same(1, 1024)
def _limits(model: ModelInfo) -> ModelLimits:
    unread: list[FileKind] = [
        kind for kind, fact in _UNREAD.items() if getattr(model, fact) is False and not _disputed(model, fact)
    ]
    return ModelLimits(max_output_tokens=model.max_output_tokens, unread=tuple(unread))


def _disputed(model: ModelInfo, fact: str) -> bool:
    source = model.source(fact)
    return source is not None and bool(source.differ)


def check_kind(model: ModelInfo, manifest: Manifest, capability: Capability) -> tuple[str, ...]:
    """A warning if the model's kind cannot serve the verb, but sources disagree about that kind.

    Raises ConfigError if no source disagrees, whichever states it, because such a request cannot succeed.
    """
    fact = _misfit(model, manifest, capability)
    if fact is None:
        return ()
    if fact == "kind":
        said = f"model {model.full_name} is of kind {model.kind}"
        allowed = f"{', '.join(sorted(_FITTING[capability]))}"
    else:
        said, allowed = f"model {model.full_name} writes {', '.join(model.output_modalities or ())}", _MADE[capability]
    source = model.source(fact)
    said = f"{said}{f', says {source.who}' if source else ''}; allowed for {capability}: {allowed}"
    if source is not None and source.differ:
        return (f"{said}; other sources disagree",)
    own, verb = _VERBS.get(model.kind or "other", ("chat", ""))
    use = f". Use {verb}" if own != capability and manifest.routes(own) else ""
    raise ConfigError(f"{said}{use}. Client(validate=False) sends it", provider=model.provider, model=model.id)


def _misfit(model: ModelInfo, manifest: Manifest, capability: Capability) -> str | None:
    """The fact according to which the model cannot serve the verb, or None."""
    kind, outputs = model.kind, model.output_modalities
    if kind is None or capability not in _FITTING:
        return None
    if kind not in _FITTING[capability]:
        own, _ = _VERBS.get(kind, ("chat", ""))
        only_chat = own in ("transcription", "moderation") and not manifest.routes(own)
        return None if capability in ("chat", "token_counting") and only_chat else "kind"
    wanted = _MADE.get(capability)
    return "output_modalities" if kind == "chat" and wanted and outputs is not None and wanted not in outputs else None


def check_request(model: ModelInfo, request: ChatRequest | EmbedRequest) -> tuple[str, ...]:
    """Warnings about facts that the request contradicts.

    Raises ConfigError, which names the argument, its value, what is allowed and the source, for undisputed facts of the
    provider's own API.
    """
    warnings = []
    found = _violations(model, request) if isinstance(request, ChatRequest) else _texts(model, request)
    for fact, text in found:
        source = model.source(fact)
        if source is not None and source.inferred_from is not None:
            source = model.source(source.inferred_from)
        if source is None:
            warnings.append(f"{text} for {model.full_name}")
            continue
        said = f"{text} for {model.full_name}, says {source.who} ({source.url}, {source.date})"
        if source.kind == "provider" and not source.differ:
            raise ConfigError(f"{said}; validate=False sends it anyway", provider=model.provider, model=model.id)
        warnings.append(f"{said}; other sources disagree" if source.differ else said)
    return tuple(warnings)


def _violations(model: ModelInfo, request: ChatRequest) -> Iterator[tuple[str, str]]:
    """The facts that the request contradicts, each with a description."""
    wanted, most = request.max_tokens, model.max_output_tokens
    if wanted is not None and most is not None and wanted > most:
        yield "max_output_tokens", f"max_tokens is {wanted}; allowed: at most {most}"
    if request.tools and model.tools is False:
        yield "tools", f"tools holds {len(request.tools)}; allowed: none"
    if request.output is not None and model.structured_output is False:
        yield "structured_output", "output is given; allowed: no output schema"
    if request.reasoning not in (None, "none") and model.reasoning is False:
        yield "reasoning", f"reasoning is {request.reasoning!r}; allowed: none"
    if model.temperature_fixed:  # at 1, and with it the rest of sampling
        for option, value in (("temperature", request.temperature), ("top_p", request.top_p)):
            if value not in (None, 1):
                yield "temperature_fixed", f"{option} is {value}; allowed: no {option}"
    yield from _content(model, request)


def _texts(model: ModelInfo, request: EmbedRequest) -> Iterator[tuple[str, str]]:
    """The facts that texts to embed contradict; only the first text that is too long is named."""
    most, wanted = model.embedding_dimensions, request.dimensions
    if wanted is not None and most is not None and wanted > most:
        yield "embedding_dimensions", f"dimensions is {wanted}; allowed: at most {most}"
    fact, window = _longest_prompt(model)
    for index, text in enumerate(request.inputs if window is not None and not request.truncate else ()):
        if isinstance(text, str) and window is not None and (least := _least_tokens([text], window)) > window:
            yield fact, f"inputs[{request.offset + index}] holds at least {least} tokens; allowed: at most {window}"
            return


def _longest_prompt(model: ModelInfo) -> tuple[str, int | None]:
    """The lowest known limit of a prompt, with its fact."""
    window, most = model.context_window, model.max_input_tokens
    if window is None or (most is not None and most < window):
        return "max_input_tokens", most
    return "context_window", window


def _content(model: ModelInfo, request: ChatRequest) -> Iterator[tuple[str, str]]:
    texts = [request.system] if request.system else []
    if request.documents:
        texts += [document.text for document in request.documents]
    refused: set[str] = set()
    now = -1
    for place, message in enumerate(request.messages):
        if message.role == "assistant":
            now = place
    for place, message in enumerate(request.messages):
        for part in message.parts:
            kind = type(part)
            if kind is TextPart:
                texts.append(part.text)  # type: ignore[union-attr]  # mypy does not narrow on `type(...) is`
            elif kind is ToolResultPart:
                texts.append(part.content)  # type: ignore[union-attr]
            elif place <= now:
                pass  # files of earlier turns are left out where the model does not read them
            elif kind in _MEDIA and kind.__name__ not in refused and (fact := _closed(model, kind)):
                refused.add(kind.__name__)
                inputs = model.input_modalities if fact == "input_modalities" else None
                yield (
                    fact,
                    f"messages holds {kind.__name__}; allowed: {', '.join(inputs) if inputs else 'no such part'}",
                )
    fact, window = _longest_prompt(model)
    if window is not None and (least := _least_tokens(texts, window)) > window:
        yield fact, f"messages holds at least {least} tokens; allowed: at most {window}"


def _closed(model: ModelInfo, kind: type[Part]) -> str | None:
    """The fact according to which the model accepts no such part, or None."""
    modality, flag = _MEDIA[kind]
    if getattr(model, flag) is not False:
        return None
    inputs = model.input_modalities
    return "input_modalities" if inputs is not None and modality not in inputs else flag


def _least_tokens(texts: list[str], window: int) -> int:
    """A lower bound for the tokens of the texts in any common tokenizer: their words, because no token spans two.

    Words are counted only if there could be too many; a word and its space take at least two characters.
    """
    characters = sum(map(len, texts))
    return sum(map(least_tokens, texts)) if characters > 2 * window else 0
