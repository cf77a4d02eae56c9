"""Sources of context: what is found, what is left out by name, and how little of it is in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_server import Server, reply

from fluent_ai_toolkit.context import Context, Document, LeftOut
from fluent_ai_toolkit.context.ignoring import Ignoring, read_rules

LOOPBACK = ai.tools.web_fetch(networks=["127.0.0.0/8"])


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in {
        "src/a.py": "a = 1\n",
        "src/deep/b.py": "b = 2\n",
        "src/deep/page.html": "<h1>Birds</h1><script>x</script>",
        "src/readme.md": "# Read me\n",
        "src/.hidden/c.py": "c = 3\n",
        "top.py": "top = 0\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(context: Context) -> list[str]:
    return [event.name for event in context.stream() if isinstance(event, Document)]


def left_out(context: Context) -> dict[str, str]:
    return {event.name: event.reason for event in context.stream() if isinstance(event, LeftOut)}


def test_files_folders_and_globs(root: Path) -> None:
    assert found(ai.context("src")) == ["src/a.py", "src/deep/b.py", "src/deep/page.html", "src/readme.md"]
    assert found(ai.context("src/**/*.py")) == ["src/a.py", "src/deep/b.py"]
    assert found(ai.context("*.py", Path("src/.hidden"))) == ["top.py", "src/.hidden/c.py"]
    assert found(ai.context("src/*.py")) == ["src/a.py"]
    assert found(ai.context("src/d?ep/[ab].py", "src/readme.md")) == ["src/deep/b.py", "src/readme.md"]
    assert found(ai.context(root / "src" / "*.md")) == [f"{root.as_posix()}/src/readme.md"]
    assert found(ai.context("src/../*.py")) == ["src/../top.py"]


def test_a_document_says_what_it_is(root: Path) -> None:
    read = [event for event in ai.context("src").stream() if isinstance(event, Document)]
    assert read[0] == Document(name="src/a.py", text="a = 1\n", media_type="text/x-python", source="src", size=6)
    assert (read[2].text, read[2].media_type) == ("# Birds", "text/html")
    assert "a = 1" not in repr(read[0])
    assert Document.from_json(read[0].to_json()) == read[0]


def test_progress_comes_after_each_item(root: Path) -> None:
    events = list(ai.context("src/deep", "top.py").stream())
    assert [event.done for event in events if isinstance(event, ai.Progress)] == [1, 2, 3]


def test_what_cannot_be_read_is_left_out_by_name(root: Path) -> None:
    (root / "src" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (root / "src" / "zeros").write_bytes(bytes(10))
    (root / "src" / "copy.py").write_text("a = 1\n")
    (root / "src" / "empty").write_text(" \n")
    (root / "src" / "loop").symlink_to(root / "src")
    os.mkfifo(root / "src" / "pipe")
    context = ai.context("src")
    assert left_out(context) == {
        "src/copy.py": "duplicate",
        "src/empty": "empty",
        "src/loop": "link",
        "src/picture.png": "binary",
        "src/pipe": "special",
        "src/zeros": "binary",
    }
    assert "src/readme.md" in found(context)
    assert left_out(ai.context("src/**/*.rs")) == {"src/**/*.rs": "missing"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_left_out(root: Path) -> None:
    (root / "src" / "a.py").chmod(0)
    (root / "src" / "deep").chmod(0)
    try:
        assert left_out(ai.context("src")) == {"src/a.py": "no_permission", "src/deep": "no_permission"}
    finally:
        (root / "src" / "deep").chmod(0o700)


def test_what_disappears_meanwhile_is_left_out(root: Path) -> None:
    context = ai.context("src", "top.py")
    (root / "top.py").unlink()
    (root / "src" / "a.py").unlink()
    assert left_out(context) == {"top.py": "missing"}


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ((), "sources is empty"),
        (("nowhere",), r"sources\[0\] is 'nowhere', and there is no 'nowhere'"),
        (("src", "nowhere/*.py"), r"sources\[1\] is 'nowhere/\*.py', and there is no 'nowhere'"),
        (("src/*/../../x",), "without '..'"),
        (("ftp://a.example/",), "another scheme"),
        (("",), "no path and no URL"),
        ((5,), r"sources\[0\] is of type int"),
    ],
)
def test_sources_are_checked_before_anything_is_read(root: Path, sources: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        ai.context(*sources)


async def never() -> str:
    return ""


def test_options_are_checked(root: Path) -> None:
    cases: list[dict[str, Any]] = [{"budget": 10}, {"budget": "many"}, {"chunk": 0}, {"rank": 5}, {"fetch": "it"}]
    for wrong in cases:
        with pytest.raises(ai.ConfigError, match=f"^{next(iter(wrong))}"):
            ai.context("src", **wrong)
    with pytest.raises(ai.ConfigError, match="asynchronous"):
        ai.context(never).collect()


def test_callables(root: Path) -> None:
    def one() -> str:
        return "one"

    def several() -> Iterator[str | Document]:
        yield "first"
        yield Document(name="mine", text="second")
        raise ValueError("the canary")

    events = list(ai.context(one, several).stream())
    assert [event.name for event in events if isinstance(event, Document)] == ["one", "several 1", "mine"]
    (failed,) = [event for event in events if isinstance(event, LeftOut)]
    assert failed == LeftOut("several", "failed", "it raised ValueError")
    with pytest.raises(ai.ConfigError, match="five gave a value of type int"):
        list(ai.context(five).stream())  # type: ignore[arg-type]  # wrong on purpose


def five() -> int:
    return 5


def test_pages_are_fetched_and_those_of_ones_own_networks_refused(server: Server) -> None:
    server.say(reply(200, b"<p>Robins sing.</p>", headers={"content-type": "text/html"}))
    url = server.url + "/birds?key=canary"
    (page,) = [event for event in ai.context(url, fetch=LOOPBACK).stream() if isinstance(event, Document)]
    assert (page.name, page.text, page.url) == (f"{server.url}/birds", "Robins sing.", url)
    assert (page.media_type, page.source) == ("text/html", f"{server.url}/birds")
    refused = left_out(ai.context(url))
    assert refused == {f"{server.url}/birds": "fetch"}
    assert server.connections == 1


def test_a_long_page_is_read_to_its_end(server: Server) -> None:
    for _ in range(3):
        server.say(reply(200, b"0123456789" * 3, headers={"content-type": "text/plain"}))
    fetch = ai.tools.web_fetch(networks=["127.0.0.0/8"], text_limit=12)
    read = [event for event in ai.context(server.url, fetch=fetch).stream() if isinstance(event, Document)]
    assert "".join(each.text for each in read) == "0123456789" * 3


@given(st.lists(st.text("ab é\n\U0001f600", max_size=60), max_size=30).map("".join), st.integers(16, 60))
def test_parts_of_a_text_are_all_of_it_in_order(text: str, chunk: int) -> None:
    def source() -> str:
        return text

    events = [event for event in ai.context(source, chunk=chunk).stream() if not isinstance(event, ai.Progress)]
    parts = [event for event in events if isinstance(event, Document)]
    if not any(isinstance(event, LeftOut) for event in events):
        joined = "".join(part.text for part in parts)
        assert joined.split() == text.split()
        for part in parts:
            assert part.text in text
            lines = text.split("\n")[part.line - 1 :]
            assert part.text.split("\n")[0] in lines[0]


RULES = st.lists(
    st.sampled_from(
        [
            "a", "/a", "a/", "b/a", "**/a", "a/**", "a/**/b", "*.c", "!a", "!b.c", "!/b/", "?", "[ab]", "[!a]", "[^a]",
            "#a", r"\#a", r"\!a", "a ", r"a\ ", "", "/", "*", "/*", "!/b", r"\*", "b/", "**", "a/*", "!a/b",
        ]
    ),
    max_size=5,
)  # fmt: skip
PATHS = ("a", "b/a", "b/b.c", "c/a/b", "c/b/a/b.c", "d/#a", "d/!a", "d/a ", "b.c", "d/*")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@settings(max_examples=25)  # each runs git twice
@given(outer=RULES, inner=RULES)
def test_ignored_is_what_git_ignores(
    tmp_path_factory: pytest.TempPathFactory, outer: list[str], inner: list[str]
) -> None:
    root = tmp_path_factory.mktemp("repository")
    clean = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(root), "GIT_DIR": str(root / ".git")}
    subprocess.run(["git", "init", "-q", str(root)], check=True, env=clean)
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (root / ".gitignore").write_text("\n".join(outer))
    (root / "b" / ".gitignore").write_text("\n".join(inner))
    command = ["git", "ls-files", "-z", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, env=clean, cwd=root, capture_output=True).stdout.decode().split("\0")
    kept = {path for path in listed if path and not path.endswith(".gitignore")}
    assert {name.removeprefix(f"{root}/") for name in found(ai.context(root))} == kept
    inside = {path for path in kept if path.startswith("b/")}
    if inside:  # the rules above a source hold as well
        assert {name.removeprefix(f"{root}/") for name in found(ai.context(root / "b"))} == inside


def test_hostile_rules_take_no_time_and_lead_nowhere() -> None:
    rules = read_rules("\n".join(["a*" * 400, "../x", "x" * 5_000, "[", "\\", "!", "**/" * 300 + "b"]))
    ignoring = Ignoring((("", rules),))
    assert not ignoring.ignores("a" * 250 + "b", folder=False)


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"{folder:02}").mkdir()
        for number in range(100):
            (tmp_path / f"{folder:02}" / f"{number:03}.txt").write_text(f"{folder} {number} " * 500)
    context = ai.context(tmp_path, budget=2_000, rank=lambda question, documents: [0.0 for _ in documents])
    context.collect("warm")
    tracemalloc.start()
    try:
        quotes = context.collect("anything")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert quotes.left_out_counts["budget"] >= 1_990
    assert len(quotes.left_out) == 1_000
    assert peak < 3_000_000  # all texts together have 9 MB
