"""A model's vocabulary, in the forms that exist: byte-level BPE, SentencePiece's BPE and unigrams, and WordPiece."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, Literal, TypeAlias

import msgspec
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from tokenizers import Tokenizer as HFTokenizer
from tokenizers import models, normalizers, pre_tokenizers

from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.text.pre_tokenizers import SUPPORTED, WHOLE_WORDS, pre_tokenizer
from fluent_ai_local.text.score_bpe import SPACE, ScoreBPE

NORMAL: Final = 1
UNKNOWN: Final = 2
CONTROL: Final = 3
USER_DEFINED: Final = 4
BYTE: Final = 6
Form: TypeAlias = Literal["byte-level", "sentencepiece", "unigram", "wordpiece"]
Encode: TypeAlias = Callable[[str], list[int]]
"""Plain text to ids. Raises UnicodeEncodeError for lone surrogates."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens with GGUF's types for them, and the algorithm that makes plain text into some of them (`encode`)."""

    form: Form
    tokens: list[str]
    types: list[int]
    encode: Encode
    space_first: bool = False
    """A space is put before text that begins, or follows a control token (SentencePiece)."""
    drops_space: bool = False
    """A space at the beginning of what is decoded was put there, and is no part of the text."""
    named: dict[str, int]
    """Ids of tokens with a role: `bos`, `eos`."""
    ends: frozenset[int] = frozenset()
    """Tokens that end a reply."""
    before: list[int] = []
    """What the model wants before a text."""
    after: list[int] = []
    between: list[int] = []
    """What it wants before a second text, beside what stands after the first."""

    def encode_inside(self, text: str) -> list[int]:
        """Ids of plain text that follows other text, so that no space is put before it."""
        if self.form == "sentencepiece":
            text = text.replace(" ", SPACE)
        return self.encode(text)


def by_library(model: HFTokenizer) -> Encode:
    """What the library `tokenizers` makes of plain text."""
    return lambda text: model.encode(text, add_special_tokens=False).ids


def read_gguf(file: ModelFile) -> Vocabulary:
    """Raises UnsupportedModel for other forms, WeightsCorrupt for a vocabulary that contradicts itself."""
    kind = file.get("tokenizer.ggml.model", str)
    build = {"gpt2": _byte_level, "llama": _sentencepiece, "bert": _wordpiece}.get(kind)
    if build is None:
        raise UnsupportedModel(
            f"{file.path}: tokenizer.ggml.model = {kind!r}; supported: 'gpt2' (byte-level BPE), "
            "'llama' (SentencePiece), 'bert' (WordPiece)"
        )
    tokens = file.get_list("tokenizer.ggml.tokens", str)
    types = file.get_list("tokenizer.ggml.token_type", int) or [NORMAL] * len(tokens)
    if len(types) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: {len(tokens)} tokenizer.ggml.tokens, but {len(types)} token types")
    named = _named(file, len(tokens))
    form, encode = build(file, tokens, types)
    first, last = ("cls", "sep") if form == "wordpiece" else ("bos", "eos")
    adds_first = file.get("tokenizer.ggml.add_bos_token", bool, form != "byte-level")
    adds_last = file.get("tokenizer.ggml.add_eos_token", bool, form == "wordpiece")
    spaced = form == "sentencepiece" and file.get("tokenizer.ggml.add_space_prefix", bool, True)
    return Vocabulary(
        form=form,
        tokens=tokens,
        types=types,
        encode=encode,
        space_first=spaced,
        drops_space=spaced,
        named=named,
        ends=frozenset(named[name] for name in ("eos", "eot", "eom") if name in named),
        before=[named[first]] if adds_first and first in named else [],
        after=[named[last]] if adds_last and last in named else [],
    )


def _named(file: ModelFile, count: int) -> dict[str, int]:
    keys = {"bos": "bos", "eos": "eos", "eot": "eot", "eom": "eom", "cls": "cls", "sep": "seperator"}
    named = {}
    for name, written in keys.items():
        key = f"tokenizer.ggml.{written}_token_id"
        if key not in file.metadata:
            continue
        named[name] = _id(file, key, count)
    if file.get("tokenizer.ggml.model", str) == "bert":  # where they are not named, they are those of BERT
        named = {"cls": named.get("cls", named.get("bos", 101)), "sep": named.get("sep", named.get("eos", 102))} | named
    return named


def _id(file: ModelFile, key: str, count: int, default: int | None = None) -> int:
    number = file.get(key, int, default)
    if not 0 <= number < count:
        raise WeightsCorrupt(f"{file.path}: {key} = {number}; allowed: 0 to {count - 1}")
    return number


def _byte_level(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, Encode]:
    pre = file.get("tokenizer.ggml.pre", str, "default")
    cutter = pre_tokenizer(pre)
    if cutter is None:
        raise UnsupportedModel(f"{file.path}: tokenizer.ggml.pre = {pre!r}; supported: {', '.join(SUPPORTED)}")
    merges = []
    for number, merge in enumerate(file.get_list("tokenizer.ggml.merges", str)):
        left, space, right = merge.partition(" ")
        if not (left and space and right):
            raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.merges[{number}] = {merge!r}; expected two tokens")
        merges.append((left, right))
    try:
        model = HFTokenizer(models.BPE(_numbers(file, tokens), merges, ignore_merges=pre in WHOLE_WORDS))
    except Exception as error:  # the library raises bare Exception
        if isinstance(error, WeightsCorrupt):
            raise
        raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.merges: {error}") from None
    model.pre_tokenizer = cutter
    return "byte-level", by_library(model)


def _sentencepiece(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, Encode]:
    scores = file.get_list("tokenizer.ggml.scores", float)
    if len(scores) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: {len(tokens)} tokenizer.ggml.tokens, but {len(scores)} scores")
    numbers = _numbers(file, tokens)
    of_bytes = [numbers.get(f"<0x{byte:02X}>") for byte in range(256)]
    unknown = _id(file, "tokenizer.ggml.unknown_token_id", len(tokens), 0)
    for number, kind in enumerate(types):
        if kind == UNKNOWN:
            unknown = number
        elif kind not in (NORMAL, USER_DEFINED):
            del numbers[tokens[number]]
    return "sentencepiece", ScoreBPE(numbers, scores, of_bytes, unknown=unknown)


def _wordpiece(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, Encode]:
    """GGUF marks the beginning of a word, WordPiece what continues one."""
    numbers = {}
    for number, token in enumerate(tokens):
        if types[number] == CONTROL or (token.startswith("[") and token.endswith("]")):
            numbers[token] = number
        else:
            numbers[token[1:] if token.startswith(SPACE) else f"##{token}"] = number
    unknown = tokens[_id(file, "tokenizer.ggml.unknown_token_id", len(tokens), 100)]
    model = HFTokenizer(models.WordPiece(numbers, unk_token=unknown, max_input_chars_per_word=200))
    model.normalizer = normalizers.BertNormalizer(lowercase=True)
    model.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return "wordpiece", by_library(model)


def _numbers(file: ModelFile, tokens: list[str]) -> dict[str, int]:
    numbers = dict(zip(tokens, range(len(tokens)), strict=True))
    if len(numbers) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.tokens holds a token twice")
    return numbers


@cache
def byte_of() -> dict[str, int]:
    """GPT-2's character for each byte, inverted: printable bytes are themselves, the others follow from 256 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + rank): byte for rank, byte in enumerate(others)}
