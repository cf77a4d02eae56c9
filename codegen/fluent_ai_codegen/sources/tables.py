"""The tables of an HTML page as rows of texts, each with the heading above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fluent_ai.errors import ConfigError


@dataclass(frozen=True)
class Table:
    """`heading` is the nearest one before it; `rows` map the header of each column to the text of the cell."""

    heading: str
    rows: tuple[dict[str, str], ...]


def read_tables(page: bytes) -> Iterator[Table]:
    """All tables in their order. A cell that spans rows or columns stands in each of them."""
    try:
        from selectolax.lexbor import LexborHTMLParser, LexborNode
    except ImportError:
        raise ConfigError("reading HTML pages needs selectolax: pip install 'fluent-ai[codegen]'") from None

    def cells(table: LexborNode) -> Iterator[list[str]]:
        pending: dict[int, tuple[int, str]] = {}  # column -> rows that it still covers, text
        for row in table.css("tr"):
            line: list[str] = []
            given = [(node, _span(node.attributes.get("colspan"))) for node in row.css("th, td")]
            for node, width in given:
                while len(line) in pending:
                    line.append(_take(pending, len(line)))
                text = " ".join(node.text(separator=" ").split())
                height = _span(node.attributes.get("rowspan"))
                for _ in range(width):
                    if height > 1:
                        pending[len(line)] = (height - 1, text)
                    line.append(text)
            while len(line) in pending and (given or pending):
                line.append(_take(pending, len(line)))
            yield line

    heading = ""
    for node in LexborHTMLParser(page.decode("utf-8", "replace")).css("h1, h2, h3, h4, h5, table"):
        if node.tag != "table":
            heading = " ".join(node.text(separator=" ").split())
            continue
        header, *body = [line for line in cells(node) if line] or [[]]
        names = [name.casefold() for name in header]
        yield Table(heading, tuple(dict(zip(names, line, strict=False)) for line in body))


def _span(text: str | None) -> int:
    """How many rows or columns a cell covers; 1 where that is not said, or not in earnest."""
    return min(int(text), 100) or 1 if text and text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _take(pending: dict[int, tuple[int, str]], column: int) -> str:
    left, text = pending.pop(column)
    if left > 1:
        pending[column] = (left - 1, text)
    return text
