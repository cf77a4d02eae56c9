"""Pages of indexes, in HTML and JSON."""

from __future__ import annotations

import pytest
from fluent_ai_local.catalog.simple_pages import Link, find_wheel, normalised, read_page

URL = "https://index.invalid/simple/toy/"


def test_html_links_are_taken_from_their_targets():
    page = b"""<!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.0"></head><body>
    <a href="../../files/toy%2B1-1.0-py3-none-any.whl#sha256=ab" data-requires-python="&gt;=3">text</a>
    <A HREF='https://other.invalid/toy-1.1-py3-none-any.whl?x=1&amp;y=2'></A><a name="x">no link</a></body>"""
    assert read_page(page, "text/html; charset=utf-8", URL) == [
        Link("toy+1-1.0-py3-none-any.whl", "https://index.invalid/files/toy%2B1-1.0-py3-none-any.whl"),
        Link("toy-1.1-py3-none-any.whl", "https://other.invalid/toy-1.1-py3-none-any.whl?x=1&y=2"),
    ]


def test_a_base_moves_html_links():
    page = b'<base href="/mirror/"><a href="toy-1.0-py3-none-any.whl">x</a>'
    assert read_page(page, "text/html", URL)[0].url == "https://index.invalid/mirror/toy-1.0-py3-none-any.whl"


def test_html_links_have_the_hash_of_their_fragment():
    page = f'<a href="t.whl#sha256={"AB" * 32}">x</a><a href="u.whl#md5=ab">x</a>'.encode()
    assert [link.sha256 for link in read_page(page, "text/html", URL)] == ["ab" * 32, None]


def test_json_links_have_a_size_and_a_hash():
    hashes = b'{"md5":"1","sha256":"' + b"ab" * 32 + b'"}'
    files = b'[{"filename":"t.whl","url":"../t.whl","hashes":' + hashes + b',"size":7},{"filename":"u","url":"/u"}]'
    page = b'{"meta":{"api-version":"1.1"},"files":' + files + b"}"
    assert read_page(page, "application/vnd.pypi.simple.v1+json", URL) == [
        Link("t.whl", "https://index.invalid/simple/t.whl", 7, "ab" * 32),
        Link("u", "https://index.invalid/u"),
    ]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"files": 1}', b'{"files": [{"url": "x"}]}', b"\xff"])
def test_other_json_is_refused(body):
    with pytest.raises(ValueError, match=r"."):
        read_page(body, "application/json", URL)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["toy_weights-1.0-py3-none-any.whl"], 0),
        (["Toy.Weights-1.0-py3-none-any.whl"], 0),
        (["toy_weights-1.0-1-py3-none-any.whl"], 0),
        (["toy_weights-1.0-py3-none-linux_x86_64.whl", "toy_weights-1.0-py3-none-any.whl"], 1),
        (["toy_weights-1.0-cp311-cp311-linux_x86_64.whl"], 0),
        (["toy_weights-1.0.1-py3-none-any.whl", "toy_weights-1.0.tar.gz", "toy-1.0-py3-none-any.whl", "x"], None),
        ([], None),
    ],
)
def test_the_wheel_is_found_by_name_and_version(names, found):
    links = [Link(name, f"u{number}") for number, name in enumerate(names)]
    assert find_wheel(links, "toy-weights", "1.0") == (None if found is None else links[found])


def test_names_are_normalised():
    assert normalised("Toy.._-Weights") == "toy-weights"
