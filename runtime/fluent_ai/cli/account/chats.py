"""`fluent-ai chats`: the chats that were kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.facts import dollars
from fluent_ai.cli.models import Json

if TYPE_CHECKING:
    from fluent_ai_toolkit.chat import Chats

Store = Annotated[Path | None, typer.Option("--store", help="The file of chats; by default that of --save.")]
Chat = Annotated[str, typer.Argument(help="The beginning of its id.", metavar="CHAT")]

app = typer.Typer(no_args_is_help=True, help="The chats that were kept: list, show, search, export, import, delete.")


@app.command("list")
def list_chats(
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many of the latest.")] = 20,
    tag: Annotated[str | None, typer.Option(help="Only those with this tag.")] = None,
    store: Store = None,
    json: Json = False,
) -> None:
    """The latest chats."""
    found = _open(store).list(limit=limit, tag=tag)
    if json:
        terminal.json_document([each.to_dict() for each in found])
        return
    columns = ("chat", "used", "messages", "USD", "model", "title")
    terminal.table(
        columns,
        [
            (each.id, _day(each.updated), str(each.messages), dollars(each.cost), each.model or "-", each.title)
            for each in found
        ],
    )


@app.command()
def show(chat: Chat, store: Store = None, json: Json = False) -> None:
    """A chat as Markdown, or with all that is known of it as JSON."""
    terminal.write(_open(store).export(chat, "json" if json else "markdown"))


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(help="Words; those that no message has are corrected.")],
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many hits.")] = 20,
    fuzzy: Annotated[bool, typer.Option("--fuzzy/--exact", help="Find similar words too.")] = True,
    role: Annotated[str | None, typer.Option(help="Only messages of the user, the assistant, a tool.")] = None,
    model: Annotated[str | None, typer.Option(help="Only replies of models with this in their name.")] = None,
    since: Annotated[str | None, typer.Option(help="Only messages of this time until now: 30d, 12h, 2w.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only messages of chats with this tag.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds.")] = 2.0,
    store: Store = None,
    json: Json = False,
) -> None:
    """Messages with these words, as they are found, the best first. With --json one line each."""
    hits = _open(store).search(
        " ".join(query), limit=limit, fuzzy=fuzzy, role=role, model=model, since=since, tag=tag, timeout=timeout
    )
    for hit in hits:
        if json:
            terminal.json_line(hit)
        else:
            terminal.line(f"{hit.chat}\t{_day(hit.created)}\t{hit.role}\t{terminal.one_line(hit.marked('[', ']'))}")
    result = hits.partial
    for word, instead in result.corrections.items():
        terminal.note(f"no message has {word!r}; searched for {', '.join(instead)}")
    took = f"{len(result.hits)} found in {1000 * result.seconds:.0f} ms"
    terminal.note(f"{took}, when the time was over" if result.timed_out else took)


@app.command()
def export(
    chat: Chat,
    path: Annotated[Path, typer.Argument(help="A file that ends with .md, .json or .html.")],
    store: Store = None,
) -> None:
    """Write a chat to a file."""
    from fluent_ai.content.files import save
    from fluent_ai.errors import ConfigError
    from fluent_ai_toolkit.chat.formats.exporting import SUFFIXES

    kind = SUFFIXES.get(path.suffix)
    if kind is None:
        raise ConfigError(f"path is {str(path)!r}; allowed: a file that ends with {', '.join(SUFFIXES)}")
    save(_open(store).export(chat, kind).encode(), path)


@app.command("import")
def import_chats(
    path: Annotated[Path, typer.Argument(help="conversations.json or its ZIP archive, the logs.db of llm, our JSON.")],
    store: Store = None,
) -> None:
    """Take over the chats of llm, ChatGPT or Claude; those that are there already are passed over."""
    many = 0
    for each in _open(store).import_from(path):
        many += 1
        terminal.line(f"{each.id}\t{each.messages}\t{terminal.one_line(each.title)}")
    terminal.note(f"{many} chats imported")


@app.command()
def delete(
    chats: Annotated[list[str] | None, typer.Argument(help="The beginnings of their ids.", metavar="[CHAT]...")] = None,
    before: Annotated[str | None, typer.Option(help="Those that were not used for this time: 90d, 12w.")] = None,
    store: Store = None,
) -> None:
    """Delete chats for good."""
    from fluent_ai.errors import ConfigError

    if bool(chats) == (before is not None):
        raise ConfigError("which chats are to be deleted is missing; allowed: their ids, or --before 90d")
    opened = _open(store)
    many = opened.delete(*chats) if chats else opened.forget(before=before)
    terminal.note(f"{many} chats deleted")


def _open(path: Path | None) -> Chats:
    from fluent_ai.cli.asking.keeping import store_path
    from fluent_ai.config.config import Config
    from fluent_ai_toolkit.chat import chats

    return chats(store_path(Config()) if path is None else path)


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d")
