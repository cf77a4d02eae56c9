# Generated from specs/wire/sound_events.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class SoundData(Struct, gc=False):
    audio: str | None = None
    status: int | None = None


class Status(Struct, gc=False):
    status_code: int | None = None
    status_msg: str | None = None


class SoundEvent(Struct, gc=False):
    """
    An event of a stream, or the whole answer.
    """

    type: str | None = None
    audio_data: str | None = None
    usage: Any | None = None
    data: SoundData | None = None
    trace_id: str | None = None
    base_resp: Status | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    SoundData,
    Status,
    SoundEvent,
):
    Decoder(_struct)
