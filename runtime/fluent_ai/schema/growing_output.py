"""An output while it is being written: its value, made from what the model writes and grown in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from fluent_ai.schema.partial_json import JsonValue
from fluent_ai.schema.wire_form import KEY, VALUE, Pointers, can_differ, is_entry, is_open, is_tuple, item_name


class _Node:
    """What has been made of one container so far."""

    def __init__(self, written: object, branch: Mapping[str, Any], made: Any) -> None:
        self.written = written  # kept, so that no other object gets its id
        self.branch = branch
        self.made = made
        self.done = 0


class GrowingOutput:
    """The value of a growing answer. The time depends on what is new, and not on the size of the value."""

    def __init__(self, schema: Mapping[str, Any], *, wrapped: bool) -> None:
        self._pointers = Pointers(schema)
        self._wrapped = wrapped
        self._same = not can_differ(schema)
        self._nodes: dict[int, _Node] = {}

    def values(self, written: JsonValue) -> Iterable[JsonValue]:
        """The value so far; nothing if it has not begun."""
        if self._wrapped and isinstance(written, dict):
            if not written:
                return ()
            if next(iter(written)) == VALUE:
                written = written[VALUE]
        return (written if self._same else self._grown(written, self._pointers.root),)

    def _grown(self, written: Any, schema: object) -> Any:
        if not isinstance(written, list | dict):
            return written
        branch = next(
            (each for each in self._pointers.branches(self._pointers.found(schema)) if _may_be(written, each)), {}
        )
        node = self._nodes.get(id(written))
        if node is None or node.branch is not branch:
            by_name = is_open(branch) or (isinstance(written, dict) and not is_tuple(branch))
            node = self._nodes[id(written)] = _Node(written, branch, {} if by_name else [])
        # Of the earlier members, only the newest one grows.
        begin = max(node.done - 1, 0)
        if isinstance(written, list):
            self._take_items(node, written, begin)
        elif is_tuple(branch):
            self._take_numbered(node, written, begin)
        else:
            named, free = branch.get("properties") or {}, branch.get("additionalProperties")
            for name, each in islice(written.items(), begin, None):
                node.made[name] = self._grown(each, named.get(name, free))
        node.done = len(written)
        return node.made

    def _take_items(self, node: _Node, written: list[Any], begin: int) -> None:
        branch = node.branch
        if is_open(branch):
            for number in range(begin, len(written)):
                entry = written[number]
                # A key is complete once something follows it.
                if is_entry(entry) and (next(reversed(entry)) == VALUE or number + 1 < len(written)):
                    node.made[entry[KEY]] = self._grown(entry[VALUE], branch["additionalProperties"])
            return
        first, rest = branch.get("prefixItems") or (), branch.get("items")
        for number in range(begin, len(written)):
            _put(node.made, number, self._grown(written[number], first[number] if number < len(first) else rest))

    def _take_numbered(self, node: _Node, written: dict[str, Any], begin: int) -> None:
        for number, kind in enumerate(node.branch["prefixItems"]):
            if (name := item_name(number)) not in written:
                return
            if number >= begin:
                _put(node.made, number, self._grown(written[name], kind))


def _put(made: list[Any], number: int, value: Any) -> None:
    if number < len(made):
        made[number] = value
    else:
        made.append(value)


def _may_be(written: Any, schema: Mapping[str, Any]) -> bool:
    """True if a container, as far as it has come, may become what the schema describes."""
    kinds = schema.get("type")
    names = [kinds] if isinstance(kinds, str) else kinds or ()
    if isinstance(written, list):
        return is_open(schema) or not names or "array" in names
    if is_tuple(schema):
        return all(name in {item_name(number) for number in range(len(schema["prefixItems"]))} for name in written)
    named = schema.get("properties")
    return (not names or "object" in names) and (not named or written.keys() <= named.keys())
