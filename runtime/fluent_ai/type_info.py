"""What msgspec knows of a type, made before two threads can meet in it.

At the first use of a struct, dataclass, TypedDict or NamedTuple msgspec puts its knowledge on the class, and completes
it only then. A thread that decodes to the same type meanwhile reads what is not there, and the process dies. Types
that are complete may be used by any number of threads, in `msgspec.convert` as in decoders.

So our structs are prepared by the module that defines them, by a `Decoder` or by `prepare` at its end: whoever has the
class has waited for the import. The types of callers are prepared under a lock, which no import of ours takes:
their annotations may import what another thread is importing.
"""

from __future__ import annotations

from threading import RLock

import msgspec

_one_at_a_time = RLock()


def prepare(*kinds: object) -> None:
    """Complete these types, and the types of their fields. To be called where the types are defined, on import."""
    for kind in kinds:
        msgspec.json.Decoder(kind)


def prepare_callers(kind: object) -> None:
    """The same for a type of a caller's, at any time. Raises TypeError for a type that msgspec cannot decode to."""
    with _one_at_a_time:
        msgspec.json.Decoder(kind)
