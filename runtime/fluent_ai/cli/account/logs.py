"""`fluent-ai logs`: what was asked and answered, as far as it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.asking.keeping import store_path
from fluent_ai.cli.facts import dollars
from fluent_ai.cli.models import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fluent_ai_toolkit.chat import ChatMessage, Chats


def logs(
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many replies, the latest ones.")] = 3,
    chat: Annotated[str | None, typer.Option(help="Only of this chat, by the beginning of its id.")] = None,
    response: Annotated[bool, typer.Option("--response", "-r", help="Print only the replies.")] = False,
    extract: Annotated[bool, typer.Option("--extract", "-x", help="Print only their first blocks of code.")] = False,
    json: Json = False,
) -> None:
    """The latest prompts and replies that were kept, the latest at the end; see ask --save."""
    from fluent_ai.cli.asking.code_blocks import code_block
    from fluent_ai.config.config import Config
    from fluent_ai_toolkit.chat import chats

    with chats(store_path(Config())) as store:
        found = _replies(store, chat, count)
    if json:
        terminal.json_document([_as_json(prompt, reply) for prompt, reply in found])
        return
    for prompt, reply in found:
        if extract:
            terminal.line(code_block(reply.text))
        elif response:
            terminal.line(reply.text)
        else:
            terminal.line(f"# {_head(reply)}\n")
            terminal.line(f"{'' if prompt is None else prompt.text}\n\n{reply.text}\n")


def _replies(store: Chats, chat: str | None, count: int) -> list[tuple[ChatMessage | None, ChatMessage]]:
    """Prompts and their replies of all branches. A chat whose last message is older than all of them is not read."""
    pairs: list[tuple[ChatMessage | None, ChatMessage]] = []
    for each in store.list(limit=count) if chat is None else (store.get(chat),):
        messages = {message.id: message for message in store.tree(each.id)}
        pairs += [(_prompt(reply, messages), reply) for reply in messages.values() if reply.role == "assistant"]
    return sorted(pairs, key=lambda pair: (pair[1].created, pair[1].id))[-count:]


def _prompt(reply: ChatMessage, messages: dict[int, ChatMessage]) -> ChatMessage | None:
    found = messages.get(reply.parent or -1)
    while found is not None and found.role != "user":
        found = messages.get(found.parent or -1)
    return found


def _head(reply: ChatMessage) -> str:
    usage = reply.usage
    tokens = None if usage is None else f"{usage.input_tokens or '?'} in, {usage.output_tokens or '?'} out"
    parts: Sequence[str | None] = (
        f"{reply.time:%Y-%m-%d %H:%M}",
        f"{reply.provider}:{reply.model}",
        f"chat {reply.chat[:8]}",
        tokens,
        None if reply.cost is None else f"{dollars(reply.cost)} USD",
        None if reply.status == "complete" else reply.status,
    )
    return ", ".join(part for part in parts if part)


def _as_json(prompt: ChatMessage | None, reply: ChatMessage) -> dict[str, Any]:
    return {
        "chat": reply.chat,
        "time": reply.time.isoformat(),
        "model": f"{reply.provider}:{reply.model}",
        "prompt": None if prompt is None else prompt.text,
        "reply": reply.text,
        "status": reply.status,
        "usage": None if reply.usage is None else reply.usage.to_dict(),
        "cost": reply.cost,
    }
