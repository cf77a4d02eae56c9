"""The commands at a pseudo-terminal: colours and bars where they belong, and the keys of `chat`."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from loopback import Provider

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing"),
]

OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
CONTROL_C, CONTROL_D = b"\x03", b"\x04"
PATIENCE = 60.0


class Terminal:
    """A program with a terminal of its own, to type at and to read from."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.master, slave = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": "xterm", "COLUMNS": "200"},
            start_new_session=True,
        )
        os.close(slave)
        self.seen = b""

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def read(self) -> bool:
        """Take in what there is; False when the program has closed its terminal."""
        ready, _, _ = select.select([self.master], [], [], PATIENCE)
        if not ready:
            raise AssertionError(f"nothing came; so far: {self.seen!r}")
        try:
            data = os.read(self.master, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            data = b""
        self.seen += data
        return bool(data)

    def expect(self, text: str) -> str:
        """Wait for the text; returns what came before it, and forgets both."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.seen.find(text.encode())) < 0:
            assert self.read(), f"{text!r} did not come; the end: {self.seen!r}"
            assert time.monotonic() < deadline, f"{text!r} did not come: {self.seen!r}"
        before = self.seen[:found]
        self.seen = self.seen[found + len(text.encode()) :]
        return before.decode()

    def interrupt(self, expected: str) -> None:
        """Press Ctrl-C until the text comes: Python misses a signal that falls just before a blocking call."""
        self.type(CONTROL_C)
        deadline = time.monotonic() + PATIENCE
        while expected.encode() not in self.seen:
            assert time.monotonic() < deadline, f"{expected!r} did not come: {self.seen!r}"
            if not select.select([self.master], [], [], 1.0)[0]:
                self.type(CONTROL_C)
            else:
                assert self.read(), f"{expected!r} did not come; the end: {self.seen!r}"
        self.expect(expected)

    def end(self) -> tuple[int, str]:
        while self.read():
            pass
        return self.process.wait(), self.seen.decode()


Start = Callable[..., Terminal]


@pytest.fixture
def start(command: list[str], environment: dict[str, str]) -> Iterator[Start]:
    started: list[Terminal] = []

    def run(*arguments: str) -> Terminal:
        started.append(Terminal([*command, *arguments], environment))
        return started[-1]

    yield run
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        os.close(terminal.master)


def test_chat_keeps_the_conversation_until_control_d(start: Start, manifest: Path, provider: Provider) -> None:
    chat = start("chat", "loop:echo", "--manifest", str(manifest), "--system", "Be brief.")
    chat.expect("> ")
    chat.type(b"one\n")
    chat.expect("You said: one")
    chat.expect("> ")
    chat.type(b"two\n")
    chat.expect("You said: two")
    chat.expect("> ")
    chat.type(CONTROL_D)
    assert chat.end()[0] == 0
    assert [message["content"] for message in provider.requests[-1]["messages"]] == [
        "Be brief.",
        "one",
        "You said: one",
        "two",
    ]


def test_control_c_stops_the_reply_and_not_the_program(start: Start, manifest: Path, provider: Provider) -> None:
    chat = start("chat", "loop:slow", "--manifest", str(manifest))
    chat.expect("> ")
    chat.type(b"go\n")
    chat.expect("first ")
    chat.interrupt("stopped")
    chat.expect("> ")
    provider.go_on.set()
    chat.type(b"again\n")
    chat.expect("error: ")
    chat.expect("> ")
    chat.type(CONTROL_D)
    code, rest = chat.end()
    assert code == 0
    assert "Traceback" not in rest
    said = [message["content"] for message in provider.requests[-1]["messages"]]
    assert said == ["go", "first ", "again"]


def test_control_c_at_the_prompt_clears_the_line(start: Start, manifest: Path, provider: Provider) -> None:
    chat = start("chat", "loop:echo", "--manifest", str(manifest))
    chat.expect("> ")
    chat.type(b"never sent")
    chat.expect("never sent")
    chat.interrupt("> ")
    chat.type(CONTROL_D)
    assert chat.end()[0] == 0
    assert provider.requests == []


def test_control_c_ends_complete_with_130(start: Start, manifest: Path, provider: Provider) -> None:
    command = start("ask", "-m", "loop:slow", "hi", "--manifest", str(manifest))
    command.expect("first ")
    command.interrupt("\r\n")
    code, rest = command.end()
    assert code == 130
    assert "Traceback" not in rest


def test_a_reply_cannot_steer_the_terminal(start: Start, manifest: Path) -> None:
    code, shown = start("ask", "-m", "loop:escape", "hi", "--raw", "--manifest", str(manifest)).end()
    assert (code, shown) == (0, "[31mred\r\n")
    code, shown = start("ask", "-m", "loop:escape", "hi", "--manifest", str(manifest)).end()
    assert (code, "\x1b[31mred" in shown, "[31mred" in shown) == (0, False, True)


MARKDOWN = "**bold** text\n\n- one\n- two\n\n```py\nx = 1\n```\n\nend"


def test_markdown_is_drawn_at_a_terminal(start: Start, manifest: Path) -> None:
    code, shown = start("ask", "-m", "loop:echo", MARKDOWN, "--manifest", str(manifest)).end()
    assert code == 0
    assert "\x1b[1mbold\x1b[0m text" in shown
    assert "**" not in shown
    assert re.search(r" • (\x1b\[0m)?one", shown)
    assert "```" not in shown


def test_markdown_has_no_colours_where_none_are_wanted(
    start: Start, manifest: Path, environment: dict[str, str]
) -> None:
    environment["NO_COLOR"] = "1"
    code, shown = start("ask", "-m", "loop:echo", MARKDOWN, "--manifest", str(manifest)).end()
    assert code == 0
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)
    raw, text = start("ask", "-m", "loop:echo", MARKDOWN, "--raw", "--manifest", str(manifest)).end()
    assert (raw, text) == (0, "You said: " + MARKDOWN.replace("\n", "\r\n") + "\r\n")


def test_reasoning_is_dim_unless_it_is_hidden(start: Start, manifest: Path, environment: dict[str, str]) -> None:
    ask = ["ask", "-m", "loop:thinks", "hi", "--raw", "--manifest", str(manifest)]
    assert start(*ask).end() == (0, "\x1b[2mhm \x1b[0m\x1b[2m\r\n\x1b[0mdone\r\n")
    assert start(*ask, "-R").end() == (0, "done\r\n")
    environment["NO_COLOR"] = "1"
    assert start(*ask).end() == (0, "hm \r\ndone\r\n")


@pytest.mark.parametrize("width", [20, 40, 80])
def test_the_first_column_is_never_cut(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from fluent_ai.cli import terminal

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys, "stdout", screen)
    names = ["openrouter:meta-llama/llama-4-maverick", "openai:gpt-5.1"]
    terminal.table(("model", "context", "can"), [(name, "1,000,000", "tools vision") for name in names])
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert [name for name in names if not any(name in line for line in lines)] == []
    assert all(len(line) <= width for line in lines if not any(name in line for name in names))
    assert "vision" in screen.getvalue()


def test_tables_are_aligned_at_a_terminal(start: Start) -> None:
    code, shown = start("models", "--provider", "local").end()
    assert code == 0
    assert "\t" not in shown
    assert re.search(r"local:smollm2-135m +8192 ", shown)


def test_progress_is_a_bar_at_a_terminal_and_gone_at_the_end(environment: dict[str, str]) -> None:
    script = (
        "from fluent_ai import Progress; from fluent_ai.cli.terminal import ProgressBar\n"
        "with ProgressBar() as bar:\n    bar.show(Progress('load', 50, 200)); bar._bars.refresh()\n"
        "print('done')"
    )
    program = Terminal([sys.executable, "-c", script], environment)
    shown = program.expect("done")
    assert re.search(r"load .* 25%", shown)
    assert shown.endswith("\x1b[2K")
    assert program.end()[0] == 0
    os.close(program.master)


def test_chat_without_a_terminal_takes_a_turn_a_line(
    manifest: Path, cli: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = cli("chat", "loop:echo", "--manifest", str(manifest), stdin="one\n\ntwo\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "You said: one\nYou said: two\n", "")


def test_chat_without_a_terminal_ends_at_the_first_error(
    manifest: Path, cli: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = cli("chat", "loop:denied", "--manifest", str(manifest), stdin="one\ntwo\n")
    assert done.returncode == 1
    assert done.stderr.count("error: ") == 1


def test_usage_draws_bars(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "usage.db"
    book = ai.Ledger(path)
    for number in range(3):
        call = ai.Call(id=str(number), verb="chat", provider="acme", model="m", ended="complete", started=1.7e9)
        book.finished(call)
    assert book.flush()
    shown = start("usage", "--ledger", str(path))
    shown.expect("acme:m")
    shown.expect("█" * 24)
    assert shown.end()[0] == 0


def test_a_key_is_typed_without_being_shown(start: Start, environment: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    typing = start("keys", "set", "openai", "--store", str(tmp_path / "keys.json"))
    typing.expect("key of openai: ")
    typing.type(b"canary-key-0123456789\n")
    typing.expect("passphrase of ")
    typing.type(b"canary-passphrase\n")
    typing.expect("the key default of openai is in ")
    code, rest = typing.end()
    assert code == 0
    assert "canary" not in rest + typing.seen.decode()
