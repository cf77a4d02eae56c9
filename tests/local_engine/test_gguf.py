"""The reader on real files, and on every way to damage one."""

from __future__ import annotations

import struct

import gguf
import numpy as np
import pytest
import torch
from fluent_ai.errors import EngineError, ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.files.gguf import GGUFFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def string(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()


def header(tensors: int = 0, keys: int = 0, body: bytes = b"", version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, keys) + body


def info(name: str = "t", dims: tuple[int, ...] = (32,), kind: int = 0, offset: int = 0) -> bytes:
    return string(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, offset)


@pytest.fixture
def write(tmp_path):
    def write_bytes(data: bytes):
        path = tmp_path / "f.gguf"
        path.write_bytes(data)
        return path

    return write_bytes


def test_metadata_and_tensors_come_back_as_the_library_wrote_them(tmp_path):
    path = tmp_path / "all.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    values = {
        "u8": 255, "i8": -128, "u16": 65535, "i16": -32768, "u32": 2**32 - 1, "i32": -(2**31),
        "u64": 2**64 - 1, "i64": -(2**63), "f32": 0.5, "f64": 0.1, "b": True, "s": "Grüße 🎉",
    }  # fmt: skip
    names = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64", "bool")
    for (key, value), kind in zip(values.items(), (*names, "string"), strict=True):
        getattr(writer, f"add_{kind}")(key, value)
    writer.add_array("numbers", [1, -2, 3])
    writer.add_array("words", ["", "é", "x" * 1000])
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
    halves = matrix.astype(np.float16) / 2
    writer.add_tensor("matrix", matrix)
    writer.add_tensor("halves", halves)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with GGUFFile(path) as file:
        assert file.metadata == {
            "general.architecture": "llama", **values, "numbers": [1, -2, 3], "words": ["", "é", "x" * 1000],
        }  # fmt: skip
        assert torch.equal(file.tensor("matrix"), torch.from_numpy(matrix))
        assert torch.equal(file.tensor("halves"), torch.from_numpy(halves.astype(np.float32)))
        assert file.tensors["matrix"].shape == (2, 3)
        assert file.parameters == 12


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", WeightsCorrupt, "the file is empty"),
        (b"GG", WeightsCorrupt, "magic number"),
        (b"PK\3\4" + bytes(40), WeightsCorrupt, r"not a GGUF file: it begins with b'PK"),
        (header(version=1), UnsupportedModel, "GGUF version 1; supported: 2 and 3"),
        (header(version=3 << 24), UnsupportedModel, "little-endian"),
        (header(keys=2**60), WeightsCorrupt, "the metadata needs"),
        (header(tensors=2**60), WeightsCorrupt, "the tensor table needs"),
        (header(keys=1, body=struct.pack("<Q", 2**63) + bytes(20)), WeightsCorrupt, "metadata key 0 needs"),
        (header(keys=1, body=struct.pack("<Q", 2) + b"\xff\xfe" + bytes(20)), WeightsCorrupt, "not UTF-8"),
        (header(keys=1, body=string("key") + struct.pack("<I", 99) + bytes(9)), WeightsCorrupt, "type 99"),
        (header(keys=2, body=2 * (string("key") + struct.pack("<II", 4, 1))), WeightsCorrupt, "'key' stands"),
        (header(keys=1, body=string("k") + struct.pack("<IIQ", 9, 4, 2**61) + bytes(9)), WeightsCorrupt, "k needs"),
        (header(keys=1, body=string("k") + struct.pack("<IIQ", 9, 8, 2**61) + bytes(9)), WeightsCorrupt, "k needs"),
        (header(keys=1, body=string("k") + struct.pack("<IIQ", 9, 9, 1) + bytes(9)), WeightsCorrupt, "items of type 9"),
        (header(keys=1, body=string("general.alignment") + struct.pack("<II", 4, 3)), WeightsCorrupt, "alignment = 3"),
        (header(keys=1, body=string("general.alignment") + struct.pack("<IQ", 8, 0)), WeightsCorrupt, "alignment = ''"),
        (header(1, body=info(dims=(1,) * 5)), WeightsCorrupt, "5 dimensions; allowed: at most 4"),
        (header(1, body=info(kind=4711)), UnsupportedModel, "unknown type 4711"),
        (header(1, body=info(dims=(2**40, 2**40))), WeightsCorrupt, "out of range"),
        (header(1, body=info(dims=(33,), kind=8)), WeightsCorrupt, "rows of 33 are no multiple of Q8_0's block of 32"),
        (header(1, body=info(offset=32)), WeightsCorrupt, "offset 32, expected 0"),
        (header(1, body=info(name="n" * 64)), WeightsCorrupt, "has 64 bytes; allowed: 63"),
        (header(2, body=info() + info(offset=128)), WeightsCorrupt, "'t' stands there twice"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_one_error_that_names_file_and_field(write, data, error, message):
    with pytest.raises(error, match=r"f\.gguf: ") as raised:
        GGUFFile(write(data))
    assert message in str(raised.value)


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path):
    with pytest.raises(ModelLoadFailed, match="No such file"):
        GGUFFile(tmp_path / "none.gguf")
    with pytest.raises(ModelLoadFailed, match="directory"):
        GGUFFile(tmp_path)


def test_a_type_that_cannot_be_dequantised_is_named(write):
    data = header(1, body=info(kind=24))  # I8
    with GGUFFile(write(data + bytes(200))) as file, pytest.raises(UnsupportedModel, match="'t': type I8"):
        file.tensor("t")


def test_values_of_another_type_are_refused(tiny_path):
    with GGUFFile(tiny_path) as file:
        assert file.get("no.such.key", int, 3) == 3
        assert file.get_list("no.such.key", int) == []
        assert file.get("llama.context_length", float) == 600.0
        for key, kind in (("llama.context_length", str), ("tokenizer.ggml.tokens", str)):
            with pytest.raises(WeightsCorrupt, match=f"{key} is of type"):
                file.get(key, kind)
        with pytest.raises(WeightsCorrupt, match=r"token_type holds int, expected str"):
            file.get_list("tokenizer.ggml.token_type", str)
        with pytest.raises(WeightsCorrupt, match=r"expected an array"):
            file.get_list("llama.context_length", int)


def read_everything(path) -> None:
    with GGUFFile(path) as file:
        for name in file.tensors:
            file.tensor(name)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_truncated_file_is_always_refused(data, tiny_path, write):
    whole = tiny_path.read_bytes()
    with GGUFFile(tiny_path) as file:  # what follows the last tensor is only padding
        needed = max(info.start + info.size for info in file.tensors.values())
    with pytest.raises(WeightsCorrupt):
        read_everything(write(whole[: data.draw(st.integers(0, needed - 1))]))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 3999), value=st.integers(0, 255))
def test_a_damaged_header_is_read_or_refused_never_worse(position, value, tiny_path, write):
    data = bytearray(tiny_path.read_bytes())
    data[position] = value
    try:
        read_everything(write(bytes(data)))
    except EngineError as error:
        assert "f.gguf" in str(error)  # noqa: PT017  # reading may also succeed
