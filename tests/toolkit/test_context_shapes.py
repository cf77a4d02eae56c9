"""How texts become documents: sections, HTML, what is no text at all, and any number of files."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.context import Document, LeftOut

MARKDOWN = """\
Before any heading, and long enough to stand alone: {words}

# One
{words}

```sh
# no heading
```
{words}
## Two
short
### Three
{words}
""".format(words="word " * 12)
PYTHON = '''\
"""A module."""


LIMIT = 5


@cached
def first() -> int:
    """One."""
    return {body}


class Second:
    def method(self) -> int:
        return {body}


async def third() -> None:
    pass
'''.format(body=" + ".join(["1"] * 30))
RUST = """\
use std::io;
use std::fs;
use std::net;
use std::path;

/// Adds.
#[inline]
pub fn add(a: u32) -> u32 {
    let b = a + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9;
    b
}

impl Thing {
    fn inner(&self) {}
}
"""


def starts(name: str, text: str, **options: Any) -> list[str]:
    """The first line of each document."""
    source = Document(name=name, text=text)
    found = [each for each in ai.context(lambda: source, **options).stream() if isinstance(each, Document)]
    assert "".join(each.text for each in found) == text
    assert [text.split("\n")[each.line - 1] for each in found] == [each.text.split("\n")[0] for each in found]
    return [each.text.split("\n")[0] for each in found]


def test_sections_of_markdown_begin_with_headings() -> None:
    assert starts("a.md", MARKDOWN, split="sections", chunk=200)[1:] == ["# One", "## Two"]
    assert starts("a.md", MARKDOWN, split="sections", chunk=70)[-1] == "### Three"
    assert starts("a.txt", MARKDOWN, split="sections", chunk=10_000) == [MARKDOWN.split("\n")[0]]
    assert starts("a.md", MARKDOWN, chunk=10_000) == [MARKDOWN.split("\n")[0]]


def test_sections_of_code_begin_with_definitions() -> None:
    found = starts("a.py", PYTHON, split="sections", chunk=150)
    assert found == ['"""A module."""', "@cached", "class Second:", "async def third() -> None:"]
    assert starts("a.rs", RUST, split="sections", chunk=100) == ["use std::io;", "/// Adds.", "impl Thing {"]


@given(
    st.lists(st.sampled_from(["# h", "text", "```", "~~~~", "def f():", "", "    x", "#[a]", "é" * 50]), max_size=40),
    st.sampled_from(["a.md", "a.py", "a.html", "a"]),
    st.integers(16, 90),
)
def test_sections_are_all_of_the_text_in_order(lines: list[str], name: str, chunk: int) -> None:
    source = Document(name=name, text="\n".join(lines))
    events = list(ai.context(lambda: source, split="sections", chunk=chunk).stream())
    if not any(isinstance(each, LeftOut) for each in events):
        joined = "".join(each.text for each in events if isinstance(each, Document))
        assert joined.split() == source.text.split()


def test_hostile_lines_take_no_time() -> None:
    for line in (
        "a" * 60_000,
        "a(" * 30_000,
        "a{" * 30_000,
        "@" * 60_000,
        "`" * 60_000,
        "#" * 60_000,
        "a, " * 20_000 + "(",
    ):
        starts("a.py", line + "\n", split="sections", chunk=100_000)
        starts("a.md", line + "\n", split="sections", chunk=100_000)


def test_the_caller_may_say_what_a_page_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<nav>Menu</nav><p>Birds sing.</p>")
    (tmp_path / "b.html").write_text("<p>Nothing.</p>")
    (tmp_path / "c.txt").write_text("<p>as it is</p>")
    events = list(ai.context(tmp_path, html=lambda page: "Only birds." if "Birds" in page else None).stream())
    assert [each.text for each in events if isinstance(each, Document)] == ["Only birds.", "<p>as it is</p>"]
    assert [each.reason for each in events if isinstance(each, LeftOut)] == ["empty"]


def test_trafilatura_keeps_the_main_text(tmp_path: Path) -> None:
    trafilatura = pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    article = "<p>" + "The robin sings in winter, and the wren builds nests. " * 12 + "</p>"
    page = f"<html><body><nav><a href='/'>Menu</a></nav><article><h1>Birds</h1>{article}</article></body></html>"
    (tmp_path / "a.html").write_text(page)
    (found,) = ai.context(tmp_path, html=trafilatura.extract, chunk=10_000).collect().documents
    assert "robin" in found.text
    assert "Menu" not in found.text


def test_archives_and_other_bytes_are_no_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.txt", "text")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("x.txt"), io.BytesIO())
    (tmp_path / "c.gz").write_bytes(gzip.compress(b"text"))
    (tmp_path / "d.txt").write_bytes(b"text " * 20_000 + b"\0\xff\xfe")
    (tmp_path / "e.txt").write_bytes(b"a" * 70_000 + b"\xff\xff")
    (tmp_path / "f.bin").write_bytes(bytes(range(256)))
    quotes = ai.context(tmp_path).collect()
    assert {each.name[-5:]: each.reason for each in quotes.left_out if each.reason != "budget"} == {
        "a.zip": "binary", "b.tar": "binary", "/c.gz": "binary", "e.txt": "binary", "f.bin": "binary",
    } | {each.name[-5:]: "binary" for each in quotes.left_out if each.name.endswith("d.txt")}  # fmt: skip


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices with names")
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin"])
def test_devices_are_not_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(name)
    with pytest.raises(ai.ConfigError, match=r"sources\[0\]"):
        ai.context(name)
    with pytest.raises(ai.ConfigError, match=r"sources\[0\]"):
        ai.context(tmp_path / "link")


def test_cycles_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    (tmp_path / "x.txt").write_text("x")
    quotes = ai.context(tmp_path).collect()
    assert [each.text for each in quotes.documents] == ["x"]
    assert quotes.left_out_counts == {"link": 3}
    with pytest.raises(ai.ConfigError, match=r"sources\[0\]"):
        ai.context(tmp_path / "one")


COUNT = """
import resource, sys
import fluent_ai as ai
from fluent_ai_toolkit.context import Document
context = ai.context(sys.argv[1], budget=2_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(isinstance(each, Document) for each in context.stream())
quotes = context.collect()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, len(quotes.documents) + sum(quotes.left_out_counts.values()), peak - before)
"""


@pytest.mark.slow
def test_a_hundred_thousand_files_stream_in_little_memory(tmp_path: Path) -> None:
    for folder in range(100):
        place = tmp_path / f"{folder:03}"
        place.mkdir()
        for number in range(1_000):
            (place / f"{number:04}.txt").write_text(f"file {folder} {number}\n")
    done = subprocess.run([sys.executable, "-c", COUNT, tmp_path], capture_output=True, text=True, check=True)
    count, named, grown = map(int, done.stdout.split())
    unit = 1 if sys.platform == "darwin" else 1_024
    assert (count, named) == (100_000, 100_000)
    assert grown * unit < 100_000_000
