"""What recorded servers send is known: no piece of any recorded reply is told as news."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from fluent_ai.errors import FluentError
from fluent_ai.protocols.table import chat_codec, codecs
from recordings import REASON, recorded

TRAFFIC = recorded("traffic")
WHOLE = [
    path
    for protocol in codecs("chat")
    for path in sorted((TRAFFIC / protocol).glob("*.json"))
    if not path.name.endswith(".meta.json")
]
pytestmark = pytest.mark.skipif(not WHOLE, reason=REASON)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_a_whole_answer_holds_no_news(path: Any) -> None:
    parser: Any = chat_codec(path.parent.name).parser("acme")
    parser.feed(path.read_bytes())
    with suppress(FluentError):  # some are errors
        parser.finish()
    assert [warning for warning in parser.partial.warnings if "not known here" in warning] == []
