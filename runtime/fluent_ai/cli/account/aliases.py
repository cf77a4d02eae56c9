"""`fluent-ai aliases`: names of your own for models, in the configuration."""

from __future__ import annotations

from typing import Annotated

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.models import Json
from fluent_ai.errors import ConfigError

app = typer.Typer(
    help="Names of your own for models.", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
Alias = Annotated[str, typer.Argument(help="The name.")]


@app.command("list")
def list_(json: Json = False) -> None:
    """The aliases, and what they stand for."""
    from fluent_ai.config.config import Config

    found = Config().values.aliases
    if json:
        terminal.json_document(dict(found))
        return
    terminal.table(("alias", "model"), list(found.items()))


@app.command("set")
def set_(alias: Alias, model: Annotated[str, typer.Argument(help="A model, a route or another alias.")]) -> None:
    """Give a model a name; one that is there already is replaced."""
    from fluent_ai.config.editing import set_value
    from fluent_ai.config.reading import dotted, quoted

    terminal.note(f"{alias} stands for {model} in {set_value(dotted(('aliases', alias)), quoted(model))}")


@app.command()
def remove(alias: Alias) -> None:
    """Remove a name."""
    from fluent_ai.config.config import Config
    from fluent_ai.config.editing import remove_value
    from fluent_ai.config.reading import dotted

    if alias not in Config().file_values.aliases:
        raise ConfigError(f"{alias!r:.80} is no alias; see fluent-ai aliases list")
    terminal.note(f"{alias} is no longer in {remove_value(dotted(('aliases', alias)))}")
