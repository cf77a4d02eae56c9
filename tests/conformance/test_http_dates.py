"""HTTP dates as the suite of undici states them; `email.utils` reads 28 of them otherwise."""

from __future__ import annotations

import json
from calendar import timegm

import pytest
from fluent_ai.http.dates import parse_http_date
from recordings import REASON, recorded

SUITE = recorded("suites", "httpcache", "http_date.json")
NOW = float(timegm((2025, 6, 1, 0, 0, 0)))

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)


def test_every_date_is_read_as_stated() -> None:
    cases = json.loads(SUITE.read_text())["cases"]
    wrong = [case for case in cases if parse_http_date(case["text"], NOW) != case["epoch"]]
    assert len(cases) == 230
    assert wrong == []
