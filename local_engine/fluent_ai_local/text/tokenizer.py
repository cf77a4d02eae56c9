"""Text to token ids and back."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Final

from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.text import vocabulary
from fluent_ai_local.text.any_of import any_of
from fluent_ai_local.text.score_bpe import SPACE
from fluent_ai_local.text.vocabulary import BYTE, CONTROL, UNKNOWN, USER_DEFINED, Vocabulary, byte_of

if TYPE_CHECKING:
    from llguidance import LLTokenizer

_END_OF_TURN: Final = frozenset(
    {
        "<|endoftext|>", "<|im_end|>", "<|end_of_text|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<end_of_turn>",
        "<\uff5cend\u2581of\u2581sentence\uff5c>", "[EOS]",
    }
)  # fmt: skip
"""Control tokens that end a reply even where the metadata names another one."""
_BYTE: Final = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_MARKS: Final = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
"""Characters for private use, of which a text may hold any, but no text holds all."""


def free_mark(*texts: str) -> str:
    """A character for private use that is in none of the texts; see `Tokenizer.guard`."""
    used = set().union(*texts)
    return next(chr(code) for codes in _MARKS for code in codes if chr(code) not in used)


class Tokenizer:
    """Built from a vocabulary; `stop_tokens` are the ids that end a reply."""

    def __init__(self, found: ModelFile | Vocabulary) -> None:
        self.vocabulary = found if isinstance(found, Vocabulary) else vocabulary.read_gguf(found)
        self.tokens = self.vocabulary.tokens
        self._types = self.vocabulary.types
        named = self.vocabulary.named
        self.bos_token = self.tokens[named["bos"]] if "bos" in named else ""
        self.eos_token = self.tokens[named["eos"]] if "eos" in named else ""
        self.stop_tokens = self.vocabulary.ends | {
            number
            for number, kind in enumerate(self._types)
            if kind in (CONTROL, USER_DEFINED) and self.tokens[number] in _END_OF_TURN
        }

    def encode(self, text: str, mark: str = "") -> list[int]:
        """Ids of `text`; control tokens in it become their ids, unless guarded by `mark`. Nothing is added."""
        ids: list[int] = []
        begins = True
        at = 0
        for found in self._whole.finditer(text):
            ids += self._encode_plain(text[at : found.start()], mark, begins)
            number = self._numbers[found[0]]
            ids.append(number)
            begins = self._types[number] == CONTROL
            at = found.end()
        return ids + self._encode_plain(text[at:], mark, begins)

    def encode_text(self, text: str) -> list[int]:
        """Ids of a text for its own sake, none of whose characters is taken as a control token, between those tokens
        that the model wants around it.
        """
        mark = free_mark(text)
        return [*self.vocabulary.before, *self.encode(self.guard(text, mark), mark), *self.vocabulary.after]

    def guard(self, text: str, mark: str) -> str:
        """`text` whose control tokens `encode` takes as plain text, so that no user can speak as another role.

        `mark` is a character that the text does not hold.
        """
        return self._control.sub(lambda found: f"{found[0][0]}{mark}{found[0][1:]}", text)

    def token_bytes(self, token: int) -> bytes:
        """The UTF-8 bytes, perhaps a part of a character, that a token stands for; none for a control token."""
        kind, text = self._types[token], self.tokens[token]
        if kind in (CONTROL, UNKNOWN):
            return b""
        if kind == USER_DEFINED and self.vocabulary.form != "sentencepiece":
            return text.encode()
        if self.vocabulary.form == "byte-level":
            return bytes(byte for character in text if (byte := byte_of().get(character)) is not None)
        if kind == BYTE and (byte_token := _BYTE.fullmatch(text)) is not None:
            return bytes([int(byte_token[1], 16)])
        return text.replace(SPACE, " ").encode()

    def containing(self, texts: Collection[str]) -> frozenset[int]:
        """The tokens in which one of some texts occurs."""
        wanted = [text.encode() for text in texts]
        return frozenset(
            number for number in range(len(self.tokens)) if any(text in self.token_bytes(number) for text in wanted)
        )

    def control_in(self, texts: Collection[str]) -> frozenset[int]:
        """The control tokens that occur in some texts."""
        return frozenset(self._numbers[found[0]] for text in texts for found in self._control.finditer(text))

    def pieces(self, text: str) -> list[str | int]:
        """A text, cut at its control tokens, which are ids."""
        found: list[str | int] = []
        at = 0
        for control in self._control.finditer(text):
            found += [text[at : control.start()], self._numbers[control[0]]]
            at = control.end()
        return [piece for piece in (*found, text[at:]) if piece != ""]

    def decoder(self, *, drops_space: bool = True, shown: Collection[int] = ()) -> Decoder:
        """A fresh decoder for one reply. `drops_space` says that a space at its beginning is no part of it, in
        vocabularies that put one there; `shown` are control tokens whose text is.
        """
        return Decoder(self, drops_space and self.vocabulary.drops_space, shown)

    @cached_property
    def trie(self) -> LLTokenizer:
        """What constraints walk. Raises UnsupportedModel if no token ends a reply."""
        from fluent_ai_local.text.constraint import make_trie  # imports llguidance, which most replies do not need

        return make_trie(self.vocabulary, list(map(self.token_bytes, range(len(self.tokens)))), self.stop_tokens)

    @property
    def before(self) -> list[int]:
        """Ids that the model wants at the beginning of every prompt."""
        return self.vocabulary.before

    def _encode_plain(self, text: str, mark: str, begins: bool) -> list[int]:
        if mark:
            text = text.replace(mark, "")
        if not text:
            return []
        if begins and self.vocabulary.space_first:
            text = " " + text
        return self.vocabulary.encode_inside(text)

    def _of_types(self, *kinds: int) -> list[str]:
        return [token for token, kind in zip(self.tokens, self._types, strict=True) if kind in kinds]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Ids of the tokens that are found in text before anything else."""
        return {
            self.tokens[number]: number for number, kind in enumerate(self._types) if kind in (CONTROL, USER_DEFINED)
        }

    @cached_property
    def _control(self) -> re.Pattern[str]:
        return any_of(self._of_types(CONTROL))

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """Tokens that are found in text before anything else."""
        return any_of(self._of_types(CONTROL, USER_DEFINED))


class Decoder:
    """Token ids to text, one at a time; a character comes out when its last byte is in.

    The pieces joined equal the bytes of all tokens decoded at once, with U+FFFD for what is not UTF-8.
    """

    def __init__(self, tokenizer: Tokenizer, drops_space: bool, shown: Collection[int] = ()) -> None:
        self._tokenizer = tokenizer
        self._shown = shown
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._drops_space = drops_space

    def feed(self, token: int) -> str:
        known = self._tokenizer
        text = self._utf8.decode(known.tokens[token].encode() if token in self._shown else known.token_bytes(token))
        if text and self._drops_space:
            self._drops_space = False
            return text.removeprefix(" ")
        return text

    def finish(self) -> str:
        return self._utf8.decode(b"", final=True)
