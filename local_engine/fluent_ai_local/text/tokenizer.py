"""Text to token ids and back, with the byte-level BPE vocabulary inside a GGUF file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from functools import cache
from typing import Final

from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from tokenizers import AddedToken, Regex, pre_tokenizers
from tokenizers import Tokenizer as HFTokenizer
from tokenizers.models import BPE

from fluent_ai_local.files.gguf import GGUFFile

_NORMAL: Final = 1
_CONTROL: Final = 3
_USER_DEFINED: Final = 4
_END_OF_TURN: Final = frozenset({"<|endoftext|>", "<|im_end|>", "<|end_of_text|>", "<|eot_id|>", "<|eom_id|>"})
"""Control tokens that end a reply even where the metadata names another one."""
_GUARD: Final = "\ue000"
"""A private-use character that stands for nothing; see `Tokenizer.guard`."""
_LLAMA3: Final = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def _pre_tokenizer(name: str) -> pre_tokenizers.PreTokenizer | None:
    """By `tokenizer.ggml.pre`."""
    gpt2 = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    if name == "gpt-2":
        return gpt2
    if name == "smollm":
        return pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), gpt2])
    if name == "llama-bpe":
        words = pre_tokenizers.Split(Regex(_LLAMA3), behavior="isolated")
        return pre_tokenizers.Sequence([words, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    return None


class Tokenizer:
    """Built from a GGUF's metadata; `stop_tokens` are the ids that end a reply.

    Raises UnsupportedModel for other kinds of tokenizer, WeightsCorrupt for a vocabulary that contradicts itself.
    """

    def __init__(self, file: GGUFFile) -> None:
        kind = file.get("tokenizer.ggml.model", str)
        if kind != "gpt2":
            raise UnsupportedModel(f"{file.path}: tokenizer.ggml.model = {kind!r}; supported: 'gpt2' (byte-level BPE)")
        pre = file.get("tokenizer.ggml.pre", str, "gpt-2")
        pre_tokenizer = _pre_tokenizer(pre)
        if pre_tokenizer is None:
            raise UnsupportedModel(
                f"{file.path}: tokenizer.ggml.pre = {pre!r}; supported: 'gpt-2', 'smollm', 'llama-bpe'"
            )
        self.tokens = file.get_list("tokenizer.ggml.tokens", str)
        self._types = file.get_list("tokenizer.ggml.token_type", int) or [_NORMAL] * len(self.tokens)
        if len(self._types) != len(self.tokens):
            raise WeightsCorrupt(
                f"{file.path}: {len(self.tokens)} tokenizer.ggml.tokens, but {len(self._types)} token types"
            )
        control = self._of_type(_CONTROL)
        self._bpe = HFTokenizer(_bpe(file, self.tokens))
        self._bpe.pre_tokenizer = pre_tokenizer
        self._bpe.add_special_tokens([AddedToken(token, normalized=False) for token in control])
        self._bpe.add_tokens([AddedToken(token, normalized=False) for token in self._of_type(_USER_DEFINED)])
        self._control = re.compile("|".join(map(re.escape, sorted(control, key=len, reverse=True))) or "(?!)")
        self.bos_token = self._named(file, "bos")
        self.eos_token = self._named(file, "eos")
        ends = {self._named(file, name) for name in ("eos", "eot", "eom")} | _END_OF_TURN
        self.stop_tokens = frozenset(
            number for number, token in enumerate(self.tokens) if token in ends and self._types[number] == _CONTROL
        )

    def encode(self, text: str) -> list[int]:
        """Ids of `text`; control tokens in it become their ids, unless guarded. No beginning token is added."""
        ids: list[int] = []
        for piece in text.split(_GUARD):
            ids += self._bpe.encode(piece, add_special_tokens=False).ids
        return ids

    def guard(self, text: str) -> str:
        """`text` whose control tokens `encode` takes as plain text, so that no user can speak as another role."""
        return self._control.sub(lambda found: f"{found[0][0]}{_GUARD}{found[0][1:]}", text.replace(_GUARD, ""))

    def token_bytes(self, token: int) -> bytes:
        """The UTF-8 bytes, perhaps a part of a character, that a token stands for; none for a control token."""
        if self._types[token] == _CONTROL:
            return b""
        text = self.tokens[token]
        if self._types[token] == _USER_DEFINED:
            return text.encode()
        return bytes(byte for character in text if (byte := _byte_of().get(character)) is not None)

    def containing(self, texts: Collection[str]) -> frozenset[int]:
        """The tokens in which one of some texts occurs."""
        wanted = [text.encode() for text in texts]
        return frozenset(
            number for number in range(len(self.tokens)) if any(text in self.token_bytes(number) for text in wanted)
        )

    def decoder(self) -> Decoder:
        """A fresh decoder for one reply."""
        return Decoder(self)

    def _of_type(self, kind: int) -> list[str]:
        return [token for token, its_kind in zip(self.tokens, self._types, strict=True) if its_kind == kind]

    def _named(self, file: GGUFFile, name: str) -> str:
        key = f"tokenizer.ggml.{name}_token_id"
        if key not in file.metadata:
            return ""
        number = file.get(key, int)
        if not 0 <= number < len(self.tokens):
            raise WeightsCorrupt(f"{file.path}: {key} = {number}; allowed: 0 to {len(self.tokens) - 1}")
        return self.tokens[number]


class Decoder:
    """Token ids to text, one at a time; a character comes out when its last byte is in.

    The pieces joined equal the bytes of all tokens decoded at once, with U+FFFD for what is not UTF-8.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, token: int) -> str:
        return self._utf8.decode(self._tokenizer.token_bytes(token))

    def finish(self) -> str:
        return self._utf8.decode(b"", final=True)


def _bpe(file: GGUFFile, tokens: list[str]) -> BPE:
    merges = []
    for number, merge in enumerate(file.get_list("tokenizer.ggml.merges", str)):
        left, space, right = merge.partition(" ")
        if not (left and space and right):
            raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.merges[{number}] = {merge!r}; expected two tokens")
        merges.append((left, right))
    vocabulary = {token: number for number, token in enumerate(tokens)}
    if len(vocabulary) != len(tokens):
        raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.tokens holds a token twice")
    try:
        return BPE(vocabulary, merges)
    except Exception as error:  # the library raises bare Exception
        raise WeightsCorrupt(f"{file.path}: tokenizer.ggml.merges: {error}") from None


@cache
def _byte_of() -> dict[str, int]:
    """GPT-2's character for each byte, inverted: printable bytes are themselves, the others follow from 256 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + rank): byte for rank, byte in enumerate(others)}
