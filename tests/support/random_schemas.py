"""Random JSON schemas, all of whose values are short."""

from __future__ import annotations

import random

WORDS = ("id", "name", "size", "colour", "price", "tags", "next", "état", "a b", 'quote"d', "x/y")


def random_schema(seed: int) -> dict[str, object]:
    """An object at its root; the same one for the same seed."""
    return _object(random.Random(seed), 3)


def _any(chance: random.Random, depth: int) -> dict[str, object]:
    kinds = [_text, _number, _choice, *([_object, _list, _union] if depth else [])]
    return chance.choice(kinds)(chance, depth - 1)


def _object(chance: random.Random, depth: int) -> dict[str, object]:
    names = chance.sample(WORDS, chance.randint(1, 4))
    return {
        "type": "object",
        "properties": {name: _any(chance, depth) for name in names},
        "required": [name for name in names if chance.random() < 0.7],
        "additionalProperties": False,
    }


def _list(chance: random.Random, depth: int) -> dict[str, object]:
    least = chance.randint(0, 2)
    return {"type": "array", "items": _any(chance, depth), "minItems": least, "maxItems": least + chance.randint(0, 2)}


def _union(chance: random.Random, depth: int) -> dict[str, object]:
    return {"anyOf": [_any(chance, depth) for _ in range(chance.randint(2, 3))]}


def _text(chance: random.Random, depth: int) -> dict[str, object]:
    least = chance.randint(0, 3)
    return chance.choice(
        [
            {"type": "string", "minLength": least, "maxLength": least + chance.randint(0, 8)},
            {"type": "string", "pattern": chance.choice(["^[a-z]{1,5}$", "^(yes|no)!?$", "^[0-9]{2}:[0-9]{2}$"])},
            {"type": "string", "format": chance.choice(["date", "ipv4", "uuid"])},
        ]
    )


def _number(chance: random.Random, depth: int) -> dict[str, object]:
    least = chance.randint(-1000, 1000)
    return {"type": "integer", "minimum": least, "maximum": least + chance.randint(0, 5000)}


def _choice(chance: random.Random, depth: int) -> dict[str, object]:
    return chance.choice(
        [
            {"type": "boolean"},
            {"type": "null"},
            {"const": chance.choice([3, "three", None, [1, {"two": 2}]])},
            {"enum": chance.sample(["red", "green", 7, -1, True, None, "ü\n", ""], 3)},
        ]
    )
