"""A model's vocabulary, in the forms that exist: byte-level BPE, SentencePiece's BPE and unigrams, and WordPiece."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, TypeAlias

import msgspec
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from tokenizers import Tokenizer as HFTokenizer
from tokenizers import models, normalizers, pre_tokenizers

from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.text.pre_tokenizers import SUPPORTED, WHOLE_WORDS, pre_tokenizer

NORMAL: Final = 1
UNKNOWN: Final = 2
CONTROL: Final = 3
USER_DEFINED: Final = 4
BYTE: Final = 6
SPACE: Final = "\u2581"
"""What stands for a space in the tokens of SentencePiece."""
Form: TypeAlias = Literal["byte-level", "sentencepiece", "unigram", "wordpiece"]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens with GGUF's types for them, and the algorithm that makes plain text into some of them."""

    form: Form
    tokens: list[str]
    types: list[int]
    model: HFTokenizer
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
        return self.model.encode(text, add_special_tokens=False).ids


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
    form, model = build(file, tokens, types)
    first, last = ("cls", "sep") if form == "wordpiece" else ("bos", "eos")
    adds_first = file.get("tokenizer.ggml.add_bos_token", bool, form != "byte-level")
    adds_last = file.get("tokenizer.ggml.add_eos_token", bool, form == "wordpiece")
    spaced = form == "sentencepiece" and file.get("tokenizer.ggml.add_space_prefix", bool, True)
    return Vocabulary(
        form=form,
        tokens=tokens,
        types=types,
        model=model,
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
        number = file.get(key, int)
        if not 0 <= number < count:
            raise WeightsCorrupt(f"{file.path}: {key} = {number}; allowed: 0 to {count - 1}")
        named[name] = number
    if file.get("tokenizer.ggml.model", str) == "bert":  # where they are not named, they are those of BERT
        named = {"cls": named.get("cls", named.get("bos", 101)), "sep": named.get("sep", named.get("eos", 102))} | named
    return named


def _byte_level(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, HFTokenizer]:
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
    return "byte-level", model


def _sentencepiece(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, HFTokenizer]:
    """Any two tokens that make up a third are a merge, those of the highest score first.

    That is what SentencePiece does, as the scores of no two tokens that are made are the same.
    """
    scores = file.get_list("tokenizer.ggml.scores", float)
    if len(scores) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: {len(tokens)} tokenizer.ggml.tokens, but {len(scores)} scores")
    numbers = _numbers(file, tokens)
    made = {token: number for token, number in numbers.items() if types[number] in (NORMAL, UNKNOWN)}
    merges: list[tuple[str, str]] = []
    for token in sorted(made, key=lambda token: -scores[made[token]]):
        pairs = [
            (token[:cut], right)
            for cut in range(1, len(token))
            if (right := token[cut:]) in made and token[:cut] in made  # the ends first, which are seldom tokens
        ]
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (made[pair[0]], made[pair[1]]))
        merges += pairs
    unknown = next((token for token, number in numbers.items() if types[number] == UNKNOWN), None)
    if unknown is None:
        unknown = tokens[file.get("tokenizer.ggml.unknown_token_id", int, 0)]
    return "sentencepiece", HFTokenizer(
        models.BPE(numbers, merges, unk_token=unknown, byte_fallback=True, fuse_unk=True)
    )


def _wordpiece(file: ModelFile, tokens: list[str], types: list[int]) -> tuple[Form, HFTokenizer]:
    """GGUF marks the beginning of a word, WordPiece what continues one."""
    numbers = {}
    for number, token in enumerate(tokens):
        if types[number] == CONTROL or (token.startswith("[") and token.endswith("]")):
            numbers[token] = number
        else:
            numbers[token[1:] if token.startswith(SPACE) else f"##{token}"] = number
    unknown = tokens[file.get("tokenizer.ggml.unknown_token_id", int, 100)]
    model = HFTokenizer(models.WordPiece(numbers, unk_token=unknown, max_input_chars_per_word=200))
    model.normalizer = normalizers.BertNormalizer(lowercase=True)
    model.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return "wordpiece", model


def _numbers(file: ModelFile, tokens: list[str]) -> dict[str, int]:
    numbers = {token: number for number, token in enumerate(tokens)}
    if len(numbers) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.tokens holds a token twice")
    return numbers


@cache
def byte_of() -> dict[str, int]:
    """GPT-2's character for each byte, inverted: printable bytes are themselves, the others follow from 256 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + rank): byte for rank, byte in enumerate(others)}
