"""HTML to text: what a reader sees, with headings, lists and links as Markdown has them."""

from __future__ import annotations

import html
import re
from typing import Final, NamedTuple
from urllib.parse import urljoin

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>")
_ATTRIBUTE: Final = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_HIDDEN: Final = frozenset(
    {"iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template"},
)
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul",
    }
)  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"})


class ReadHtml(NamedTuple):
    """A page as text."""

    title: str
    text: str


def read_html(page: str, url: str) -> ReadHtml:
    """The title and the text of a page, whose links are completed by its `url`. Time is linear in its length."""
    reader = _Reader(url)
    at = 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            break
        reader.text(page[at:start])
        at = _after(page, start, reader)
    reader.text(page[at:])
    return ReadHtml(_one_line(html.unescape(reader.title)), reader.finished())


def _after(page: str, start: int, reader: _Reader) -> int:
    """Read what begins with < at `start`, and return where it ends."""
    if page.startswith("<!--", start):
        return _past(page, "-->", start + 4)
    if page.startswith(("<!", "<?"), start):
        return _past(page, ">", start)
    tag = _TAG.match(page, start)
    if tag is None:
        reader.text("<")
        return start + 1
    closing, name = bool(tag[1]), tag[2].lower()
    if name in ("script", "style", "title", "textarea") and not closing:  # no tags within (WHATWG HTML, 13.1.2)
        end = re.compile(rf"</{name}\b[^>]*+>", re.IGNORECASE).search(page, tag.end())
        if name == "title" and not reader.title:
            reader.title = page[tag.end() : end.start() if end else tag.end() + 500]
        return end.end() if end else len(page)
    reader.tag(name, tag[3], closing=closing)
    return tag.end()


def _past(page: str, mark: str, start: int) -> int:
    end = page.find(mark, start)
    return len(page) if end < 0 else end + len(mark)


class _Reader:
    def __init__(self, url: str) -> None:
        self.title = ""
        self._url = url
        self._parts: list[str] = []
        self._breaks = 0
        self._hidden = ""
        self._depth = 0
        self._literal = False
        self._link: tuple[str, int] | None = None

    def text(self, data: str) -> None:
        if not self._hidden and data:
            self._add(html.unescape(data if self._literal else re.sub(r"\s+", " ", data)))

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self._hidden:
            if name == self._hidden:
                self._depth += -1 if closing else 1
                self._hidden = name if self._depth else ""
        elif name in _HIDDEN:
            if not closing and not attributes.rstrip().endswith("/"):
                self._hidden, self._depth = name, 1
        elif name == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif name == "a":
            self._end_link()
            if not closing:
                self._link = _attribute(attributes, "href"), len(self._parts)
        elif name in ("td", "th") and not closing:
            self._add(" | ")
        elif name in _BLOCKS:
            self._block(name, closing=closing)
        elif name == "img" and (alt := _attribute(attributes, "alt")):
            self.text(f" {alt} ")

    def finished(self) -> str:
        self._end_link()
        lines: list[str] = []
        literal = False
        for line in "".join(self._parts).split("\n"):
            if line.strip() == _FENCE:
                literal = not literal
                lines.append(_FENCE)
            else:
                lines.append(line.rstrip() if literal else re.sub(r"[ \t\xa0]+", " ", line).strip(" |"))
        return "\n".join(lines).strip()

    def _add(self, text: str) -> None:
        if self._breaks and not self._literal and not (text := text.lstrip()):
            return
        if self._breaks:
            self._parts.append("\n" * self._breaks if self._parts else "")
            self._breaks = 0
        self._parts.append(text)

    def _block(self, name: str, *, closing: bool) -> None:
        self._breaks = max(self._breaks, 2 if name in _PARAGRAPHS else 1)
        if name == "pre" and self._literal == closing:
            self._literal, self._breaks = False, 1 if closing else 2
            self._add(_FENCE)
            self._literal, self._breaks = not closing, 2 if closing else 1
        elif not closing and name == "li":
            self._add("- ")
        elif not closing and name[0] == "h" and name[1:].isdigit():
            self._add("#" * int(name[1]) + " ")

    def _end_link(self) -> None:
        if self._link is None:
            return
        (target, begin), self._link = self._link, None
        words = _one_line("".join(self._parts[begin:]))
        if not words or not target or target.startswith("#"):
            return
        try:
            whole = urljoin(self._url, target.strip())
        except ValueError:
            return
        if whole.startswith(("http://", "https://")):
            before = "".join(self._parts[begin:])
            blank = before[: len(before) - len(before.lstrip())]
            after = before[len(before.rstrip()) :]
            self._parts[begin:] = [f"{blank}[{words}]({whole}){after}"]


_FENCE: Final = "```"


def _attribute(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return html.unescape(found[2] or found[3] or found[4] or "")
    return ""


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
