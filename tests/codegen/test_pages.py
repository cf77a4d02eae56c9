"""Pricing and deprecation pages, on tables of our own that are built as the real ones."""

from __future__ import annotations

from datetime import date

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai_codegen.sources import SOURCES, read
from fluent_ai_codegen.sources.tables import read_tables

TODAY = date(2026, 11, 1)


def rows(name: str, page: str) -> dict[str, ModelFacts]:
    listing = next(listing for listing in SOURCES if listing.name == name)
    return {row.facts.id: row.facts for row in read(listing, page.encode(), TODAY)}


def table(*lines: str) -> str:
    head, *body = (line.split("|") for line in lines)
    heads = "".join(f"<th>{cell.strip()}</th>" for cell in head)
    cells = "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in line) + "</tr>" for line in body)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"


def test_openai_prices_without_those_of_other_conditions() -> None:
    head = "Model | Input | Cached input | Output"
    page = (
        f"<h2>Text tokens</h2><h3>Standard</h3>{table(head, '<code>gpt-x</code> | $1.25 | $0.125 | $10.00')}"
        f"<h3>Batch</h3>{table(head, 'gpt-x | $0.625 | - | $5.00')}"
    )
    assert rows("openai_pricing", page) == {
        "gpt-x": ModelFacts(id="gpt-x", prices=Prices(input=1.25, cache_read=0.125, output=10.0))
    }


def test_openai_deprecations_with_a_date_for_several_models() -> None:
    page = """<h3>2026-04-22: old models</h3><table>
      <tr><th>Shutdown date</th><th>Model / system</th><th>Recommended replacement</th></tr>
      <tr><td rowspan="2">2026-10-23</td><td><code>gpt-old</code></td><td><code>gpt-x</code></td></tr>
      <tr><td><code>gpt-older</code>, <code>gpt-oldest</code></td><td>—</td></tr>
      <tr><td>not before 2027-01-01</td><td>gpt-x</td><td></td></tr></table>"""
    end = date(2026, 10, 23)
    assert rows("openai_deprecations", page) == {
        "gpt-old": ModelFacts(id="gpt-old", retires_on=end, successor="gpt-x"),
        "gpt-older": ModelFacts(id="gpt-older", retires_on=end),
        "gpt-oldest": ModelFacts(id="gpt-oldest", retires_on=end),
    }


def test_anthropic_prices_by_the_names_of_models() -> None:
    head = "Model | Base Input Tokens | 5m Cache Writes | 1h Cache Writes | Cache Hits & Refreshes | Output Tokens"
    line = "Claude X 4.1 (deprecated) | $15 / MTok | $18.75 / MTok | $30 / MTok | $1.50 / MTok | $75 / MTok"
    batch = table("Model | Batch input | Batch output", "Claude X 4.1 | $7.50 / MTok | $37.50 / MTok")
    found = rows("anthropic_pricing", f"<h2>Model pricing</h2>{table(head, line)}<h3>Batch processing</h3>{batch}")
    assert found["Claude X 4.1"].prices == Prices(
        input=15.0,
        output=75.0,
        cache_read=1.5,
        cache_write=18.75,
        cache_write_1h=30.0,
        batch_input=7.5,
        batch_output=37.5,
    )


def test_anthropic_deprecations_without_dates_that_are_only_bounds() -> None:
    page = table(
        "API Model Name | Current State | Deprecated | Tentative Retirement Date",
        "claude-x-20250101 | Deprecated | June 30, 2026 | January 5, 2027",
        "claude-y-20260101 | Active | N/A | Not sooner than January 1, 2027",
    ) + table(
        "Retirement Date | Deprecated Model | Recommended Replacement",
        "January 5, 2027 | claude-x-20250101 | claude-y-20260101",
    )
    assert rows("anthropic_deprecations", page) == {
        "claude-x-20250101": ModelFacts(
            id="claude-x-20250101",
            deprecated_on=date(2026, 6, 30),
            retires_on=date(2027, 1, 5),
            successor="claude-y-20260101",
        )
    }


def test_mistral_and_xai() -> None:
    dates = table(
        "Model | API Endpoint | Deprecation on date | Retirement on date | Alternative model",
        "Old 7B | open-old-7b | November 30, 2026 | 2027/03/30 | ministral-8b",
    )
    assert rows("mistral_deprecations", dates) == {
        "open-old-7b": ModelFacts(
            id="open-old-7b",
            deprecated_on=date(2026, 11, 30),
            retires_on=date(2027, 3, 30),
            successor="ministral-8b",
        )
    }
    prices = table("API name | Input (/M tokens) | Output (/M tokens)", "medium | $0.4 | $2")
    assert rows("mistral_pricing", prices)["medium"].prices == Prices(input=0.4, output=2.0)
    models = table(
        "Model | Context | Input | Output", "grok-x | 2M | $0.20 per 1M | $0.50", "grok-y | 256k | $0.002 / 1K | $1"
    )
    found = rows("xai_models", models)
    assert (found["grok-x"].context_window, found["grok-x"].prices) == (2_000_000, Prices(input=0.2, output=0.5))
    assert (found["grok-y"].context_window, found["grok-y"].prices) == (256_000, Prices(input=2.0, output=1.0))


OTHER = table("Plan | Seats", "Team | 5")


@pytest.mark.parametrize("page", ["", "no html", "<h1>Prices</h1><p>moved", OTHER, "<table></table>"])
def test_a_page_that_changed_its_shape_is_refused(page: str) -> None:
    with pytest.raises(ProtocolError, match="openai_pricing: expected a table with some of the columns 'model'"):
        rows("openai_pricing", page)


@pytest.mark.parametrize("span", ["x", "-1", "0", "99999999999999999999", "²", ""])
def test_a_span_that_is_none_covers_one_cell_and_no_span_is_endless(span: str) -> None:
    cell = f'<td colspan="{span}" rowspan="{span}">gpt-x</td><td>$1</td><td>$2</td>'
    page = f"<table><tr><th>Model<th>Input<th>Output</tr><tr>{cell}</tr></table>"
    assert rows("openai_pricing", page)["gpt-x"].prices == Prices(input=1.0, output=2.0)


def test_spans_fill_the_cells_that_they_cover() -> None:
    page = b"""<h2>One</h2><h3>Two  words</h3><table><tr><th>A<th>B<th>C</tr>
      <tr><td rowspan=3>a<td colspan=2>bc</tr><tr><td>b<td rowspan=2>c</tr><tr><td>b2</tr></table>"""
    (found,) = read_tables(page)
    assert found.heading == "Two words"
    assert [tuple(row.values()) for row in found.rows] == [("a", "bc", "bc"), ("a", "b", "c"), ("a", "b2", "c")]
