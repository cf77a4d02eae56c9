"""A vocabulary of unigrams for tiny XLM-R models, as a folder of Hugging Face holds it."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

_WORDS = ["\u2581", "a", "b", "c", "\u2581the", "\u2581cat", "ab", "\u2581a", "<", ">", "s", "/"]
PIECES = [
    *((control, 0.0) for control in ("<s>", "<pad>", "</s>", "<unk>")),
    *((word, -3.0 - number / 10) for number, word in enumerate(_WORDS)),
]


def write_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(PIECES, unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([piece for piece, _ in PIECES[:4]])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer
