"""What files of weights are called: in folders of Hugging Face, and in GGUF files that were split into parts."""

from __future__ import annotations

import re
from typing import Final

CONFIG: Final = "config.json"
INDEX: Final = "model.safetensors.index.json"
SINGLE: Final = "model.safetensors"
GGUF: Final = ".gguf"
_PART: Final = re.compile(r"(?P<stem>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.DOTALL)


def parts(name: str) -> list[str]:
    """The names of all parts of the model that a GGUF file belongs to, in their order; the name itself if it is whole.

    llama.cpp's `gguf-split` writes such names: `name-00001-of-00003.gguf`.
    """
    found = _PART.fullmatch(name)
    if found is None or not 1 <= int(found["number"]) <= int(found["count"]):
        return [name]
    count = int(found["count"])
    return [f"{found['stem']}-{number:05d}-of-{count:05d}{GGUF}" for number in range(1, count + 1)]
