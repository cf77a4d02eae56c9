"""`fluent-ai image` against a loopback provider, and pictures in a terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fluent_ai.cli.pictures.canvas import Canvas
from fluent_ai.errors import ConfigError
from scripted_server import Server, reply
from verb_answers.images import BASE64, PICTURE

Cli = Callable[..., subprocess.CompletedProcess[str]]
ROW = """
id = "loop"
name = "Loop"
docs = "https://loop.test"
base_url = "{url}"
auth = {{env = ["LOOP_API_KEY"]}}
images = [{{protocol = "openai_images", path = "/images"}}]
"""


@pytest.fixture
def painter(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    server = Server()
    path = tmp_path / "painter.toml"
    path.write_text(ROW.format(url=server.url))
    yield server, str(path)
    server.close()


def test_pictures_are_written_and_named(cli: Cli, painter: tuple[Server, str], tmp_path: Path) -> None:
    server, manifest = painter
    server.say(reply(200, {"data": [{"b64_json": BASE64}, {"b64_json": BASE64}]}))
    file = tmp_path / "fox.png"
    done = cli("image", "loop:painter", "a fox", "--manifest", manifest, "--n", "2", "--output", str(file))
    written = [tmp_path / f"fox-{number}.png" for number in range(2)]
    assert (done.returncode, done.stdout, done.stderr) == (0, "".join(f"{path}\n" for path in written), "")
    assert [path.read_bytes() for path in written] == [PICTURE] * 2
    assert server.sent[0].json() == {"model": "painter", "prompt": "a fox", "n": 2}


def test_an_address_is_printed_where_there_are_no_bytes(cli: Cli, painter: tuple[Server, str]) -> None:
    server, manifest = painter
    server.say(reply(200, {"data": [{"url": "https://loop.test/fox.png"}]}))
    done = cli("image", "loop:painter", "a fox", "--manifest", manifest)
    assert (done.returncode, done.stdout) == (0, "https://loop.test/fox.png\n")


def test_without_a_provider_the_model_is_local(cli: Cli) -> None:
    done = cli("image", "sd3.5-larg", "a fox")
    assert done.returncode == 1
    assert "did you mean sd3.5-large" in done.stderr


def test_previews_need_a_terminal(cli: Cli, painter: tuple[Server, str]) -> None:
    server, manifest = painter
    done = cli("image", "loop:painter", "a fox", "--manifest", manifest, "--preview")
    assert (done.returncode, done.stdout) == (2, "")
    assert "stdout is none" in done.stderr
    assert server.sent == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def picture(*rows: list[tuple[int, int, int]]) -> bytes:
    images = pytest.importorskip("PIL.Image", reason="the extra images is not installed")
    drawn = images.new("RGB", (len(rows[0]), len(rows)))
    drawn.putdata([pixel for row in rows for pixel in row])
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()


def test_a_character_is_two_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    red, blue, black = (255, 0, 0), (0, 0, 255), (0, 0, 0)
    data = picture([red, black], [blue, black])
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    canvas = Canvas("blocks")
    canvas.draw(data)
    line = "\x1b[38;2;255;0;0m\x1b[48;2;0;0;255m▀\x1b[38;2;0;0;0m\x1b[48;2;0;0;0m▀\x1b[0m\n"
    assert terminal.getvalue() == line
    canvas.draw(data)
    assert terminal.getvalue() == line + "\x1b[1A" + line
    canvas.keep()
    canvas.draw(data)
    assert terminal.getvalue() == line + "\x1b[1A" + line + line


def test_a_wide_picture_is_made_to_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture(*([[(1, 2, 3)] * 200] * 100))
    monkeypatch.setenv("COLUMNS", "100")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    Canvas("blocks").draw(data)
    lines = terminal.getvalue().splitlines()
    assert (len(lines), lines[0].count("▀")) == (16, 64)


def test_a_file_is_no_place_to_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(ConfigError, match="--preview draws in a terminal"):
        Canvas()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_local_picture_is_drawn_while_it_is_made(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("diffusers", reason="the extra images is not installed")
    master, slave = os.openpty()
    file = tmp_path / "seven.png"
    arguments = ["image", "tiny-sd3", "a seven", "--preview", "--steps", "4", "--seed", "3", "--output", str(file)]
    with subprocess.Popen([*command, *arguments], stdout=slave, env={**environment, "COLUMNS": "80"}) as process:
        os.close(slave)
        shown = b""
        while not shown.endswith(b"seven.png\r\n"):
            try:
                shown += os.read(master, 65536)
            except OSError:  # Linux says so when the other side has closed
                break
        assert process.wait(60) == 0
    os.close(master)
    assert shown.count("▀".encode()) == 4 * 32 * 16, "three previews and the picture, two pixels a character"
    assert shown.count(b"\x1b[16A") == 3
    assert file.read_bytes().startswith(b"\x89PNG")
