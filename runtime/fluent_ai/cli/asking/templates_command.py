"""`fluent-ai templates`: the templates of `ask -t`."""

from __future__ import annotations

from typing import Annotated

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.models import Json

app = typer.Typer(
    help="Prompts with places to fill in.", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
Name = Annotated[str, typer.Argument(help="The name of a template, or its path.")]


@app.command()
def path() -> None:
    """The folder of the templates; each is a file, such as review.md."""
    from fluent_ai.config.config import Config

    terminal.line(str(Config().folder("templates")))


@app.command("list")
def list_(json: Json = False) -> None:
    """The templates, and what they are filled in with."""
    from fluent_ai.cli.asking.templates import names_in, read_template
    from fluent_ai.config.config import Config
    from fluent_ai.errors import ConfigError

    folder = Config().folder("templates")
    found: list[dict[str, object]] = []
    for name in names_in(folder):
        try:
            template = read_template(name, folder)
        except ConfigError as error:
            found.append({"name": name, "places": [], "description": "", "error": error.message})
            continue
        places = list(dict.fromkeys(place.name for place in template.places))
        found.append({"name": name, "places": places, "description": template.head.get("description", "")})
    if json:
        terminal.json_document(found)
        return
    rows = [
        (str(each["name"]), _words(each["places"]), str(each.get("error") or each["description"])) for each in found
    ]
    terminal.table(("template", "places", "description"), rows)


@app.command()
def show(name: Name) -> None:
    """The text of a template, once it has been checked."""
    from fluent_ai.cli.asking.templates import read_template
    from fluent_ai.config.config import Config

    terminal.write(read_template(name, Config().folder("templates")).source)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else ""
