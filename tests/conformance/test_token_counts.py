"""Token counts without a tokenizer, against llama.cpp's texts for real vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent_ai.content.token_counts import least_tokens, likely_most_tokens
from recordings import REASON, recorded

FOLDER = recorded("suites", "tokenizers", "llama_cpp")
if not FOLDER.is_dir():
    pytest.skip(REASON, allow_module_level=True)

VOCABULARIES = sorted(FOLDER.glob("*.inp"))
SEPARATOR = "\n__ggml_vocab_test__\n"


@pytest.mark.parametrize("file", VOCABULARIES, ids=lambda file: file.name.removesuffix(".gguf.inp"))
def test_no_text_has_fewer_tokens_than_words_nor_many_more_than_estimated(file: Path) -> None:
    texts = file.read_bytes().decode("utf-8").split(SEPARATOR)
    counts = [len(line.split()) for line in file.with_suffix(".out").read_text("utf-8").split("\n")]
    tokens = dict(zip(texts, counts, strict=False))
    assert len(tokens) > 40
    for text, count in tokens.items():
        assert least_tokens(text) <= count
        assert count <= 1.5 * likely_most_tokens(text) + 2, text
    ratio = sum(map(likely_most_tokens, tokens)) / sum(tokens.values())
    assert 1.1 < ratio < 2.2
