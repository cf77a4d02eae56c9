"""What the commands of all verbs have in common: which model, which options, and texts from arguments or pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from fluent_ai.cli import replies
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.client.client import Client
    from fluent_ai.config.values import Verb

Model = Annotated[
    str | None, typer.Option("--model", "-m", help="A model, alias or route; by default the configured one.")
]
Options = Annotated[list[str] | None, typer.Option("--option", "-o", help="Any option of the verb: name=value.")]


class Call(NamedTuple):
    """A client, the name of a model, and the options that were given."""

    client: Client
    model: str
    options: dict[str, Any]


@contextmanager
def open_call(
    verb: Verb,
    model: str | None,
    options: Mapping[str, Any],
    more: Sequence[str] | None,
    *,
    base_url: str | None,
    manifest: list[Path] | None,
    timeout: float | None,
    retries: int,
) -> Iterator[Call]:
    """The call of a verb; the client is closed at its end. Raises ConfigError if no model is named or configured."""
    from fluent_ai.cli.asking.option_values import read_options
    from fluent_ai.config.config import Config

    config = Config()
    name = model or config.model(verb)
    given = {**replies.given(options), **read_options(more)}
    with replies.make_client(
        name, verb, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries, config=config
    ) as client:
        yield Call(client, name, given)


def read_texts(given: Sequence[str] | None, what: str) -> list[str]:
    """The texts of the arguments, or one for each line that is piped in. Raises ConfigError if there is none."""
    if given and list(given) != ["-"]:
        return list(given)
    if sys.stdin.isatty():
        raise ConfigError(f"{what} is missing; pass some, or pipe them in, one a line")
    try:
        lines = sys.stdin.buffer.read().decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(f"standard input is not UTF-8 (byte {error.start})") from None
    texts = [line for line in lines if line.strip()]
    if not texts:
        raise ConfigError(f"{what} is missing; standard input is empty")
    return texts
