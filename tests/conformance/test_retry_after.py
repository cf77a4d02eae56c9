"""`Retry-After` in all forms that OpenAI's SDK and Smithy's are tested with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from fluent_ai.http.retry_headers import retry_after
from recordings import REASON, recorded

SUITE = recorded("suites", "resilience", "retry_after.json")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
LOADED: dict[str, Any] = json.loads(SUITE.read_text()) if SUITE.exists() else {"openai": {"cases": []}, "smithy": {}}
NOW = 1_696_004_797.0
DATES = {
    "<IMF date now+60>": (60, lambda moment: format_datetime(moment, usegmt=True)),
    "<ISO 8601 now+30>": (30, lambda moment: moment.isoformat()),
    "<IMF date>, 45": (45, lambda moment: format_datetime(moment, usegmt=True) + ", 45"),
}


@pytest.mark.parametrize(("left", "text", "delay"), LOADED["openai"]["cases"])
def test_openai(left: int, text: str, delay: float) -> None:
    """What their SDK follows, we read; what it does not read, we do not. A delay too long is refused by the policy."""
    found = retry_after({"retry-after": text}, NOW)
    if delay >= 20 or text == "0":
        assert found == (0 if text == "0" else delay)
    else:
        assert found is None or found == 0 or found > 120


@pytest.mark.parametrize(("name", "text", "expected"), LOADED["smithy"].get("cases", []))
def test_smithy(name: str, text: str, expected: str | None) -> None:
    headers = {name: text}
    if name.startswith("both"):
        headers = {"retry-after": "10", "x-amz-retry-after": "9999"}
    if text in DATES:
        seconds, write = DATES[text]
        headers = {name: write(datetime.fromtimestamp(NOW + seconds, UTC))}
    wanted = None if expected is None else float(expected.removeprefix("now+").removesuffix("s"))
    assert retry_after(headers, NOW) == wanted
