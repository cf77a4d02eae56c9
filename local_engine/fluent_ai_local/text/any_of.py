"""One regular expression for many strings, which tries no string of another beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"


def any_of(strings: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the strings, the longest that fits; never matches where there are none."""
    tree: _Tree = {}
    for string in strings:
        node = tree
        for character in string:
            node = node.setdefault(character, {})
        if string:
            node[""] = {}
    return re.compile(_expression(tree) if tree else "(?!)")


def _expression(tree: _Tree) -> str:
    branches = []
    for character, node in tree.items():
        if not character:
            continue
        prefix = re.escape(character)
        while len(node) == 1 and "" not in node:
            ((character, node),) = node.items()
            prefix += re.escape(character)
        rest = _expression(node) if node != {"": {}} else ""
        branches.append(prefix + rest)
    whole = "|".join(branches)
    if "" in tree:
        return f"(?:{whole})?"
    return f"(?:{whole})" if len(branches) > 1 else whole
