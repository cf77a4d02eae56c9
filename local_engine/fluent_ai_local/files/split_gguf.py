"""A GGUF file, whole or in parts as llama.cpp's `gguf-split` writes them: all metadata are in the first.

Keys of a part: `split.no` from 0 on, `split.count`, and `split.tensors.count` of all parts together
(https://github.com/ggml-org/llama.cpp/tree/master/tools/gguf-split).
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import numpy as np
from fluent_ai.errors import ModelLoadFailed, WeightsCorrupt
from numpy.typing import NDArray

from fluent_ai_local.files.file_names import parts
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.model_file import ModelFile

_SHOWN: Final = 5


def open_gguf(path: Path) -> ModelFile:
    """The model of which the file is a part, or all. Raises as `GGUFFile` and `SplitGGUF`."""
    names = parts(path.name)
    if len(names) > 1:
        return SplitGGUF([path.with_name(name) for name in names])
    file = GGUFFile(path)
    try:
        if (count := file.get("split.count", int, 1)) > 1:
            number = file.get("split.no", int, 0) + 1
            raise WeightsCorrupt(
                f"{path}: is part {number} of {count}, and named as if it were whole; expected a name that ends with "
                f"-{number:05d}-of-{count:05d}.gguf, and the other parts beside it"
            )
    except BaseException:
        file.close()
        raise
    return file


class SplitGGUF(ModelFile):
    """All parts of a model, open.

    Raises ModelLoadFailed, which names the parts that are not there, and WeightsCorrupt for a part of another model or
    in another's place; otherwise as `GGUFFile`.
    """

    def __init__(self, paths: list[Path]) -> None:
        self.path = paths[0]
        missing = [path.name for path in paths if not path.is_file()]
        if missing:
            shown = ", ".join(missing[:_SHOWN]) + (", ..." if len(missing) > _SHOWN else "")
            raise ModelLoadFailed(
                f"{paths[0].parent}: {len(missing)} of the {len(paths)} parts are missing: {shown}", provider="local"
            )
        with ExitStack() as opened:
            self._parts = [opened.enter_context(GGUFFile(path)) for path in paths]
            self._check()
            self._files = opened.pop_all()
        self.metadata = self._parts[0].metadata
        self.tensors = {name: info for part in self._parts for name, info in part.tensors.items()}
        self._holders = {name: part for part in self._parts for name in part.tensors}

    def close(self) -> None:
        self._files.close()

    def raw(self, name: str, first: int, count: int) -> NDArray[np.uint8]:
        return self._holder(name).raw(name, first, count)

    def values(self, name: str, first: int, count: int) -> NDArray[np.float32]:
        return self._holder(name).values(name, first, count)

    def _holder(self, name: str) -> GGUFFile:
        self.info(name)
        return self._holders[name]

    def _check(self) -> None:
        seen: set[str] = set()
        for number, part in enumerate(self._parts):
            found = part.get("split.no", int), part.get("split.count", int)
            if found != (number, len(self._parts)):
                raise WeightsCorrupt(
                    f"{part.path}: says that it is part {found[0] + 1} of {found[1]}; expected {number + 1} of "
                    f"{len(self._parts)}"
                )
            if twice := sorted(seen & part.tensors.keys()):
                raise WeightsCorrupt(f"{part.path}: tensor {twice[0]!r} is in an earlier part as well")
            seen |= part.tensors.keys()
        expected = self._parts[0].get("split.tensors.count", int, len(seen))
        if len(seen) != expected:
            raise WeightsCorrupt(f"{self.path}: all parts have {len(seen)} tensors together, expected {expected}")
