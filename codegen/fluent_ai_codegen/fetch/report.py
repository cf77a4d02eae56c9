"""What became of each provider in a fetch: as rows, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.streams.cached_answers import Fetched

from fluent_ai_codegen.files.cache import write_atomically

Status = Literal["updated", "not modified", "fresh", "stale", "held", "no list", "failed", "left alone"]

COLUMNS = ("provider", "status", "seconds", "bytes", "pages", "models")


@dataclass(frozen=True)
class Report:
    """`url` is the address that was asked, `bytes` what came over the network."""

    provider: str
    status: Status
    url: str = ""
    seconds: float = 0.0
    bytes: int = 0
    pages: int = 0
    models: int = 0
    error: FluentError | None = None

    @property
    def reason(self) -> str:
        return self.error.message.removeprefix(f"{self.provider}: ") if self.error else ""


def status_of(answers: Iterable[Fetched]) -> Status:
    """What the answers to one job's requests amount to."""
    hows = {answer.how for answer in answers}
    if "sent" in hows:
        return "updated"
    return "stale" if "stale" in hows else "not modified"


def bytes_of(answers: Iterable[Fetched]) -> int:
    """What came over the network."""
    return sum(len(answer.body) for answer in answers if answer.how == "sent")


def rows(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    return [
        (row.provider, row.status, f"{row.seconds:.2f}", str(row.bytes), str(row.pages), str(row.models))
        for row in reports
    ]


def as_json(reports: Iterable[Report]) -> bytes:
    """A list of objects with the columns, `url`, and `error` where there is one."""
    plain = [
        {
            **{name: getattr(row, name) for name in COLUMNS},
            "seconds": round(row.seconds, 3),
            "url": row.url,
            "error": row.reason or None,
        }
        for row in reports
    ]
    return msgspec.json.format(msgspec.json.encode(plain)) + b"\n"


def as_markdown(reports: Sequence[Report]) -> bytes:
    """A table, and the failures with address and reason below it."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows(reports)]
    failures = [f"- {row.provider}: {row.url + ': ' if row.url else ''}{row.reason}" for row in reports if row.error]
    return "\n".join([*lines, *([""] if failures else []), *failures, ""]).encode()


def write_report(path: Path, reports: Sequence[Report]) -> None:
    """By the name of the file. ConfigError for a name that says neither, and where it cannot be written."""
    try:
        write_atomically(path, as_markdown(reports) if require_report_name(path) == ".md" else as_json(reports))
    except OSError as error:
        raise ConfigError(f"--report {path}: {error.strerror}") from None


def require_report_name(path: Path) -> str:
    """Its ending; ConfigError unless that is .json or .md."""
    if path.suffix not in (".json", ".md"):
        raise ConfigError(f"--report is {str(path)!r}; allowed: a file name that ends with .json or .md")
    return path.suffix
