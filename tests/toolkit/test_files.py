"""Files: a model reads what lies in the allowed folders, and nothing else, whatever it asks for."""

from __future__ import annotations

import codecs
import os
import tracemalloc
from itertools import islice
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.tools.files.listing import Pattern

SECRET = "the canary"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(SECRET)
    root = tmp_path / "docs"
    (root / "sub" / "deep").mkdir(parents=True)
    (root / "a.txt").write_text("one\ntwo\nthree\n")
    (root / "sub" / "b.md").write_text("# b")
    (root / "sub" / "deep" / "c.txt").write_text("c" * 10)
    (root / ".env").write_text("KEY=1")
    return root


def refused(files: ai.tools.Files, path: str) -> str:
    with pytest.raises(ai.tools.FileRefused) as caught:
        files.read_file(path)
    assert SECRET not in str(caught.value)
    return caught.value.reason


def listed(files: ai.tools.Files, *arguments: Any, **named: Any) -> list[str]:
    return [entry.path for entry in files.list_folder(*arguments, **named).entries]


def test_lines_of_a_file(root: Path) -> None:
    files = ai.tools.Files(root)
    assert files.read_file("a.txt") == "one\ntwo\nthree\n"
    assert files.read_file("./sub/../a.txt", 2) == "two\nthree\n"
    assert files.read_file("a.txt", 2, 1) == "two\n[There is more: go on with start_line=3.]"
    assert files.read_file("a.txt", 3, 1) == "three\n"
    assert files.read_file("a.txt", 4) == "[There are no such lines.]"
    assert files.read_file(str(root / "a.txt"), 3) == "three\n"


def test_what_is_too_long_is_cut_and_says_so(root: Path) -> None:
    files = ai.tools.Files(root, read_limit=10)
    assert files.read_file("a.txt") == "one\ntwo\n[There is more: go on with start_line=3.]"
    (root / "long.txt").write_text("x" * 200_000 + "\nshort\n")
    assert files.read_file("long.txt") == "x" * 10 + "\n[Cut off within line 1.]"
    assert files.read_file("long.txt", 2) == "short\n"


@given(st.lists(st.text("ab\n", max_size=12), max_size=12).map("".join), st.integers(1, 12))
def test_reading_on_and_on_gives_the_whole_file(tmp_path_factory: pytest.TempPathFactory, text: str, step: int) -> None:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "a").write_text(text)
    files = ai.tools.Files(folder)
    found, at = "", 1
    while True:
        part = files.read_file("a", at, step)
        body, more, rest = part.partition("[There is more: go on with start_line=")
        if body == "[There are no such lines.]":
            body = ""
        found += body
        if not more:
            break
        at = int(rest.removesuffix(".]"))
    assert found == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é\r\nü\r".encode(), "é\nü\n"),
        (codecs.BOM_UTF8 + b"a", "a"),
        ("aé".encode("utf-16"), "aé"),
        ("aé".encode("utf-32"), "aé"),
        (b"caf\xe9 \x80", "café €"),
        (b"", "[There are no such lines.]"),
    ],
)
def test_encodings_are_told_by_the_content(root: Path, data: bytes, text: str) -> None:
    (root / "text").write_bytes(data)
    assert ai.tools.Files(root).read_file("text") == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png"),
        (b"%PDF-1.7 and only letters", "application/pdf"),
        (b"MZ\0\0", "application/octet-stream"),
        (b"\xff\x01\x02", "application/octet-stream"),
    ],
)
def test_what_is_no_text_is_named(root: Path, data: bytes, kind: str) -> None:
    (root / "data").write_bytes(data)
    with pytest.raises(ai.tools.FileRefused, match=kind) as caught:
        ai.tools.Files(root).read_file("data")
    assert (caught.value.reason, caught.value.size) == ("binary", len(data))


def test_text_that_ends_in_the_middle_of_the_file(root: Path) -> None:
    (root / "half").write_bytes(b"line\n" * 20_000 + b"\xff\xfe\xfd")
    files = ai.tools.Files(root, read_limit=10**6)
    assert files.read_file("half", 1, 1).startswith("line\n")
    assert refused(files, "half") == "binary"


def test_a_file_that_is_too_large_says_how_large(root: Path) -> None:
    with pytest.raises(ai.tools.FileRefused, match="14 bytes; allowed: 13") as caught:
        ai.tools.Files(root, file_limit=13).read_file("a.txt")
    assert (caught.value.reason, caught.value.size, caught.value.limit) == ("too_large", 14, 13)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../outside/secret.txt", "outside"),
        ("sub/../../outside/secret.txt", "outside"),
        ("/etc/passwd", "outside"),
        ("../docs2/x", "outside"),
        ("missing", "missing"),
        ("a.txt/..", "not_a_folder"),
        ("sub", "not_a_file"),
        (".", "not_a_file"),
        ("a.txt/x", "not_a_folder"),
        (".env", "hidden"),
        ("a\0.txt", "malformed"),
        ("\ud800", "malformed"),
        ("x" * 5000, "malformed"),
        ("x" * 300, "malformed"),
        ("sub/" * 1000 + "x", "missing"),
    ],
)
def test_paths_that_are_refused(root: Path, path: str, reason: str) -> None:
    assert refused(ai.tools.Files(root), path) == reason


def test_links_stay_inside(root: Path) -> None:
    files = ai.tools.Files(root)
    for name, target in {
        "in": "sub/b.md",
        "absolute": str(root / "a.txt"),
        "up": "sub/deep/../../a.txt",
        "chain": "in",
        "folder": "sub",
        "to_hidden": ".env",
        "out": "../outside/secret.txt",
        "out_absolute": str(root.parent / "outside" / "secret.txt"),
        "out_folder": "../outside",
        "loop": "loop",
        "out_and_in": "../docs/a.txt",
    }.items():
        (root / name).symlink_to(target)
    assert files.read_file("in") == files.read_file("chain") == files.read_file("folder/b.md") == "# b"
    assert files.read_file("absolute") == files.read_file("up") == files.read_file("folder/../a.txt")
    for path in ("out", "out_absolute", "out_folder/secret.txt", "loop", "out_and_in"):
        assert refused(files, path) == "outside", path
    assert refused(files, "to_hidden") == "hidden"
    assert all("secret" not in path for path in listed(files, depth=9))
    assert {entry.path: entry.kind for entry in files.entries()}["out_folder"] == "link"


def test_what_is_exchanged_between_the_check_and_the_opening(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat

    def stat(path: Any, **named: Any) -> os.stat_result:
        found = real(path, **named)
        if path in ("a.txt", "sub"):
            (root / path).rename(root / "away")
            (root / path).symlink_to("../outside/secret.txt" if path == "a.txt" else "../outside")
        return found

    files = ai.tools.Files(root)
    for asked, path in (("a.txt", "a.txt"), ("sub/secret.txt", "sub")):
        with monkeypatch.context() as patched:
            patched.setattr(os, "stat", stat)
            assert refused(files, asked) in ("outside", "not_a_folder")
        (root / path).unlink()
        (root / "away").rename(root / path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_pipes_devices_and_the_files_of_the_kernel(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert refused(ai.tools.Files(root), "pipe") == "special"
    assert refused(ai.tools.Files("/dev"), "zero") == "special"
    assert refused(ai.tools.Files("/proc"), "self/environ") in ("special", "outside")
    assert refused(ai.tools.Files("/"), f"proc/{os.getpid()}/environ") == "special"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission(root: Path) -> None:
    (root / "a.txt").chmod(0)
    (root / "sub").chmod(0)
    files = ai.tools.Files(root)
    assert refused(files, "a.txt") == "no_permission"
    assert listed(files, depth=3) == ["a.txt", "sub"]
    (root / "sub").chmod(0o700)


def test_folders_are_listed(root: Path) -> None:
    files = ai.tools.Files(root)
    assert listed(files) == ["a.txt", "sub"]
    assert listed(files, depth=2) == ["a.txt", "sub", "sub/b.md", "sub/deep"]
    assert listed(files, "sub", depth=2) == ["sub/b.md", "sub/deep", "sub/deep/c.txt"]
    assert listed(files, pattern="*.txt") == ["a.txt", "sub/deep/c.txt"]
    assert listed(files, pattern="sub/**/c.*") == ["sub/deep/c.txt"]
    assert listed(files, pattern="**", kind="folder") == ["sub", "sub/deep"]
    assert listed(files, depth=9, kind="file", sort="size") == ["a.txt", "sub/deep/c.txt", "sub/b.md"]
    os.utime(root / "sub" / "b.md", (0, 4e9))
    newest = files.list_folder(depth=9, kind="file", sort="modified", limit=1)
    assert [(entry.path, entry.size, entry.modified.year, newest.more) for entry in newest.entries] == [
        ("sub/b.md", 3, 2096, True)
    ]
    assert listed(ai.tools.Files(root, hidden=True)) == [".env", "a.txt", "sub"]
    assert files.list_folder(limit=1).more
    with pytest.raises(ai.tools.FileRefused, match="file") as caught:
        files.list_folder("a.txt")
    assert caught.value.reason == "not_a_folder"


def test_several_folders_go_by_their_names(root: Path) -> None:
    other = root.parent / "outside"
    files = ai.tools.Files(root, other)
    assert listed(files) == ["docs", "outside"]
    assert listed(files, depth=2) == ["docs", "docs/a.txt", "docs/sub", "outside", "outside/secret.txt"]
    assert files.read_file("outside/secret.txt") == SECRET
    assert files.read_file(str(other / "secret.txt")) == SECRET
    assert refused(files, "docs/../outside/secret.txt") == "outside"
    assert refused(files, "a.txt") == "outside"
    assert refused(files, "") == "outside"


@pytest.mark.parametrize("pattern", ["../outside/*", "sub/../../outside/*", "/etc/*", "a\0", "*" * 1001])
def test_patterns_do_not_lead_out(root: Path, pattern: str) -> None:
    with pytest.raises(ai.tools.FileRefused):
        ai.tools.Files(root).list_folder(pattern=pattern)


def test_patterns_take_time_linear_in_their_length() -> None:
    assert not Pattern("/".join(["**", "a*a*a*a*a*b"] * 40)).matches("/".join(["a" * 200] * 200))
    assert Pattern("**/a/**").matches("x/a/y")
    assert Pattern("a/**").matches("a")
    assert not Pattern("a/*").matches("a/b/c")


def test_a_large_folder_is_listed_as_it_is_found(root: Path) -> None:
    for number in range(200):
        (root / "sub" / f"{number:03}").mkdir()
        for name in "abcdefghij":
            (root / "sub" / f"{number:03}" / name).touch()
    open_before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    tracemalloc.start()
    try:
        entries = ai.tools.Files(root).entries("sub", 2)
        assert len(list(islice(entries, 5))) == 5
        assert len(list(entries)) > 2000
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()
    left = ai.tools.Files(root).entries("sub", 2)
    next(left)
    left.close()
    if open_before:
        assert len(os.listdir("/proc/self/fd")) == open_before


@pytest.mark.parametrize(
    ("folders", "settings"),
    [
        ((), {}),
        (("missing",), {}),
        (("docs/a.txt",), {}),
        (("docs", "docs"), {}),
        (("docs",), {"hidden": "yes"}),
        (("docs",), {"file_limit": 0}),
        (("docs",), {"read_limit": 1.5}),
    ],
)
def test_settings_that_are_refused(root: Path, folders: tuple[str, ...], settings: dict[str, Any]) -> None:
    with pytest.raises(ai.ConfigError):
        ai.tools.Files(*(root.parent / name for name in folders), **settings)


def test_a_model_uses_them(root: Path) -> None:
    files = ai.tools.Files(root)
    read = ai.call_tool(ai.ToolCall("1", "read_file", {"path": "a.txt", "start_line": 3}), [files])
    found = ai.call_tool(ai.ToolCall("2", "list_folder", {"pattern": "*.md"}), [files])
    wrong = ai.call_tool(ai.ToolCall("3", "read_file", {"path": "../outside/secret.txt"}), [files])
    assert read.content == "three\n"
    assert '"path":"sub/b.md","kind":"file","size":3' in found.content.replace(": ", ":").replace(", ", ",")
    assert wrong.is_error
    assert wrong.content == "'../outside/secret.txt': it is outside of the allowed folders"
