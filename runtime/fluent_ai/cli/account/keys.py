"""`fluent-ai keys`: the user's encrypted keys. A key is typed at a prompt or piped in, and never an argument."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.failures import explain
from fluent_ai.cli.models import Json
from fluent_ai.cli.replies import Manifests
from fluent_ai.errors import ConfigError, KeyStoreError

if TYPE_CHECKING:
    from fluent_ai.auth.key_store import KeyStore

app = typer.Typer(
    help="Keep keys in an encrypted file.", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
Provider = Annotated[str, typer.Argument(help="The provider, such as openai.")]
Name = Annotated[str, typer.Option(help="The name of the key; a provider may have several.")]
Store = Annotated[
    Path | None, typer.Option("--store", help="The file; by default keys.json in the user's folder for data.")
]


@app.command("set")
def set_(provider: Provider, name: Name = "default", store: Store = None) -> None:
    """Store a key; one of the same name is replaced."""
    kept = _open(store)
    kept.set(_known(provider), _typed(f"key of {provider}: "), name)
    terminal.note(f"the key {name} of {provider} is in {kept.path}")


@app.command("list")
def list_(store: Store = None, json: Json = False) -> None:
    """The keys, without showing them."""
    found = _open(store).list()
    if json:
        terminal.json_document([each.to_dict() for each in found])
        return
    rows = [(each.provider, each.name, _moment(each.created), _moment(each.retires)) for each in found]
    terminal.table(("provider", "name", "set", "retires"), rows)


@app.command()
def rotate(
    provider: Provider,
    name: Name = "default",
    overlap: Annotated[int, typer.Option(min=0, max=10**9, help="How many seconds the old key stays.")] = 3600,
    store: Store = None,
) -> None:
    """Replace a key by another; the old one stays for a while."""
    kept = _open(store)
    kept.rotate(provider, _typed(f"new key of {provider}: "), name, overlap=overlap)
    terminal.note(f"the key {name} of {provider} was replaced; the old one retires in {overlap} s")


@app.command()
def check(
    provider: Annotated[str | None, typer.Argument(help="The provider; all of them by default.")] = None,
    store: Store = None,
    manifest: Manifests = None,
) -> None:
    """Call each provider with each of its stored keys."""
    from fluent_ai.auth.key_store import StoredKey
    from fluent_ai.client.client import Client

    kept = _open(store)
    found = [each for each in kept.list() if each.retires is None and provider in (None, each.provider)]
    if not found:
        what = "key" if provider is None else f"key of {provider}"
        raise KeyStoreError(f"there is no {what} in {kept.path}", reason="missing")
    failed = False
    for each in found:
        key = StoredKey(kept, each.provider, each.name)
        with Client(keys={each.provider: key}, manifests=manifest or ()) as client:
            answer = client.check(each.provider)
        shown = each.provider if each.name == "default" else f"{each.provider}/{each.name}"
        if answer.error is None:
            terminal.line(f"{shown} answers in {answer.seconds:.2f} s")
        else:
            failed = True
            terminal.error(explain(answer.error))
    if failed:
        raise typer.Exit(1)


@app.command()
def remove(provider: Provider, name: Name = "default", store: Store = None) -> None:
    """Delete a key."""
    _open(store).remove(provider, name)
    terminal.note(f"the key {name} of {provider} is gone")


@app.command()
def audit(store: Store = None, json: Json = False) -> None:
    """Who used or changed which key when; fails if an entry was changed or is missing."""
    found = _open(store).audit()
    if json:
        terminal.json_document([each.to_dict() for each in found])
        return
    rows = [(_moment(each.time), each.action, each.provider, each.name, each.who) for each in found]
    terminal.table(("when", "what", "provider", "name", "who"), rows)
    terminal.note(f"{len(found)} entries, none changed or missing")


def _open(path: Path | None) -> KeyStore:
    from fluent_ai.auth.key_store import KeyStore
    from fluent_ai.auth.unlocking import KEY_FILE, unlocked_by

    plain = KeyStore(path)
    needs = unlocked_by(plain.path)
    if needs == "passphrase" or (needs is None and not os.environ.get(KEY_FILE)):
        return KeyStore(path, passphrase=lambda: _typed(f"passphrase of {plain.path}: "))
    return plain


def _known(provider: str) -> str:
    from fluent_ai.providers.table import KNOWN_PROVIDERS

    return KNOWN_PROVIDERS.get(provider).id


def _typed(prompt: str) -> str:
    """A line that is not shown: typed at a terminal, or the next one of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    try:
        return getpass(prompt)
    except EOFError:
        raise ConfigError("nothing was typed") from None


def _moment(seconds: float | None) -> str:
    return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
