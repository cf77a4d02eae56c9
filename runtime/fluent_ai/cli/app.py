"""All commands together, and how each of them may end."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Annotated

import typer

from fluent_ai import __version__
from fluent_ai.errors import ConfigError, FluentError

from . import terminal
from .commands import ENTRY_POINTS, OWN
from .failures import explain
from .summaries import summary_of

COMPLETE = "__complete"
"""What the scripts of shells call, with the words so far."""
_BARE = {"image": {"--preview": "auto"}}
"""Options of commands that may stand without their value, and which it then is."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Every failure is one line on stderr."""
    terminal.prepare()
    if arguments and arguments[0] == COMPLETE:
        from .completion.candidates import print_candidates

        print_candidates(arguments[1:], build)
        return 0
    warnings.showwarning = terminal.show_warning
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit; the rest is discarded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


def _dispatch(arguments: Sequence[str]) -> int:
    terminal.errors_as_json("--json" in arguments)
    try:
        # Not the app's own `main`, which turns a broken pipe and an interrupt into an exit code of its own.
        with typer.main.get_command(build(arguments)).make_context("fluent-ai", _filled(arguments)) as context:
            context.command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except typer.TyperException as error:
        return _refuse(error)
    except FluentError as error:
        terminal.error(explain(error), type(error).__name__)
        return 2 if isinstance(error, ConfigError) else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        terminal.error(f"{error.filename or 'output'}: {error.strerror or error}", "OSError")
        return 1
    except Exception as error:
        if os.environ.get("FLUENT_AI_DEBUG"):
            raise
        if type(error).__module__ == "sqlite3":
            terminal.error(f"database: {error}", "DatabaseError")
            return 1
        # The text of an unforeseen exception may hold a prompt or a key, so only its type is shown.
        terminal.error(f"{type(error).__name__}, which is a bug; set FLUENT_AI_DEBUG=1 to see where", "Bug")
        return 1
    return 0


def _filled(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the values of options that stand without one."""
    bare = _BARE.get(next(iter(arguments), ""), {})
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*(f"{each}={bare[each]}" if each in bare else each for each in arguments[:end]), *arguments[end:]]


def build(arguments: Sequence[str]) -> typer.Typer:
    """The app. Only the requested command is imported, so that all others, and --help, stay fast."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    asked = next(iter(arguments), "")
    if asked in OWN:
        _add(app, asked, OWN[asked].load())
        return app
    for name, command in OWN.items():
        app.command(name, help=command.summary)(_unloaded)
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        if entry.name == asked:
            _join(app, entry)
        elif entry.name not in OWN:
            app.command(entry.name, help=summary_of(entry))(_unloaded)
    return app


def _unloaded() -> None:
    """Stands for a command that is not asked for."""


def _join(app: typer.Typer, entry: EntryPoint) -> None:
    try:
        command = entry.load()
    except ModuleNotFoundError as error:
        extra = f"fluent-ai[{entry.extras[0]}]" if entry.extras else entry.module.partition(".")[0]
        app.command(entry.name)(_missing(entry.name, error.name, extra))
        return
    _add(app, entry.name, command)


def _add(app: typer.Typer, name: str, command: Callable[..., None] | typer.Typer) -> None:
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


def _missing(name: str, module: str | None, extra: str) -> Callable[[], None]:
    def command() -> None:
        raise ConfigError(f"{name} needs {module}: pip install '{extra}'")

    return command


def _version(wanted: bool) -> None:
    if wanted:
        terminal.line(__version__)
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """All providers of large models, and a local engine, through the same commands."""


def _refuse(error: typer.TyperException) -> int:
    message = error.format_message()
    if message.startswith("Usage:"):  # no command was given: the message is the whole help
        sys.stderr.write(message + "\n")
    else:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "fluent-ai"
        terminal.error(f"{message.rstrip('.')} (see {path} --help)", "UsageError")
    return 2
