"""The prices in a row of LiteLLM's file, with the conditions that its field names and nested tables state.

`_above_200k_tokens` holds for prompts of more tokens than that, `_priority` and `_flex` for these services,
`off_peak_pricing` for the hours of its windows. A row with a table of conditions that is not known gives no prices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from math import prod

from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import REGIONAL, Kind, Prices, PriceTier
from fluent_ai.registry.lists._units import scaled

from . import rows
from .rows import Loose

_TOKENS = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "reasoning": "output_cost_per_reasoning_token",
    "image_input": "input_cost_per_image_token",
    "image_output": "output_cost_per_image_token",
    "audio_input": "input_cost_per_audio_token",
    "audio_output": "output_cost_per_audio_token",
    "audio_cache_read": "cache_read_input_audio_token_cost",
    "batch_input": "input_cost_per_token_batches",
    "batch_output": "output_cost_per_token_batches",
    "batch_cache_read": "cache_read_input_token_cost_batches",
}
_ABOVE = re.compile(r"_above_(\d+)k_tokens")
_SERVICES = ("priority", "flex", "ultrafast")
_MULTIPLIED = ("fast", "us")
"""Services of Anthropic's: all token prices times a factor, and several factors multiply."""
_REGIONS = {
    "regional_endpoint_uplift_multiplier": REGIONAL,
    "regional_processing_uplift_multiplier_eu": "eu",
    "regional_processing_uplift_multiplier_us": "us",
}
_CONDITIONAL = {"off_peak_pricing", "tiered_pricing"}
_DEAREST_EMBEDDING = 10.0
"""US dollars per million tokens: above it the row holds a price per thousand."""
_CHEAPEST_PICTURE = 0.01
"""US dollars per million tokens: below it the row of a model of images holds a price per step."""

Tokens = dict[str, float | None]


def prices(row: Loose, kind: Kind, source: str) -> Prices | None:
    """None where nothing is known, or where prices hang on conditions that cannot be read."""
    if any(name.endswith("_pricing") and name not in _CONDITIONAL for name in row):
        return None
    units = {
        "per_image": rows.price(row, "output_cost_per_image", source) if kind == "image" else None,
        "per_input_image": rows.price(row, "input_cost_per_image", source) if kind in ("chat", "embedding") else None,
        "per_request": rows.price(row, "input_cost_per_query", source) if kind == "rerank" else None,
        "per_page": rows.price(row, "ocr_cost_per_page", source),
        "per_audio_minute": _per_minute(row, source) if kind == "transcription" else None,
        "per_video_second": rows.price(row, "output_cost_per_second", source) if kind == "video" else None,
        "per_million_characters": rows.price(row, "input_cost_per_character", source, 6) if kind == "speech" else None,
        "per_web_search": _web_search(row, source),
    }
    ranges = list(_ranges(row, source))
    tokens = _tokens(row, "", "", source) if not ranges else ranges[0][1]
    read = tokens.get("input") or 0
    if (kind == "embedding" and read > _DEAREST_EMBEDDING) or (kind == "image" and read < _CHEAPEST_PICTURE):
        tokens = {}
    stated = tokens | {name: value or None for name, value in units.items()}
    tiers = (
        *(rows.tier(priced, min_input_tokens=start + 1) for start, priced in ranges[1:]),
        *_tiers(row, source),
        *_factors(row, source),
        *_regional(row, source),
        *_off_peak(row, source),
    )
    return rows.prices(**stated, tiers=tiers or None)


def _tokens(row: Loose, above: str, service: str, source: str) -> Tokens:
    found: Tokens = {}
    for ours, theirs in _TOKENS.items():
        base, batch, _ = theirs.partition("_batches")
        if not (service and batch):  # `_batches` and the service stand after the length of the prompt
            found[ours] = rows.price(row, f"{base}{above}{service or batch}", source, 6) or None
    return found


def _tiers(row: Loose, source: str) -> Iterator[PriceTier]:
    starts = sorted({int(match[1]) for name in row if (match := _ABOVE.search(name))})
    for service in ("", *_SERVICES):
        for start in ([0] if service else []) + starts:
            tokens = _tokens(row, f"_above_{start}k_tokens" if start else "", f"_{service}" if service else "", source)
            if any(tokens.values()):
                least = start * 1000 + 1 if start else None
                yield rows.tier(tokens, min_input_tokens=least, service=service or None)


def _factors(row: Loose, source: str) -> Iterator[PriceTier]:
    entry = rows.mapping(row.get("provider_specific_entry"))
    stated = {name: rows.number(entry, name, source) for name in _MULTIPLIED}
    factors = {name: float(number) for name, number in stated.items() if number}
    starts = sorted({int(match[1]) for name in row if (match := _ABOVE.search(name))})
    for count in range(1, len(factors) + 1):
        for names in combinations(sorted(factors), count):
            factor = prod(factors[name] for name in names)
            for start in (0, *starts):
                tokens = _tokens(row, f"_above_{start}k_tokens" if start else "", "", source)
                raised = _raised(tokens, factor)
                yield rows.tier(raised, min_input_tokens=start * 1000 + 1 if start else None, service="+".join(names))


def _regional(row: Loose, source: str) -> Iterator[PriceTier]:
    """The prices of regions: all token prices times a factor."""
    starts = sorted({int(match[1]) for name in row if (match := _ABOVE.search(name))})
    for field, service in _REGIONS.items():
        factor = rows.number(row, field, source)
        for start in (0, *starts) if factor else ():
            tokens = _tokens(row, f"_above_{start}k_tokens" if start else "", "", source)
            raised = _raised(tokens, float(factor or 1))
            if any(raised.values()):
                yield rows.tier(raised, min_input_tokens=start * 1000 + 1 if start else None, service=service)


def _raised(tokens: Tokens, factor: float) -> Tokens:
    """Without those of batches, of which nobody says that the factor holds."""
    return {
        name: None if value is None or name.startswith("batch_") else round(value * factor, 9)
        for name, value in tokens.items()
    }


def _off_peak(row: Loose, source: str) -> Iterator[PriceTier]:
    """Windows of days and hours; `00:00-00:00` is the whole day."""
    table = rows.mapping(row.get("off_peak_pricing"))
    windows = table.get("windows")
    tokens = _tokens(table, "", "", source)
    for window in map(rows.mapping, windows if isinstance(windows, list) else ()):
        listed, days = window.get("hours_utc"), window.get("weekdays")
        for hours in [listed] if isinstance(listed, str) else listed if isinstance(listed, list) else ():
            start, _, end = str(hours).partition("-")
            if not start or not end:
                raise ProtocolError(f"litellm: {source}: hours_utc = {hours!r}; expected HH:MM-HH:MM")
            clock = {} if start == end else {"utc_start": start, "utc_end": end}
            weekdays = tuple(days) if isinstance(days, list) and len(days) < 7 else None
            yield rows.tier(tokens, **clock, weekdays=weekdays)


def _ranges(row: Loose, source: str) -> Iterator[tuple[int, Tokens]]:
    """Prices by the length of the prompt: (more tokens than this, prices), the first from 0."""
    listed = row.get("tiered_pricing")
    for each in map(rows.mapping, listed if isinstance(listed, list) else ()):
        bounds = each.get("range")
        if not isinstance(bounds, list) or not bounds or not isinstance(bounds[0], int | float):
            raise ProtocolError(f"litellm: {source}: range = {bounds!r}; expected two numbers of tokens")
        yield int(bounds[0]), _tokens(each, "", "", source)


def _per_minute(row: Loose, source: str) -> float | None:
    seconds = rows.number(row, "input_cost_per_second", source)
    return scaled(None if seconds is None else seconds * 60, 0)


def _web_search(row: Loose, source: str) -> float | None:
    """Of a search, where its price hangs neither on how much is read nor on the whole prompt."""
    costs = row.get("search_context_cost_per_query")
    if not isinstance(costs, dict) or row.get("web_search_billing_unit", "per_query") != "per_query":
        return None
    if "search_free_requests" in row and "web_search_billing_unit" not in row:
        return None
    known = {rows.price(costs, name, source) for name in costs if name.startswith("search_context_size_")}
    return known.pop() if len(known) == 1 else None
