"""`fluent-ai config`: the user's configuration file, by key or in an editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.facts import text
from fluent_ai.cli.models import Json
from fluent_ai.config.values import KEYS
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.config.config import Config

app = typer.Typer(
    help="Default models, aliases, rules, routes, options.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Key = Annotated[str, typer.Argument(help="""A dotted key: models.chat, aliases.fast, 'options.chat."gpt-*".seed'.""")]


@app.command()
def path() -> None:
    """Where the file is, or would be."""
    from fluent_ai.config.config import config_file

    terminal.line(str(config_file()))


@app.command()
def get(
    key: Annotated[str | None, typer.Argument(help="A key, or the beginning of some; all by default.")] = None,
    json: Json = False,
) -> None:
    """What holds, and where it is said: in the environment, which comes first, or in the file."""
    from fluent_ai.config.config import Config
    from fluent_ai.config.editing import key_names
    from fluent_ai.config.reading import dotted

    if key is not None and "[" not in key:
        key = dotted(tuple(key_names(key)))
    found = [row for row in _rows(Config()) if key in (None, row[0]) or row[0].startswith((f"{key}.", f"{key}["))]
    if key is not None and not found:
        raise ConfigError(f"{key} is not configured; see fluent-ai config get")
    if json:
        terminal.json_document({name: {"value": value, "from": origin} for name, value, origin in found})
    elif key is not None and [row[0] for row in found] == [key]:
        terminal.line(text(found[0][1]))
    else:
        terminal.table(("key", "value", "from"), [(name, text(value), origin) for name, value, origin in found])


@app.command("set")
def set_(key: Key, value: Annotated[str, typer.Argument(help="A TOML value; what is none is a text.")]) -> None:
    """Set a value; comments and everything else in the file stay as they are."""
    from fluent_ai.config.editing import set_value

    terminal.note(f"{key} is set in {set_value(key, value)}")


@app.command()
def unset(key: Key) -> None:
    """Remove a value."""
    from fluent_ai.config.editing import remove_value

    terminal.note(f"{key} is no longer in {remove_value(key)}")


@app.command()
def edit() -> None:
    """Open the file in $VISUAL or $EDITOR. It is replaced once what you wrote is valid."""
    from fluent_ai.config.config import config_file
    from fluent_ai.config.editing import check_text
    from fluent_ai.kept_files import replace_file

    file = config_file()
    before = file.read_bytes() if file.exists() else TEMPLATE.encode()
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with TemporaryDirectory(prefix="fluent-ai-") as folder:
        draft = Path(folder) / file.name
        draft.write_bytes(before)
        while True:
            try:
                code = subprocess.run([*editor, str(draft)], check=False).returncode  # noqa: S603  # the user's own
            except OSError as error:
                raise ConfigError(f"the editor {editor[0]!r} cannot be run: {error.strerror}; set EDITOR") from None
            if code:
                raise ConfigError(f"{editor[0]} ended with {code}; {file} is as it was")
            after = draft.read_bytes()
            try:
                check_text(after, file)
                break
            except ConfigError as error:
                terminal.error(error.message)
                if not terminal.asks() or not typer.confirm("Edit again?", default=True, err=True):
                    raise ConfigError(f"{file} is as it was") from None
    if after == before:
        terminal.note(f"{file} is as it was")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, after)
    terminal.note(f"{file} was changed")


def _rows(config: Config) -> Iterator[tuple[str, object, str]]:
    from fluent_ai.config.environment import set_variables

    variables = set_variables()
    values, document = config.values, config.document()
    for key in KEYS:
        of_file = dict(flat(key, document.get(key)))
        above = {name: variable for name, variable in variables.items() if name.partition(".")[0] == key}
        for name in dict.fromkeys([*of_file, *above]):
            if name in above:
                value = values.models[name.partition(".")[2]] if key == "models" else getattr(values, key)
                yield name, value, above[name]
            else:
                yield name, of_file[name], str(config.path)


def flat(key: str, value: object) -> Iterator[tuple[str, object]]:
    """The dotted keys of a part of the file, and their values."""
    from fluent_ai.config.reading import dotted

    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from flat(f"{key}.{dotted((name,))}", part)
    elif isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value):
            yield from flat(f"{key}[{number}]", part)
    elif value is not None:
        yield key, value


TEMPLATE = """\
# The configuration of fluent-ai. Arguments of a command win over the environment, which wins over this file.

# [models]                       # the model of each verb where none is named
# chat = "fast"
# embed = "openai:text-embedding-3-small"

# [aliases]
# fast = "groq:llama-3.1-8b-instant"

# [[rules]]                      # the first that matches, and whose conditions hold
# glob = "gpt-*"                 # or: regex = "claude-(.+)"
# model = "openai:{name}"
# key = true                     # only where there is a key
# needs = ["tools"]              # only models known to have it

# [routes.smart]
# legs = ["anthropic:claude-sonnet-4-5", "openai:gpt-5.1"]

# [options.chat."groq:*"]
# temperature = 0.2
"""
