"""`fluent-ai chat`: a conversation that is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.user_folder import data_folder

from . import replies, terminal
from .failures import explain
from .line_editor import LineEditor

if TYPE_CHECKING:
    from fluent_ai_toolkit.chat import Chat, ChatEvent
    from fluent_ai_toolkit.macros import Macro
    from fluent_ai_toolkit.tools.events import RunEvent

PROMPT = "> "
_LEAVING = ("exit", "quit")
"""Words that people type to leave, and never mean for a model."""


def chat(
    model: Annotated[
        str | None,
        typer.Argument(help="provider:model, or a name of yours; by default the configured one.", metavar="MODEL"),
    ] = None,
    system: replies.System = None,
    temperature: replies.Temperature = None,
    top_p: replies.TopP = None,
    max_tokens: replies.MaxTokens = None,
    stop: replies.Stop = None,
    seed: replies.Seed = None,
    go_on: replies.GoOn = False,
    chat: replies.ChatId = None,
    save: Annotated[bool | None, typer.Option("--save/--no-save", help="Keep the chat; --no-save by default.")] = None,
    macro: Annotated[
        list[Path] | None, typer.Option(help="A file with a macro, which /macro plays by its name. Can be repeated.")
    ] = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Talk to a model. /help lists the commands. Ctrl-C stops the reply, Ctrl-D leaves.

    Without a terminal, each line of input is a turn, and the first failure ends the command.
    """
    from fluent_ai.cli.asking.keeping import chat_of
    from fluent_ai.config.config import Config
    from fluent_ai_toolkit.chat import Chat

    config = Config()
    kept = chat_of(config, go_on=go_on, chat=chat, save=save)
    name = model or (kept and kept.model) or config.model()
    options = replies.chat_options(system, temperature, top_p, max_tokens, stop, seed)
    store, known = (None, None) if kept is None else (kept.store, kept.chat)
    with (
        replies.make_client(
            name, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries, config=config
        ) as client,
        Chat(client, name, store=store, chat=known, **options) as conversation,
    ):
        for path in macro or ():
            conversation.macros[path.stem] = _macro(path)
        if sys.stdin.isatty():
            _at_terminal(conversation, config.values.folders.get("data") or data_folder())
        else:
            _of_pipe(conversation)


def _macro(path: Path) -> Macro:
    from fluent_ai_toolkit.macros import Macro

    try:
        return Macro.from_text(path.stem, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"macro {str(path)!r} is not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise ConfigError(f"macro {str(path)!r}: {error.strerror or type(error).__name__}") from None


def _of_pipe(conversation: Chat) -> None:
    for line in sys.stdin:
        if line.strip() and not _enter(conversation, line.strip()):
            return


def _at_terminal(conversation: Chat, folder: Path | None) -> None:
    terminal.note(f"{conversation.model}. /help lists the commands, Ctrl-C stops a reply, Ctrl-D leaves.")
    with LineEditor(conversation.complete, folder) as editor:
        for text in _lines(editor):
            try:
                if not _enter(conversation, text):
                    return
            except KeyboardInterrupt:
                terminal.note("stopped")
            except FluentError as error:
                terminal.error(explain(error))


def _lines(editor: LineEditor) -> Iterator[str]:
    """What is typed, until the input ends. Ctrl-C drops the line."""
    while True:
        try:
            text = editor.read(PROMPT).strip()
        except EOFError:
            terminal.line("")
            return
        except KeyboardInterrupt:
            terminal.line("")
            continue
        if text:
            yield text


def _enter(conversation: Chat, line: str) -> bool:
    """Show what comes of a line; False if it ends the chat. Raises FluentError, and KeyboardInterrupt if stopped."""
    if line in _LEAVING:
        return False
    with conversation.enter(line) as stream:
        return replies.show(_Entered(stream))


class _Entered:
    """The events of a turn, of which what commands say is shown apart. `collect` says whether the chat goes on."""

    def __init__(self, events: Iterable[ChatEvent]) -> None:
        self._events = events
        self._goes_on = True

    def __iter__(self) -> Iterator[RunEvent]:
        from fluent_ai_toolkit.chat import CommandOutput
        from fluent_ai_toolkit.macros import MacroFinished, MacroWaiting, StepStarted, VariableChanged

        for event in self._events:
            match event:
                case CommandOutput():
                    self._goes_on = event.action != "quit"
                    if event.text:
                        terminal.line(event.text)
                case StepStarted():
                    terminal.note(f"{PROMPT}{event.text}")
                case MacroWaiting() | VariableChanged() | MacroFinished():
                    pass
                case _:
                    yield event

    def collect(self) -> bool:
        return self._goes_on
