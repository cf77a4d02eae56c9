"""HTTP dates in their three formats (RFC 9110, 5.6.7)."""

from __future__ import annotations

import re
import time
from calendar import timegm
from datetime import datetime

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_FORMATS = tuple(
    re.compile(text, re.ASCII)
    for text in (
        rf"(?P<short>[A-Z][a-z]{{2}}), (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT",
        rf"(?P<long>[A-Z][a-z]{{5,8}}), (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT",  # RFC 850
        rf"(?P<short>[A-Z][a-z]{{2}}) {_MONTH} (?P<day>\d\d| \d) {_TIME} (?P<year>\d{{4}})",  # asctime
    )
)


def parse_http_date(text: str, now: float | None = None) -> float | None:
    """Seconds since 1970, or None if the text is not an HTTP date.

    A two-digit year means the latest year with those digits that is at most 50 years after `now`.
    """
    found = next((match for form in _FORMATS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    part = found.groupdict()
    year = int(part["year"])
    if len(part["year"]) == 2:
        latest = time.gmtime(now).tm_year + 50
        year = latest - (latest - year) % 100
    try:
        month = _MONTHS.index(part["month"]) + 1
        moment = datetime(year, month, int(part["day"]), int(part["hour"]), int(part["minute"]), int(part["second"]))
    except ValueError:
        return None
    weekday = _DAYS[moment.weekday()]
    given = (part.get("long") or part["short"]).lower()
    return float(timegm(moment.timetuple())) if given in (weekday, weekday[:3]) else None
