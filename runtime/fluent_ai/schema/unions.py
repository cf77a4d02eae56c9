"""Unions whose members msgspec cannot distinguish, such as two dataclasses: the members are tried one by one."""

from __future__ import annotations

from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, cast, get_args, get_origin

from fluent_ai.type_info import prepare_callers


class _AnyInstance(type):
    """msgspec checks that what a hook returns is an instance of the requested class."""

    def __instancecheck__(cls, instance: object) -> bool:
        return True


class OneOf(metaclass=_AnyInstance):
    """Replaces such a union in a type; each union has its own subclass."""

    members: ClassVar[tuple[Any, ...]] = ()


def separable(kind: Any) -> Any:
    """The type with a `OneOf` in place of each such union; the type itself if there is none.

    Unions in the fields of a class are left as they are, because the class belongs to the caller.
    """
    if type(kind).__name__ == "TypeAliasType":  # of Python 3.12 and later
        return separable(kind.__value__)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal or not args:
        return kind
    if origin is Annotated:
        inner = separable(args[0])
        return kind if inner is args[0] else Annotated[(inner, *kind.__metadata__)]
    made = tuple(map(separable, args))
    if origin in (Union, UnionType):
        members = tuple(each for each in made if each is not NoneType)
        if len(members) > 1 and not _told_apart(made):
            one = _one_of(members)
            return one | None if NoneType in made else one
    if all(new is old for new, old in zip(made, args, strict=True)):
        return kind
    return Union[made] if origin is UnionType else origin[made]  # noqa: UP007


def _told_apart(members: tuple[Any, ...]) -> bool:
    try:
        prepare_callers(Union[members])  # noqa: UP007  # a union of as many as there are
    except TypeError:
        return False
    return True


@lru_cache(maxsize=256)
def _one_of(members: tuple[Any, ...]) -> type[OneOf]:
    return cast("type[OneOf]", _AnyInstance("OneOf", (OneOf,), {"members": members}))
