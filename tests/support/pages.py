"""A page of the documentation, taken apart by Sybil: its code blocks, and what each of them does.

A block of `python` or `bash` runs, in the order of the page and in one folder; all Python of a page is one program. A
block of `toml` is kept as the file that the page names, or laid over one and read as a manifest. A block of `text` or
`json` is what the block before it printed; `...` stands for anything. Comments in the page's source direct it:

    <!-- file: acme.toml -->       the next block is not run, but kept as this file
    <!-- part: acme.toml -->       the next block is a part of a manifest, with this file as the rest
    <!-- given: checkout -->       from here on the folder holds specs/, cache/ and generated/
    <!-- skip: next "reason" -->   the next block is not run, for this reason; `start "reason"` and `end` frame several
"""

from __future__ import annotations

import doctest
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import SkipTest

from fluent_ai.manifest.files import convert_manifest
from fluent_ai.registry import ModelRetiring
from sybil import Document, Example, Region
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import DirectiveInHTMLCommentLexer, FencedCodeBlockLexer

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").rglob("*.md"))]

_fences = FencedCodeBlockLexer(r"[^\n]*")
_directives = DirectiveInHTMLCommentLexer("file|part|given")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n) {4}\S.*")
_IN_LIST = re.compile(r"(?:[-*+]|\d+\.) ")
_OUTPUTS = ("text", "json")


def python_of(page: Path) -> str:
    """The page's Python as one module, each line where it stands in the page; empty when there is none."""
    document = Document.parse(str(page))
    lines = [""] * document.text.count("\n")
    for region in _fences(document):
        if region.lexemes["language"] == "python":
            first = document.text.count("\n", 0, region.start) + 1
            code = region.lexemes["source"].splitlines()
            lines[first : first + len(code)] = code
    return "\n".join(lines).rstrip() + "\n" if any(lines) else ""


def unfenced_code(text: str) -> list[str]:
    """The first lines of code blocks that nothing but their indentation marks, so that nobody knows their language."""
    document = Document(text, "")
    for region in reversed(list(_fences(document))):
        text = text[: region.start] + text[region.end :]
    text = _COMMENT.sub("", text)
    found = []
    for match in _INDENTED.finditer(text):
        before = [line for line in text[: match.start()].splitlines() if line and not line.startswith(" ")]
        if not (before and _IN_LIST.match(before[-1])):
            found.append(match.group().strip())
    return found


class Untrue(AssertionError):
    """Names the block, and what it does or lacks."""


class PageRun:
    """Runs one page in the working folder. `ran`, `compared` and `skipped` say what became of its blocks.

    `run` raises what a block raises, and Untrue for a block that does not do what the page says.
    """

    def __init__(self, page: Path) -> None:
        self.ran: Counter[str] = Counter()
        self.compared = 0
        self.skipped: list[str] = []
        self._document = Document.parse(str(page), self._blocks, self._notes, SkipParser())
        self._name = page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name
        self._note: tuple[str, str] | None = None
        self._printed: str | None = None
        self._kinds = {"python": self._python, "bash": self._bash, "toml": self._toml}
        # Types that the page defines look their module up, as they would in a program.
        program = ModuleType("__main__")
        sys.modules["__main__"] = program
        self._document.namespace = program.__dict__

    def run(self) -> None:
        for example in self._document.examples():
            done = self._done()
            try:
                example.evaluate()
            except SkipTest as reason:
                self.skipped.append(f"{self._where(example)}: {reason}")
            if example.region.evaluator == self._block and self._done() == done:
                raise Untrue(f"{self._where(example)} is skipped without a reason")

    def _done(self) -> int:
        return self.ran.total() + self.compared + len(self.skipped)

    def _where(self, example: Example) -> str:
        return f"{self._name}:{example.line}"

    def _blocks(self, document: Document) -> Iterator[Region]:
        for region in _fences(document):
            region.parsed = region.lexemes["source"]
            region.evaluator = self._block
            yield region

    def _notes(self, document: Document) -> Iterable[Region]:
        for region in _directives(document):
            region.evaluator = self._take_note
            yield region

    def _take_note(self, example: Example) -> None:
        kind, value = example.region.lexemes["directive"], example.region.lexemes["arguments"].strip()
        if kind != "given":
            self._note = kind, value
            return
        if value != "checkout":
            raise Untrue(f"{self._where(example)}: given: {value}; allowed: checkout")
        for name in ("specs", "cache", "generated"):
            shutil.copytree(ROOT / name, name)

    def _block(self, example: Example) -> None:
        language, (note, name) = example.region.lexemes["language"], self._note or ("", "")
        self._note = None
        if language in _OUTPUTS and note != "file":
            self._compare(example)
            self.compared += 1
            return
        self._printed = None
        if note == "file":
            Path(name).write_text(example.parsed, encoding="utf-8")
        elif note == "part":
            rest = tomllib.loads(Path(name).read_text("utf-8"))
            convert_manifest(_laid_over(rest, tomllib.loads(example.parsed)), self._where(example))
        else:
            if language not in self._kinds:
                kinds = ", ".join([*self._kinds, *_OUTPUTS])
                raise Untrue(f"{self._where(example)}: a block of {language!r}; allowed: {kinds}")
            self._kinds[language](example)
        self.ran[language] += 1

    def _python(self, example: Example) -> None:
        code = compile(example.line * "\n" + example.parsed, example.path, "exec", dont_inherit=True)
        with redirect_stdout(io.StringIO()) as printed:
            exec(code, example.namespace)  # noqa: S102  # our own documentation
        self._printed = printed.getvalue()

    def _bash(self, example: Example) -> None:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", example.parsed],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Untrue(f"{self._where(example)} ends with {done.returncode}:\n{done.stdout}{done.stderr}")
        self._printed = done.stdout

    def _toml(self, example: Example) -> None:
        raise Untrue(f"{self._where(example)}: a comment before it must say <!-- file: ... --> or part")

    def _compare(self, example: Example) -> None:
        printed, self._printed = self._printed, None
        if printed is None:
            raise Untrue(f"{self._where(example)}: no block that runs stands before this output")
        if doctest.OutputChecker().check_output(_ended(example.parsed), _ended(printed), doctest.ELLIPSIS):
            return
        raise Untrue(f"{self._where(example)} says\n{example.parsed}\nand the block before it prints\n{printed}")


def _ended(text: str) -> str:
    """Without what nobody sees: spaces at the ends of lines, and empty lines at the end."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


def _laid_over(rest: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """`rest` with the fields of `part`; tables that both have are merged."""
    both = {name: _laid_over(rest[name], value) for name, value in part.items() if isinstance(rest.get(name), dict)}
    return {**rest, **part, **both}


def main() -> None:
    """`python pages.py PAGE RESULT`: run the page here, and write to RESULT what became of its blocks."""
    warnings.simplefilter("ignore", ModelRetiring)  # a page names real models, which will retire one day
    page, result = map(Path, sys.argv[1:])
    found = PageRun(page)
    try:
        found.run()
    except Untrue as error:
        sys.exit(str(error))
    result.write_text(json.dumps({"ran": found.ran, "compared": found.compared, "skipped": found.skipped}), "utf-8")


if __name__ == "__main__":
    main()
