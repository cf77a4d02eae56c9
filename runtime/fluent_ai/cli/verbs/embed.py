"""`fluent-ai embed`, `similar` and `collections`: vectors of texts, kept in a file and compared."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.models import Json
from fluent_ai.cli.verbs.calls import Model, Options, open_call, read_texts
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai_toolkit.collections import Collections

Collection = Annotated[str | None, typer.Option("--collection", "-c", help="Keep the vectors in this collection.")]
Database = Annotated[
    Path | None, typer.Option("--database", "-d", help="The file; by default embeddings.db in the folder for data.")
]
app = typer.Typer(help="Kept embeddings.", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def embed(
    texts: Annotated[list[str] | None, typer.Argument(help="Texts; by default the lines that are piped in.")] = None,
    model: Model = None,
    collection: Collection = None,
    id_: Annotated[str | None, typer.Option("--id", help="The id of the text in the collection.")] = None,
    files: Annotated[
        list[str] | None, typer.Option("--files", "-f", help="Keep these files: a path or a glob. Can be repeated.")
    ] = None,
    no_texts: Annotated[bool, typer.Option("--no-texts", help="Keep the vectors without their texts.")] = False,
    database: Database = None,
    dimensions: Annotated[int | None, typer.Option(help="A shorter vector, where the model can.")] = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Print the vectors of texts, each as a line of JSON; with a collection, keep them for `similar`."""
    if collection is None and (files or id_ is not None or no_texts):
        raise ConfigError("--files, --id and --no-texts are for collections; name one with --collection")
    items = _items(texts, files, id_)
    chosen = model
    if collection is not None and model is None:
        chosen = next((each.model for each in collections_in(database).list() if each.name == collection), None)
    with open_call(
        "embed", chosen, {"dimensions": dimensions}, option,
        base_url=base_url, manifest=manifest, timeout=timeout, retries=retries,
    ) as call:  # fmt: skip
        if collection is None:
            for vector in call.client.embed(call.model, list(items.values()), **call.options):
                terminal.json_line(list(vector))
            return
        kept = collections_in(database).open(collection, model=call.model)
        count = kept.add(
            items, lambda some: call.client.embed(call.model, some, **call.options), keep_texts=not no_texts
        )
    terminal.note(f"{count} of {len(items)} texts were embedded; {collection} has {len(kept)}")


def similar(
    collection: Annotated[str, typer.Argument(help="The collection.")],
    text: Annotated[str | None, typer.Argument(help="What to compare with; by default what is piped in.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Compare with the text of this id instead.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many.")] = 10,
    database: Database = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    json: Json = False,
) -> None:
    """The texts of a collection that are most similar to one, best first."""
    if text is not None and id_ is not None:
        raise ConfigError("a text and --id exclude each other")
    kept = collections_in(database).open(collection)
    if id_ is not None:
        found = kept.similar(kept.vector(id_), limit=limit, without=id_)
    else:
        asked = "\n".join(read_texts(None, "text")) if text is None or text == "-" else text
        with open_call(
            "embed", kept.model, {}, option, base_url=base_url, manifest=manifest, timeout=timeout, retries=retries
        ) as call:
            (vector,) = call.client.embed(call.model, [asked], **call.options)
        found = kept.similar(vector, limit=limit)
    if json:
        terminal.json_document([each._asdict() for each in found])
        return
    terminal.table(("id", "score", "text"), [(each.id, f"{each.score:.4f}", (each.text or "")[:200]) for each in found])


@app.command("list")
def list_(database: Database = None, json: Json = False) -> None:
    """The collections, their models, and how many texts each has."""
    found = collections_in(database).list()
    if json:
        terminal.json_document([each._asdict() for each in found])
        return
    terminal.table(("collection", "model", "texts"), [(each.name, each.model, f"{each.items:,}") for each in found])


@app.command()
def delete(collection: Annotated[str, typer.Argument(help="The collection.")], database: Database = None) -> None:
    """Delete a collection and its vectors."""
    terminal.note(f"{collection} is gone, with {collections_in(database).delete(collection)} texts")


@app.command()
def path(database: Database = None) -> None:
    """Where the file is."""
    terminal.line(str(collections_in(database).path))


def collections_in(database: Path | None) -> Collections:
    """The collections of a file, by default of the one in the user's folder for data."""
    from fluent_ai.config.config import Config
    from fluent_ai_toolkit.collections import Collections

    return Collections(database or Config().folder("data") / "embeddings.db")


def _items(texts: list[str] | None, files: list[str] | None, id_: str | None) -> dict[str, str]:
    """Texts by their ids: paths for files, what was given for one text, and else the texts themselves."""
    if files:
        paths = [path for pattern in files for path in sorted(glob.glob(pattern, recursive=True)) or [pattern]]
        return {path: _read(path) for path in paths if not Path(path).is_dir()}
    found = read_texts(texts, "texts")
    if id_ is None:
        return {text: text for text in found}
    if len(found) > 1:
        raise ConfigError(f"--id is for one text, but there are {len(found)}")
    return {id_: found[0]}


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"--files {path!r}: {error}") from None
