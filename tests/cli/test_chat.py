"""`fluent-ai chat` without a terminal and in tmux: commands, several lines, completion, what is kept, how it ends."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.cli.line_editor import LineEditor
from loopback import Provider

Run = Callable[..., subprocess.CompletedProcess[str]]
PATIENCE = 60.0


def store(environment: dict[str, str]) -> Path:
    return Path(environment["FLUENT_AI_HOME"]) / "chats.db"


def test_lines_are_turns_and_commands_and_exit_ends(cli: Run, manifest: Path, provider: Provider):
    lines = "one\n/system Be brief.\n/tokens\ntwo\nexit\nthree\n"
    done = cli("chat", "loop:echo", "--manifest", str(manifest), stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.splitlines()
    assert (shown[0], shown[1], shown[3]) == ("You said: one", "Be brief.", "You said: two")
    assert "tokens read" in shown[2]
    assert [each["messages"][-1]["content"] for each in provider.requests] == ["one", "two"]


@pytest.mark.parametrize("line", ["/exit", "/modle x", "/model nope:x", "/load nope"])
def test_a_command_that_fails_ends_a_pipe_with_2_and_sends_nothing(
    cli: Run, manifest: Path, provider: Provider, line: str
):
    done = cli("chat", "loop:echo", "--manifest", str(manifest), stdin=f"{line}\nnever sent\n")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert provider.requests == []


def test_the_start_loads_nothing_heavy(environment: dict[str, str]):
    heavy = ["asyncio", "httpx2", "jinja2", "rich", "torch", "fluent_ai_toolkit.tools.run", "fluent_ai_local.provider"]
    code = (
        "import sys; from fluent_ai.cli.app import run; run(['chat', 'local:smollm2-135m']); "
        f"sys.exit(str([name for name in {heavy} if name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="/model\n/quit\n",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("local:smollm2-135m\n", "[]\n")


def test_a_macro_is_played(cli: Run, manifest: Path, provider: Provider, tmp_path: Path):
    (tmp_path / "greet.txt").write_text("/system Be brief.\nGreet {who|everyone}\n")
    (tmp_path / "wrong.txt").write_text("@repeat\n")
    arguments = ("chat", "loop:echo", "--manifest", str(manifest), "--macro")
    done = cli(*arguments, str(tmp_path / "greet.txt"), stdin="/macro\n/macro greet who=Ann\n")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["greet", "Be brief.", "You said: Greet Ann"]
    assert done.stderr.splitlines() == ["> /system Be brief.", "> Greet Ann"]
    for file in ("wrong.txt", "missing.txt"):
        wrong = cli(*arguments, str(tmp_path / file), stdin="hi\n")
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert file.partition(".")[0] in wrong.stderr
    assert len(provider.requests) == 1


def test_nothing_is_kept_unless_it_is_asked_for(cli: Run, manifest: Path, environment: dict[str, str]):
    assert cli("chat", "loop:echo", "--manifest", str(manifest), stdin="one\n").returncode == 0
    assert not store(environment).exists()
    done = cli("chat", "--continue", "--manifest", str(manifest), stdin="two\n")
    assert (done.returncode, "there is no chat" in done.stderr) == (2, True)


def test_a_chat_that_was_kept_goes_on(cli: Run, manifest: Path, provider: Provider, environment: dict[str, str]):
    kept = cli("chat", "loop:echo", "--save", "--system", "Be brief.", "--manifest", str(manifest), stdin="one\n")
    assert (kept.returncode, kept.stderr) == (0, "")
    (chat,) = ai.chats(store(environment)).list()
    for option in (("--continue",), ("--chat", chat.id[:8])):
        done = cli("chat", *option, "--manifest", str(manifest), stdin="more\n")
        assert (done.returncode, done.stdout, done.stderr) == (0, "You said: more\n", "")
    sent = [message["content"] for message in provider.requests[-1]["messages"]]
    assert sent == ["Be brief.", "one", "You said: one", "more", "You said: more", "more"]


def test_a_reader_that_goes_away_ends_the_chat(command: list[str], manifest: Path, environment: dict[str, str]):
    arguments = [*command, "chat", "loop:echo", "--manifest", str(manifest)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, env=environment, **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"one\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"You said: one\n"
        process.stdout.close()
        process.stdin.write(b"two\n" * 3)
        process.stdin.close()
        assert process.wait(PATIENCE) == 141
        assert b"Traceback" not in process.stderr.read()


class Tmux:
    """A chat in a window of tmux, on a server of its own."""

    def __init__(self, folder: Path, command: str, environment: dict[str, str]) -> None:
        self._socket = str(folder / "tmux.socket")
        self._environment = {**environment, "TERM": "xterm-256color", "TMUX": "", "LC_ALL": "C.UTF-8"}
        self.run("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "40", f"{command}; echo code $?; sleep 600")

    def run(self, *arguments: str) -> str:
        command = ["tmux", "-S", self._socket, *arguments]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=True, timeout=PATIENCE
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def line(self, text: str) -> None:
        self.run("send-keys", "-l", text)
        self.keys("Enter")

    def expect(self, *texts: str) -> str:
        """The screen once it has these texts, in this order."""
        deadline = time.monotonic() + PATIENCE
        while True:
            screen, at = self.run("capture-pane", "-p"), 0
            for text in texts:
                at = screen.find(text, at)
                if at < 0:
                    break
                at += len(text)
            if at >= 0:
                return screen
            assert time.monotonic() < deadline, screen
            time.sleep(0.05)

    def kill(self, number: int) -> None:
        shell = int(self.run("display-message", "-p", "#{pane_pid}"))
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        os.kill(int(children[0]), number)


@pytest.fixture
def window(
    command: list[str], environment: dict[str, str], tmp_path: Path, manifest: Path
) -> Iterator[Callable[..., Tmux]]:
    if shutil.which("tmux") is None or sys.platform != "linux":
        pytest.skip("needs tmux, and Linux")
    opened: list[Tmux] = []

    def start(model: str, *arguments: str) -> Tmux:
        line = shlex.join([*command, "chat", model, "--manifest", str(manifest), *arguments])
        opened.append(Tmux(tmp_path, line, environment))
        opened[-1].expect("Ctrl-D leaves", "\n>")
        return opened[-1]

    yield start
    for each in opened:
        each.run("kill-server")


def test_lines_are_kept_in_the_folder_that_is_given(tmp_path: Path):
    pytest.importorskip("readline", reason="the platform has none")
    with LineEditor(lambda line: [], tmp_path / "folder"):
        pass
    assert (tmp_path / "folder" / "chat-history").stat().st_mode & 0o077 == 0


tmux = pytest.mark.alone


@tmux
def test_a_session_with_commands_several_lines_completion_and_history(
    window: Callable[..., Tmux], provider: Provider, environment: dict[str, str]
):
    chat = window("loop:echo", "--save")
    chat.line("/modl")
    chat.expect("error: '/modl' is no command. Did you mean /model")
    chat.run("send-keys", "-l", "/tok")
    chat.keys("Tab", "Enter")
    chat.expect("/tokens", "tokens read")
    chat.line("first \\")
    chat.line("second")
    chat.expect("You said: first", "second")
    chat.line('"""')
    chat.line("a")
    chat.line("")
    chat.line("b")
    chat.line('"""')
    chat.expect("You said: a", "b", "\n>")
    chat.line("/undo")
    chat.expect("Taken back: a b")
    chat.keys("Up", "Up", "Up", "C-c")
    chat.line("/branch")
    chat.line("exit")
    chat.expect("code 0")
    assert [each["messages"][-1]["content"] for each in provider.requests] == ["first \nsecond", "a\n\nb"]
    assert (Path(environment["FLUENT_AI_HOME"]) / "chat-history").stat().st_mode & 0o077 == 0
    assert [each.messages for each in ai.chats(store(environment)).list()] == [4]


@tmux
def test_control_c_and_kill_9_keep_what_had_come(
    window: Callable[..., Tmux], provider: Provider, environment: dict[str, str]
):
    chat = window("loop:slow", "--save")
    chat.line("go")
    chat.expect("first")
    deadline = time.monotonic() + PATIENCE
    while "stopped" not in chat.run("capture-pane", "-p"):
        assert time.monotonic() < deadline
        chat.keys("C-c")
        time.sleep(0.2)
    chat.expect("stopped", "\n>")
    (found,) = ai.chats(store(environment)).list()
    messages = ai.chats(store(environment)).messages(found.id)
    assert [(each.text, each.status) for each in messages] == [("go", "complete"), ("first ", "stopped")]
    chat.kill(signal.SIGKILL)
    chat.expect("code 137")
    assert ai.chats(store(environment)).messages(found.id) == messages
    provider.go_on.set()
