"""The commands of every chat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from fluent_ai.content.attachments import attachment
from fluent_ai.content.files import save
from fluent_ai.content.reply import Usage
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.chat.chat_rows import beginning
from fluent_ai_toolkit.chat.commands.events import CommandOutput
from fluent_ai_toolkit.chat.commands.table import Command, Outcome, PlayMacro, Surroundings, Turn, output, words
from fluent_ai_toolkit.chat.formats.exporting import SUFFIXES

_OPTIONS: Final = (
    "temperature", "top_p", "top_k", "max_tokens", "stop", "seed", "reasoning", "max_turns", "token_limit",
    "cost_limit",
)  # fmt: skip
_MOST_MODELS: Final = 200


def _model(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    if arguments:
        chat.check_model(arguments)
        chat.state.model = arguments
    name = chat.state.model_name or "a route"
    yield output("model", name, value=name)


def _system(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    if arguments:
        chat.state.options["system"] = None if arguments == "-" else arguments
    found = chat.state.options.get("system")
    yield output("system", found or "There is no system prompt.", value=found)


def _save(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    state = chat.state
    if arguments:
        state.rename(arguments)
    where = "in memory only" if state.store.path is None else f"in {state.store.path}"
    if state.id is None:
        yield output("save", f"The chat will be kept {where} once something has been said.")
    else:
        yield output("save", f"Kept {where} as {state.id}: {state.title}", value={"id": state.id, "title": state.title})


def _load(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    if not arguments:
        for each in chat.state.store.list(limit=20):
            yield output("load", f"{each.id}  {each.messages:4}  {each.title}", value=each.to_dict())
        return
    chat.state.load(arguments, with_settings=True)
    title, many = chat.state.title, len(chat.state.path)
    yield output("load", f"{title} ({many} messages)", value=chat.state.id, action="load")


def _search(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    search = chat.state.store.search(arguments)
    for hit in search:
        text = f"{hit.chat}  {hit.role}: {hit.marked('[', ']')}"
        yield output("search", text, value=hit.to_dict())
    if not search.partial.hits:
        yield output("search", "Nothing was found.")


def _branch(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    state = chat.state
    if arguments:
        head = _number(arguments, "/branch [NUMBER]")
        if state.id is None:
            raise ConfigError("/branch: nothing has been said yet, so there are no branches")
        state.move(state.store.messages(state.id, head=head))
        yield output("branch", f"{len(state.path)} messages", value=head, action="load")
        return
    for each in () if state.id is None else state.store.branches(state.id):
        mark = "*" if each.head == state.head else " "
        yield output("branch", f"{mark} {each.head}  {each.messages:4}  {each.text}", value=each.to_dict())


def _edit(chat: Surroundings, arguments: str) -> Outcome:
    first, _, rest = arguments.partition(" ")
    at = int(first) if first.isdecimal() and rest.strip() and len(first) < 9 else None
    said = arguments if at is None else rest.strip()
    if not said:
        raise ConfigError("/edit needs what is said instead; usage: /edit [NUMBER] TEXT")
    return Turn(said, chat.state.last_said() if at is None else at)


def _undo(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    text = chat.state.undo()[0].text
    yield output("undo", f"Taken back: {beginning(text)}", value=text, action="load")


def _retry(chat: Surroundings, arguments: str) -> Outcome:
    return Turn(None)


def _attach(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    attached = chat.state.attached
    for place in words(arguments, 100, "/attach [FILE]..."):
        attached.append((place, attachment(str(Path(place).expanduser()) if "://" not in place else place)))
    names = [place for place, _ in attached]
    yield output("attach", f"With the next message: {', '.join(names)}" if names else "Nothing.", value=names)


def _tools(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    tools = chat.state.options.get("tools") or ()
    for each in tools:
        name = getattr(each, "name", None) or getattr(each, "__name__", type(each).__name__)
        yield output("tools", str(name), value=str(name))
    if not tools:
        yield output("tools", "The model has no tools.")


def _macro(chat: Surroundings, arguments: str) -> Outcome:
    given = words(arguments, 1000, "/macro [NAME [VARIABLE=VALUE]...]")
    if not given:
        names = sorted(chat.macros)
        return [output("macro", "\n".join(names) or "There are no macros.", value=names)]
    pairs = [each.partition("=") for each in given[1:]]
    return PlayMacro(given[0], {name: value for name, _, value in pairs})


def _cost(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    replies = [each for each in chat.state.path if each.role == "assistant"]
    known = [each.cost for each in replies if each.cost is not None]
    unknown = [each.cost_unknown for each in replies if each.cost is None]
    text = f"${sum(known):.6f} for {len(known)} of {len(replies)} replies"
    if unknown:
        text += f"; the others are unknown: {unknown[0]}"
    yield output("cost", text, value={"cost": sum(known), "known": len(known), "replies": len(replies)})


def _tokens(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    usages = [each.usage for each in chat.state.path if each.usage is not None]
    total = Usage()
    for each in usages:
        total = total.plus(each)
    read, written = total.input_tokens or 0, total.output_tokens or 0
    text = f"{read:,} tokens read and {written:,} written, as far as {len(usages)} replies say"
    yield output("tokens", text, value={"input_tokens": read, "output_tokens": written})


def _config(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    options = chat.state.options
    name, _, text = arguments.partition(" ")
    if name:
        if name not in _OPTIONS:
            raise ConfigError(f"/config {name!r:.40}; allowed: {', '.join(_OPTIONS)}")
        if text.strip() == "-":
            options.pop(name, None)
        elif text.strip():
            options[name] = _value(text.strip())
    for each in (name,) if name else _OPTIONS:
        if (value := options.get(each)) is not None or name:
            yield output("config", f"{each} = {value!r}", value={each: value})


def _export(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    usage = "/export FILE"
    found = words(arguments, 1, usage)
    kind = SUFFIXES.get(Path(found[0]).suffix) if found else None
    if kind is None:
        raise ConfigError(f"/export needs a file that ends with {', '.join(SUFFIXES)}; usage: {usage}")
    if chat.state.id is None:
        raise ConfigError("/export: nothing has been said yet")
    path = Path(found[0]).expanduser()
    save(chat.state.store.export(chat.state.id, kind, head=chat.state.head).encode(), path)
    yield output("export", f"Written to {path}", value=str(path))


def _clear(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    before = chat.state.id
    chat.state.reset()
    kept = f"; the one before stays as {before}" if before else ""
    yield output("clear", f"A new chat{kept}.", value=before, action="clear")


def _help(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    wanted = f"/{arguments.removeprefix('/')}"
    if arguments and wanted not in COMMANDS:
        raise ConfigError(f"/help: {wanted!r:.40} is no command; allowed: {', '.join(COMMANDS)}")
    for each in COMMANDS.values() if not arguments else (COMMANDS[wanted],):
        text = f"{each.name} {each.arguments}".strip()
        yield output("help", f"{text:28} {each.help}", value={"name": each.name, "arguments": each.arguments})


def _quit(chat: Surroundings, arguments: str) -> Iterator[CommandOutput]:
    yield output("quit", "", action="quit")


def _number(text: str, usage: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise ConfigError(f"{usage.partition(' ')[0]} {text!r:.40}; allowed: a number; usage: {usage}")
    return int(text)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _models(chat: Surroundings, text: str) -> Iterable[str]:
    from fluent_ai import models
    from fluent_ai.providers.table import KNOWN_PROVIDERS

    provider, colon, _ = text.partition(":")
    known = KNOWN_PROVIDERS.all()
    if not colon:
        return [f"{name}:" for name in sorted(known) if name.startswith(text)]
    names = (f"{provider}:{each.id}" for each in models.list(provider)) if provider in known else ()
    return [name for name in names if name.startswith(text)][:_MOST_MODELS]


def _paths(chat: Surroundings, text: str) -> Iterable[str]:
    folder, _, name = text.rpartition("/")
    try:
        found = sorted(Path(f"{folder}/" if folder or text.startswith("/") else ".").expanduser().iterdir())
    except OSError:
        return []
    start = f"{folder}/" if "/" in text else ""
    return [f"{start}{each.name}{'/' if each.is_dir() else ''}" for each in found if each.name.startswith(name)]


def _chats(chat: Surroundings, text: str) -> Iterable[str]:
    return [each.id for each in chat.state.store.list(limit=100) if each.id.startswith(text)]


def _heads(chat: Surroundings, text: str) -> Iterable[str]:
    found = () if chat.state.id is None else chat.state.store.branches(chat.state.id)
    return [str(each.head) for each in found if str(each.head).startswith(text)]


def _names_of_options(chat: Surroundings, text: str) -> Iterable[str]:
    return [name for name in _OPTIONS if name.startswith(text)]


def _names_of_macros(chat: Surroundings, text: str) -> Iterable[str]:
    return sorted(name for name in chat.macros if name.startswith(text))


def _names_of_commands(chat: Surroundings, text: str) -> Iterable[str]:
    return [name[1:] for name in COMMANDS if name[1:].startswith(text.removeprefix("/"))]


COMMANDS: Final[dict[str, Command]] = {
    each.name: each
    for each in (
        Command("/model", "[MODEL]", "Shows the model, or lets another one answer.", _model, _models),
        Command("/system", "[TEXT]", "Shows the system prompt, or sets it; - removes it.", _system),
        Command("/save", "[TITLE]", "Says where the chat is kept, or gives it a title.", _save),
        Command("/load", "[CHAT]", "Lists the latest chats, or goes on with one of them.", _load, _chats),
        Command("/search", "QUERY", "Finds messages in all chats of the store.", _search),
        Command("/branch", "[NUMBER]", "Lists the branches of the chat, or goes on with one of them.", _branch, _heads),
        Command("/edit", "[NUMBER] TEXT", "Says something else instead of your last message, or NUMBER.", _edit),
        Command("/undo", "", "Goes back to before your last message.", _undo),
        Command("/retry", "", "Has your last message answered again.", _retry),
        Command("/attach", "[FILE]...", "Sends files with the next message.", _attach, _paths),
        Command("/tools", "", "Lists the tools that the model may call.", _tools),
        Command("/macro", "[NAME [VARIABLE=VALUE]...]", "Lists the macros, or plays one.", _macro, _names_of_macros),
        Command("/cost", "", "Shows what the replies cost.", _cost),
        Command("/tokens", "", "Shows how many tokens the replies used.", _tokens),
        Command("/config", "[NAME [VALUE]]", "Shows or sets an option; - removes it.", _config, _names_of_options),
        Command("/export", "FILE", "Writes the chat as .md, .json or .html.", _export, _paths),
        Command("/clear", "", "Begins a new chat.", _clear),
        Command("/help", "[COMMAND]", "Lists the commands.", _help, _names_of_commands),
        Command("/quit", "", "Ends the chat.", _quit),
    )
}
"""All commands by their names."""


def completions(chat: Surroundings, line: str) -> list[str]:
    """What a line that begins with a slash may become: whole lines."""
    name, space, text = line.partition(" ")
    if not space:
        return [each for each in COMMANDS if each.startswith(name)]
    command = COMMANDS.get(name)
    return [] if command is None else [f"{name} {each}" for each in command.complete(chat, text)]
