"""JSON whose rows stand on lines of their own, so that a diff shows what changed."""

from __future__ import annotations

import msgspec


def encode_rows(struct: msgspec.Struct, rows: str) -> bytes:
    """The struct as JSON, each element of its field `rows` on a line of its own."""
    encode = msgspec.json.Encoder(order="deterministic").encode
    head = b"".join(
        encode(name) + b":" + encode(getattr(struct, name)) + b",\n"
        for name in struct.__struct_fields__
        if name != rows
    )
    body = b",\n".join(encode(row) for row in getattr(struct, rows))
    return b"{" + head + encode(rows) + b":[\n" + body + b"\n]}\n"
