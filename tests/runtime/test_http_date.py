from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime

import pytest
from fluent_ai.http.dates import parse_http_date
from fluent_ai.http.retry_headers import retry_after
from hypothesis import given
from hypothesis import strategies as st

NOW = float(timegm((2026, 11, 21, 0, 0, 0)))
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31))


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_the_three_formats_of_one_moment(text: str) -> None:
    assert parse_http_date(text, NOW) == 784111777


@given(MOMENTS, st.sampled_from(["%a, %d %b %Y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]))
def test_a_written_moment_is_read_back(moment: datetime, form: str) -> None:
    text = moment.strftime(form.replace("%Y", f"{moment.year:04}"))
    assert parse_http_date(text) == timegm(moment.timetuple())


@given(st.datetimes(datetime(1977, 1, 1), datetime(2076, 12, 31)))
def test_two_digits_of_a_year_mean_the_nearest_past_or_at_most_fifty_years_ahead(moment: datetime) -> None:
    assert parse_http_date(moment.strftime("%A, %d-%b-%y %H:%M:%S GMT"), NOW) == timegm(moment.timetuple())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "1994-11-06T08:49:37Z",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_http_date(text, NOW) is None


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert parse_http_date(text) is None


def test_retry_after_takes_dates() -> None:
    later = datetime.fromtimestamp(NOW + 90, UTC).strftime("%A, %d-%b-%y %H:%M:%S GMT")
    assert retry_after({"retry-after": later}, NOW) == 90
    assert retry_after({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, NOW) == 0
    assert retry_after({"retry-after": "Sun, 06 Nov 1994 08:49:37"}, NOW) is None
