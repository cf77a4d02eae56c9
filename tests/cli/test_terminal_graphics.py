"""Pictures in terminals that can show them, each played by the other end of a pseudo-terminal."""

from __future__ import annotations

import base64
import io
import os
import sys
from pathlib import Path

import pytest
from fluent_ai.cli.pictures import sixel
from fluent_ai.cli.pictures.terminal_graphics import Graphics, understand
from scripted_server import Server, reply

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)
Image = pytest.importorskip("PIL.Image", reason="the extra images is not installed")

from played_terminal import PlayedTerminal, iterm_pictures, kitty_pictures, sixel_pictures  # noqa: E402

XTERM = b"\x1bP>|XTerm(390)\x1b\\\x1b[?64;1;2;6;22c"
SIXELS = b"\x1b[6;12;6t\x1b[?62;4;22c"
KITTY = b"\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.43.1)\x1b\\\x1b[6;20;10t\x1b[?62;c"
REFUSING = b"\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?62;22c"
ITERM = b"\x1bP>|iTerm2 3.5.14\x1b\\\x1b[?62;4c"
DRAW = """
import sys
from fluent_ai.cli.pictures.canvas import Canvas
canvas = Canvas()
for number, name in enumerate(sys.argv[1:]):
    if number == 2:
        canvas.keep()
    canvas.draw(open(name, "rb").read())
print("done")
"""


@pytest.mark.parametrize(
    ("answers", "graphics"),
    [
        (b"", Graphics("blocks", (10, 20))),
        (XTERM, Graphics("blocks", (10, 20))),
        (SIXELS, Graphics("sixel", (6, 12))),
        (KITTY, Graphics("kitty", (10, 20))),
        (REFUSING, Graphics("blocks", (10, 20))),
        (ITERM, Graphics("iterm", (10, 20))),
        (b"typed before" + SIXELS, Graphics("sixel", (6, 12))),
        (b"\x1b[6;0;0t\x1b[?4c", Graphics("sixel", (10, 20))),
        (b"\x1b[?14;24;44c", Graphics("blocks", (10, 20))),
    ],
)
def test_what_answers_say(answers: bytes, graphics: Graphics) -> None:
    assert understand(answers) == graphics


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Three that follow one another: 40x30 pixels of few colours."""
    names = []
    for number, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        picture = Image.new("RGB", (40, 30), colour)
        picture.paste((255, 255, 255), (0, 0, 20, 10))
        picture.save(tmp_path / f"{number}.png")
        names.append(str(tmp_path / f"{number}.png"))
    return names


def drawn(answers: bytes | None, pictures: list[str], environment: dict[str, str], piece: int = 1024) -> PlayedTerminal:
    terminal = PlayedTerminal(answers, piece)
    code = terminal.run([sys.executable, "-c", DRAW, *pictures], {**environment, "COLUMNS": "80", "LINES": "40"})
    assert code == 0
    assert terminal.drawn.endswith(b"done\r\n"), "the text goes on below the pictures"
    assert terminal.left_as_found
    return terminal


def check_places(text: bytes, begins: bytes) -> None:
    """Each picture has 15 lines of its own; the second takes the place of the first, the third has its own."""
    lines, up, down = b"\r\n" * 15, b"\x1b[15A", b"\x1b[15B"
    assert text.count(begins) == 3
    assert text.count(lines) == 3
    assert text.count(up) == 4, "once for each picture to begin at its first line, and once to replace"
    assert text.count(down) == 3
    first, second, third = (text.index(lines, text.index(begins, at) if at else 0) for at in _places(text, begins))
    assert text[second - 5 : second] == up
    assert (text[first - 5 : first], text[third - 5 : third]) != (up, up)


def _places(text: bytes, begins: bytes) -> list[int]:
    first = text.index(begins)
    return [0, first, text.index(begins, first + 1)]


def test_kitty(pictures: list[str], environment: dict[str, str]) -> None:
    terminal = drawn(KITTY, pictures, environment, piece=1)
    found = kitty_pictures(terminal.drawn)
    facts = [each for each, _ in found]
    assert {(each["a"], each["f"], each["c"], each["r"], each["C"], each["q"]) for each in facts} == {
        ("T", "100", "40", "15", "1", "2")
    }
    assert facts[0]["i"] == facts[1]["i"] != facts[2]["i"]
    for name, (_, picture) in zip(pictures, found, strict=True):
        assert picture.convert("RGB").tobytes() == Image.open(name).tobytes()
    check_places(terminal.drawn, b"\x1b_Ga=T")


def test_iterm(pictures: list[str], environment: dict[str, str]) -> None:
    terminal = drawn(ITERM, pictures, environment)
    found = iterm_pictures(terminal.drawn)
    assert {(each["inline"], each["width"], each["height"]) for each, _ in found} == {("1", "40", "15")}
    for name, (_, picture) in zip(pictures, found, strict=True):
        assert picture.convert("RGB").tobytes() == Image.open(name).tobytes()
    check_places(terminal.drawn, b"\x1b]1337;File=")


def test_sixel(pictures: list[str], environment: dict[str, str]) -> None:
    terminal = drawn(SIXELS, pictures, environment)
    found = sixel_pictures(terminal.drawn)
    assert [picture.size for picture in found] == [(40 * 6, 15 * 12)] * 3
    for name, picture in zip(pictures, found, strict=True):
        wanted = Image.open(name)
        assert picture.getpixel((5, 5)) == (255, 255, 255)
        assert picture.getpixel((200, 150)) == wanted.getpixel((30, 25))
    check_places(terminal.drawn, b"\x1bP0;1;0q")


@pytest.mark.parametrize("answers", [XTERM, REFUSING, None, b"\x1b[?62;4"], ids=["xterm", "refusing", "mute", "cut"])
def test_half_blocks_where_a_terminal_has_nothing_else(
    answers: bytes | None, pictures: list[str], environment: dict[str, str]
) -> None:
    terminal = drawn(answers, pictures, environment)
    assert terminal.asked
    assert terminal.drawn.count("▀".encode()) == 3 * 40 * 15


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"TERM": "linux"}, {"TERM_PROGRAM": "Apple_Terminal"}])
def test_who_may_print_the_question_is_not_asked(
    variables: dict[str, str], pictures: list[str], environment: dict[str, str]
) -> None:
    terminal = drawn(KITTY, pictures, {**environment, **variables})
    assert not terminal.asked
    assert terminal.drawn.count("▀".encode()) == 3 * 40 * 15


def test_any_picture_comes_out_of_its_sixels_within_the_palette() -> None:
    gradient = Image.linear_gradient("L").resize((50, 31)).convert("RGB")
    (found,) = sixel_pictures(sixel.encode(gradient).encode())
    assert found.size == (50, 31)
    differences = [abs(a - b) for a, b in zip(found.tobytes(), gradient.tobytes(), strict=True)]
    assert max(differences) <= 4


def test_the_command_takes_the_way_that_is_asked_for(
    command: list[str], environment: dict[str, str], tmp_path: Path, pictures: list[str]
) -> None:
    picture = Path(pictures[0]).read_bytes()
    server = Server()
    server.say(reply(200, {"data": [{"b64_json": base64.b64encode(picture).decode()}]}))
    row = tmp_path / "painter.toml"
    row.write_text(
        'id = "loop"\nname = "Loop"\ndocs = "https://loop.test"\n'
        f'base_url = "{server.url}"\nauth = {{env = ["LOOP_API_KEY"]}}\n'
        'images = [{protocol = "openai_images", path = "/images", media = {streams = true}}]\n'
    )
    arguments = ["image", "loop:m", "a fox", "--manifest", str(row), "--output", str(tmp_path / "fox.png")]
    try:
        for how, found in (("kitty", kitty_pictures), ("iterm", iterm_pictures), ("sixel", sixel_pictures)):
            terminal = PlayedTerminal(None)
            assert terminal.run([*command, *arguments, f"--preview={how}"], environment) == 0
            assert not terminal.asked
            assert len(found(terminal.drawn)) == 1
            assert terminal.drawn.endswith(b"fox.png\r\n")
        terminal = PlayedTerminal(ITERM)
        assert terminal.run([*command, *arguments, "--preview"], environment) == 0
        ((_, shown),) = iterm_pictures(terminal.drawn)
        file = io.BytesIO()
        shown.save(file, "PNG")
        assert Image.open(file).tobytes() == Image.open(pictures[0]).tobytes()
    finally:
        server.close()
