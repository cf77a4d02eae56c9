"""llama.cpp's malformed GGUF files and ggml's own dequantised values."""

from __future__ import annotations

import json

import gguf
import numpy as np
import pytest
from fluent_ai.errors import EngineError, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.files.gguf import GGUFFile
from recordings import REASON, recorded

SUITE = recorded("suites", "gguf")
if not SUITE.is_dir():
    pytest.skip(REASON, allow_module_level=True)

MALFORMED = json.loads((SUITE / "malformed" / "expect.json").read_text())
DEQUANT = json.loads((SUITE / "dequant" / "ggml_dequant.json").read_text())


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case["file"])
def test_verdict_on_header_is_llama_cpps(case):
    path = SUITE / "malformed" / case["file"]
    if not case["loads"]:
        with pytest.raises((WeightsCorrupt, UnsupportedModel), match=case["file"]):
            GGUFFile(path)
        return
    with GGUFFile(path) as file:
        assert len(file.metadata) == case["n_kv"]
        assert len(file.tensors) == case["n_tensors"]


@pytest.mark.parametrize("case", [case for case in MALFORMED if case["loads"]], ids=lambda case: case["file"])
def test_data_is_read_or_refused(case):
    whole = case["file"].startswith("DATA")
    with GGUFFile(SUITE / "malformed" / case["file"]) as file:
        for name, info in file.tensors.items():
            try:
                assert file.tensor(name).shape == info.shape
            except EngineError as error:
                assert isinstance(error, UnsupportedModel if whole else WeightsCorrupt)  # noqa: PT017
                continue
            assert whole


@pytest.mark.parametrize("case", DEQUANT, ids=lambda case: case["type"])
def test_dequantised_values_are_ggmls(case, tmp_path):
    raw = np.frombuffer(bytes.fromhex(case["raw_hex"]), dtype=np.uint8)
    expected = np.array(case["values"], dtype=np.float32)
    path = tmp_path / "one.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tensor("t", raw, raw_dtype=gguf.GGMLQuantizationType(case["type_id"]))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with GGUFFile(path) as file:
        np.testing.assert_array_max_ulp(file.tensor("t").numpy(), expected, maxulp=1)
