"""Forms, read back by Python's own parser of MIME."""

from __future__ import annotations

from email import message_from_bytes, policy
from urllib.parse import unquote

import fluent_ai as ai
import pytest
from fluent_ai.content.files import File
from fluent_ai.protocols.shared.multipart import encode_form, form_fields
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='"\r\n;\\='), min_size=1, max_size=20)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


def read(body: bytes, media_type: str) -> list[tuple[str | None, str | None, str, bytes]]:
    """Name, file name, media type and content of each part."""
    message = message_from_bytes(b"content-type: " + media_type.encode() + b"\r\n\r\n" + body, policy=policy.HTTP)
    assert message.is_multipart(), message.defects
    assert not message.defects
    parts = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        named = part.get_param("name", header="content-disposition")
        parts.append((str(named), part.get_filename(), part.get_content_type(), content))
    return parts


@given(st.lists(st.tuples(NAMES, TEXTS), max_size=5))
def test_fields_come_back(fields: list[tuple[str, str]]) -> None:
    body, media_type = encode_form(fields, [])
    head, boundary = media_type.split("boundary=")
    assert head == "multipart/form-data; "
    pieces = body.split(b"--" + boundary.encode())
    assert pieces[-1] == b"--\r\n"
    for (name, text), piece in zip(fields, pieces[1:-1], strict=True):
        where, _, content = piece.partition(b"\r\n\r\n")
        assert content == text.encode() + b"\r\n"
        # One header, whatever the name holds.
        assert where.count(b"\r\n") == 1
        quoted = where.decode().partition('name="')[2]
        assert quoted.endswith('"')
        assert '"' not in quoted[:-1]
        assert unquote(quoted[:-1]) == unquote(name)


@given(st.binary(max_size=200))
def test_a_file_comes_back_byte_by_byte(data: bytes) -> None:
    body, media_type = encode_form([("model", "whisper-1")], [("file", File(data, "audio/mpeg", "mp3"))])
    field, file = read(body, media_type)
    assert field == ("model", None, "text/plain", b"whisper-1")
    assert file[:3] == ("file", "audio.mp3", "audio/mpeg")
    rest = body.partition(b"content-type: audio/mpeg\r\n\r\n")[2]
    assert rest[: len(data)] == data
    assert rest[len(data) :] == b"\r\n--" + media_type.split("boundary=")[1].encode() + b"--\r\n"


def test_the_same_form_has_the_same_bytes() -> None:
    assert encode_form([("a", "b")], []) == encode_form([("a", "b")], [])
    assert encode_form([("a", "b")], [])[1] != encode_form([("a", "c")], [])[1]


@pytest.mark.parametrize("media_type", ["audio/x\r\nx-evil: 1", "audio", "", "audio/x y", 'audio/x; a="b"'])
def test_no_header_comes_in_with_a_media_type(media_type: str) -> None:
    with pytest.raises(ai.ConfigError, match="allowed: type/subtype"):
        encode_form([], [("file", File(b"x", media_type, "mp3"))])


def test_values_are_written_as_servers_read_them() -> None:
    body = {"a": "text", "n": 2, "f": 0.5, "stream": True, "words": ["x", "y"], "o": {"k": [1]}}
    assert form_fields(body) == [
        ("a", "text"),
        ("n", "2"),
        ("f", "0.5"),
        ("stream", "true"),
        ("words[]", "x"),
        ("words[]", "y"),
        ("o", '{"k":[1]}'),
    ]
