"""A checked request as token ids. What the engine cannot do is refused here, before anything is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.content.parts import Message, ReasoningPart, TextPart
from fluent_ai.content.portable import portable
from fluent_ai.content.requests import ChatRequest, Request
from fluent_ai.errors import ConfigError, InvalidRequest

from fluent_ai_local.text.options import check_options

if TYPE_CHECKING:
    from .chat_template import ChatTemplate
    from .tokenizer import Tokenizer

_UNSUPPORTED = ("tools", "tool_choice", "reasoning")


def to_template_messages(request: ChatRequest) -> list[dict[str, str]]:
    """Messages as chat templates want them: dicts of `role` and `content`.

    Raises ConfigError naming the argument that this engine does not take.
    """
    for name in _UNSUPPORTED:
        if getattr(request, name) not in (None, (), {}):
            raise ConfigError(f"{name} is given; the local engine does not support it", provider="local")
    check_options(request)
    refuse_fields(request)
    if not request.messages:
        raise ConfigError("messages is empty; allowed: at least one message", provider="local")
    system = [{"role": "system", "content": _text(request.system, "system")}] if request.system is not None else []
    return system + [_to_dict(number, message) for number, message in enumerate(request.messages)]


def refuse_fields(request: Request) -> None:
    """Raises ConfigError for parts of an HTTP request: none is sent."""
    for name in ("extra_body", "extra_headers"):
        if getattr(request, name):
            raise ConfigError(f"{name} is given; the local engine sends no request", provider="local")


def _to_dict(number: int, message: Message) -> dict[str, str]:
    for part in portable(message):
        # Reasoning of an earlier reply, perhaps of another model, is no part of the conversation.
        if not isinstance(part, TextPart | ReasoningPart):
            raise ConfigError(
                f"messages[{number}] holds a {type(part).__name__}; the local engine takes text only", provider="local"
            )
    if message.role == "tool":
        raise ConfigError(f"messages[{number}] has the role 'tool'; the local engine has no tools", provider="local")
    return {"role": message.role, "content": _text(message.text, f"messages[{number}]")}


def _text(text: str, where: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text
    # Raised out here because the error above holds the text.
    raise ConfigError(f"{where} holds a lone surrogate, half of a character", provider="local")


def encode_prompt(messages: list[dict[str, str]], template: ChatTemplate | None, tokenizer: Tokenizer) -> list[int]:
    """The ids of the rendered conversation, or, without a template, of the one text that the model is to continue.

    Control tokens inside a message count as plain text. What the model wants at the beginning of every prompt is put
    there, once. Raises InvalidRequest for messages that the template refuses, or that are several without one.
    """
    from .tokenizer import free_mark  # imports the library of tokenizers

    mark = free_mark(*(message["content"] for message in messages))
    guarded = [{**message, "content": tokenizer.guard(message["content"], mark)} for message in messages]
    if template is None:
        if len(messages) != 1 or messages[0]["role"] != "user":
            raise InvalidRequest(
                "the model has no chat template: it continues one text; allowed: one user message, without system, "
                "or template= with one",
                provider="local",
            )
        text = guarded[0]["content"]
    else:
        text = template.render(guarded, bos_token=tokenizer.bos_token, eos_token=tokenizer.eos_token)
    ids = tokenizer.encode(text, mark)
    if not ids:
        raise InvalidRequest("the model's chat template makes an empty prompt of these messages", provider="local")
    before = tokenizer.before
    return ids if ids[: len(before)] == before else [*before, *ids]
