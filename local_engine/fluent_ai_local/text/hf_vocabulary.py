"""The vocabulary of a Hugging Face folder, out of its `tokenizer.json`."""

from __future__ import annotations

import re
from typing import Final

import msgspec
from fluent_ai.errors import WeightsCorrupt
from fluent_ai.type_info import prepare
from tokenizers import Tokenizer as HFTokenizer

from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.text.score_bpe import SPACE
from fluent_ai_local.text.vocabulary import (
    BYTE,
    CONTROL,
    NORMAL,
    UNKNOWN,
    USER_DEFINED,
    Form,
    Vocabulary,
    by_library,
)

_FILE: Final = "tokenizer.json"
_NEVER: Final = -1e6
"""A score with which no token is chosen, where there is another way."""
_BYTE: Final = re.compile(r"<0x[0-9A-Fa-f]{2}>")


class _Added(msgspec.Struct):
    id: int
    content: str
    special: bool = False


class _Algorithm(msgspec.Struct, frozen=True):
    type: str = "BPE"
    unk_token: str | None = None
    unk_id: int | None = None


class _File(msgspec.Struct):
    added_tokens: list[_Added] = []
    model: _Algorithm = _Algorithm()
    decoder: msgspec.Raw = msgspec.Raw(b"null")


def read_folder(folder: HuggingFaceFolder) -> Vocabulary:
    """Raises ModelLoadFailed or WeightsCorrupt, which name the file."""
    text = folder.read_text(_FILE)
    try:
        found = msgspec.json.decode(text, type=_File)
        whole = HFTokenizer.from_str(text.decode())
        whole.no_padding()
        whole.no_truncation()
        # Control tokens are looked for before, so that those in a user's text can be told apart.
        plain = HFTokenizer.from_str(_without_added(text, found))
    except Exception as error:  # the library raises bare Exception
        raise WeightsCorrupt(f"{folder.path / _FILE}: {error}") from None
    tokens, types = _tokens(whole, found)
    before, after, between = _around(whole)
    named = {name: number for name in ("bos", "eos") if (number := _named(folder, name, whole)) is not None}
    ends = folder.read_json("generation_config.json", optional=True).get("eos_token_id")
    return Vocabulary(
        form=_form(found),
        tokens=tokens,
        types=types,
        encode=by_library(plain),
        drops_space=any(token.startswith(SPACE) for token in plain.encode("a").tokens),
        named=named,
        before=before,
        after=after,
        between=between,
        ends=frozenset(each for each in (ends if isinstance(ends, list) else [ends]) if isinstance(each, int)),
    )


def read_template(folder: HuggingFaceFolder) -> str:
    """The chat template, from a file of its own or the tokenizer's configuration; empty where there is none."""
    if text := folder.read_text("chat_template.jinja", optional=True):
        return text.decode(errors="replace")
    found = folder.read_json("tokenizer_config.json", optional=True).get("chat_template")
    if isinstance(found, list):  # one for each purpose
        named = {each.get("name"): each.get("template") for each in found if isinstance(each, dict)}
        found = named.get("default")
    return found if isinstance(found, str) else ""


def _without_added(text: bytes, found: _File) -> str:
    content = msgspec.json.decode(text)
    content["added_tokens"] = []
    content["post_processor"] = content["padding"] = content["truncation"] = None
    if found.model.type == "Unigram":  # whose vocabulary holds control tokens, with the best of all scores
        for added in found.added_tokens:
            if added.special and added.id < len(content["model"]["vocab"]):
                content["model"]["vocab"][added.id][1] = _NEVER
    return msgspec.json.encode(content).decode()


def _tokens(whole: HFTokenizer, found: _File) -> tuple[list[str], list[int]]:
    numbers = whole.get_vocab(with_added_tokens=True)
    size = max(numbers.values(), default=-1) + 1
    tokens, types = [""] * size, [NORMAL] * size
    for token, number in numbers.items():
        tokens[number] = token
        if _BYTE.fullmatch(token):
            types[number] = BYTE
    if found.model.unk_id is not None and found.model.unk_id < size:
        types[found.model.unk_id] = UNKNOWN
    if found.model.unk_token in numbers:
        types[numbers[found.model.unk_token]] = UNKNOWN
    for added in found.added_tokens:
        types[added.id] = CONTROL if added.special else USER_DEFINED
    return tokens, types


def _form(found: _File) -> Form:
    if found.model.type == "WordPiece":
        return "wordpiece"
    if found.model.type == "Unigram":
        return "unigram"
    return "byte-level" if b'"ByteLevel"' in bytes(found.decoder) else "sentencepiece"


def _around(whole: HFTokenizer) -> tuple[list[int], list[int], list[int]]:
    """The ids that the tokenizer puts before and after a text, and before a second one."""
    inside = whole.encode("a", add_special_tokens=False).ids
    ids = whole.encode("a").ids
    extra = len(ids) - len(inside)
    start = next((at for at in range(extra + 1) if ids[at : at + len(inside)] == inside), 0)
    before, after = ids[:start], ids[start + len(inside) :]
    pair = whole.encode("a", "a").ids
    between = pair[len(ids) : len(pair) - len(inside) - len(after)]
    return before, after, between if pair == [*ids, *between, *inside, *after] else []


def _named(folder: HuggingFaceFolder, name: str, whole: HFTokenizer) -> int | None:
    value = folder.read_json("tokenizer_config.json", optional=True).get(f"{name}_token")
    if isinstance(value, dict):
        value = value.get("content")
    return whole.token_to_id(value) if isinstance(value, str) else None


prepare(_File)
