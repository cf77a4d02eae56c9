"""Prepares types for msgspec before two threads can use them at once.

At the first use of a struct, dataclass, TypedDict or NamedTuple, msgspec attaches its type information to the class and
only then fills it in. A thread that decodes to the same type meanwhile reads unfinished data, and the process crashes.
Once the information is complete, any number of threads may use the type, in `msgspec.convert` and in decoders.

So each module prepares the structs that it defines, by a `Decoder` or by `prepare` at its end: any thread that has the
class has waited for that import. Callers' types are prepared under a lock, which none of our imports takes, because
their annotations may import a module that another thread is importing.
"""

from __future__ import annotations

from threading import RLock

import msgspec

_one_at_a_time = RLock()


def prepare(*kinds: object) -> None:
    """Prepare these types and the types of their fields. Call it at import, in the module that defines them."""
    for kind in kinds:
        msgspec.json.Decoder(kind)


def prepare_callers(kind: object) -> None:
    """Prepare a caller's type, at any time. Raises TypeError for a type that msgspec cannot decode to."""
    with _one_at_a_time:
        msgspec.json.Decoder(kind)
