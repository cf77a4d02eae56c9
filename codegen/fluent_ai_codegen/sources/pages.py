"""The providers' own pages on prices and deprecations: HTML tables, read by the headers of their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts

from .rows import SourceModel
from .tables import read_tables

_PRICE = re.compile(r"\$\s*(\d[\d,]*(?:\.\d+)?)\s*(?:/|per)?\s*(1k|1,000 tokens)?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)")
_ID = re.compile(r"[A-Za-z][\w .:/-]*")
_DATE_FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%Y/%m/%d")
_SIZE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([km]?)", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """`columns`: header of a column, in small letters -> the fact in it; `id` must be among them.

    A table below a heading that holds a word of `skip` is passed over: the same models at other conditions.
    """

    name: str
    who: str
    provider: str
    url: str
    columns: Mapping[str, str]
    skip: frozenset[str] = field(default=frozenset())

    @property
    def origins(self) -> dict[str, str]:
        """Fact -> the header of its column; the first where several name it."""
        return {fact: header for header, fact in reversed([*self.columns.items()])}

    def parse(self, body: bytes, on: date) -> list[SourceModel]:
        """ProtocolError when no table on the page has the columns that we know."""
        by_model: dict[str, dict[str, Any]] = {}
        for table in read_tables(body):
            words = set(re.findall(r"\w+", table.heading.casefold()))
            for row in () if words & self.skip else table.rows:
                known = {fact: row[header] for header, fact in self.columns.items() if header in row}
                for model_id in _ids(known.pop("id", "")):
                    facts = {fact: value for fact, text in known.items() if (value := _read(fact, text)) is not None}
                    if facts:
                        by_model[model_id] = facts | by_model.get(model_id, {})
        if not by_model:
            expected = ", ".join(repr(header) for header in self.columns)
            raise ProtocolError(f"{self.name}: expected a table with some of the columns {expected}, got none")
        return [SourceModel(provider=self.provider, facts=_facts(name, said)) for name, said in by_model.items()]


def _facts(model_id: str, said: Mapping[str, Any]) -> ModelFacts:
    prices = {fact.removeprefix("prices."): value for fact, value in said.items() if fact.startswith("prices.")}
    plain = {fact: value for fact, value in said.items() if not fact.startswith("prices.")}
    return msgspec.convert({"id": model_id, **plain, **({"prices": prices} if prices else {})}, ModelFacts)


def _ids(cell: str) -> list[str]:
    """The models of a cell; several are parted by commas. What a name says in brackets is no part of it."""
    return [name for part in _ASIDE.sub("", cell).split(",") if _ID.fullmatch(name := part.strip())]


def _read(fact: str, text: str) -> float | int | str | date | None:
    """The value in a cell; None for a dash, "N/A", or a date that is only a bound ("not sooner than ...")."""
    if fact.startswith("prices."):
        found = _PRICE.search(text)
        if found is None:
            return None
        return float(found[1].replace(",", "")) * (1000 if found[2] else 1)
    if fact in ("deprecated_on", "retires_on", "released"):
        return _day(_ASIDE.sub("", text).strip())
    if fact == "context_window":
        size = _SIZE.match(text)
        scale = {"": 1, "k": 1_000, "m": 1_000_000}
        return int(float(size[1].replace(",", "")) * scale[size[2].casefold()]) if size else None
    ids = _ids(text)
    return ids[0] if ids and ids[0].casefold() not in ("n/a", "none") else None


def _day(text: str) -> date | None:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # a day has no zone
        except ValueError:
            continue
    return None


PAGES = (
    Page(
        "openai_pricing",
        "OpenAI pricing page",
        "openai",
        "https://platform.openai.com/docs/pricing",
        {
            "model": "id",
            "input": "prices.input",
            "cached input": "prices.cache_read",
            "output": "prices.output",
        },
        skip=frozenset({"batch", "flex", "priority", "audio", "image", "fine"}),
    ),
    Page(
        "openai_deprecations",
        "OpenAI deprecations page",
        "openai",
        "https://platform.openai.com/docs/deprecations",
        {
            "shutdown date": "retires_on",
            "model / system": "id",
            "deprecated model": "id",
            "recommended replacement": "successor",
        },
    ),
    Page(
        "anthropic_pricing",
        "Anthropic pricing page",
        "anthropic",
        "https://docs.claude.com/en/docs/about-claude/pricing",
        {
            "model": "id",
            "base input tokens": "prices.input",
            "5m cache writes": "prices.cache_write",
            "1h cache writes": "prices.cache_write_1h",
            "cache hits & refreshes": "prices.cache_read",
            "output tokens": "prices.output",
            "batch input": "prices.batch_input",
            "batch output": "prices.batch_output",
        },
        skip=frozenset({"long", "fast"}),
    ),
    Page(
        "anthropic_deprecations",
        "Anthropic deprecations page",
        "anthropic",
        "https://docs.claude.com/en/docs/about-claude/model-deprecations",
        {
            "api model name": "id",
            "deprecated model": "id",
            "deprecated": "deprecated_on",
            "tentative retirement date": "retires_on",
            "retirement date": "retires_on",
            "recommended replacement": "successor",
        },
    ),
    Page(
        "mistral_pricing",
        "Mistral pricing page",
        "mistral",
        "https://mistral.ai/pricing",
        {"api name": "id", "input (/m tokens)": "prices.input", "output (/m tokens)": "prices.output"},
        skip=frozenset({"batch", "fine"}),
    ),
    Page(
        "mistral_deprecations",
        "Mistral models page",
        "mistral",
        "https://docs.mistral.ai/getting-started/models",
        {
            "api endpoint": "id",
            "deprecation on date": "deprecated_on",
            "retirement on date": "retires_on",
            "alternative model": "successor",
        },
    ),
    Page(
        "xai_models",
        "xAI models page",
        "xai",
        "https://docs.x.ai/docs/models",
        {"model": "id", "context": "context_window", "input": "prices.input", "output": "prices.output"},
        skip=frozenset({"batch"}),
    ),
)
