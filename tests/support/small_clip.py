"""A tiny random CLIP of transformers, as the folder that it would be published as."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_lowercase

import torch
import transformers
from tokenizers import pre_tokenizers

SIDE = 30
TOKENS = 24
"""That a text may have."""
END = "<|endoftext|>"
_MERGES = [("t", "h"), ("th", "e</w>"), ("a", "t</w>"), ("c", "at</w>")]


def write_clip(folder: Path, *, projection: int = 24, together: bool = False) -> transformers.CLIPModel:
    """The model that was written. `together` keeps all processors in one file, as transformers does since version 5."""
    tokenizer = _tokenizer()
    ends = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id,
            "pad_token_id": tokenizer.pad_token_id}  # fmt: skip
    sizes = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = transformers.CLIPConfig(
        text_config={**sizes, **ends, "vocab_size": len(tokenizer), "max_position_embeddings": TOKENS},
        vision_config={**sizes, "num_hidden_layers": 3, "image_size": SIDE, "patch_size": 10},
        projection_dim=projection,
    )
    model = transformers.CLIPModel(config).eval()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.normal_(1 if "norm" in name and name.endswith("weight") else 0, 0.3, generator=generator)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    if together:
        transformers.CLIPProcessor(processor(), tokenizer).save_pretrained(folder)
    else:
        processor().save_pretrained(folder)
    return model


def processor(**changes: object) -> transformers.BaseImageProcessor:
    """What transformers prepares pictures with, by Pillow."""
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    sizes = {"size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}}
    return CLIPImageProcessorPil(**{**sizes, **changes})


def change(path: Path, **changes: object) -> None:
    """Give keys of a JSON file other values; None takes one away."""
    found = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({key: value for key, value in found.items() if value is not None}))


def _tokenizer() -> transformers.CLIPTokenizer:
    """Of bytes, alone and at the end of a word, and a few merges."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    assert set(ascii_lowercase) <= set(letters)
    words = [*letters, *(f"{letter}</w>" for letter in letters), *("".join(pair) for pair in _MERGES)]
    vocabulary = {word: number for number, word in enumerate([*words, "<|startoftext|>", END])}
    return transformers.CLIPTokenizer(vocab=vocabulary, merges=_MERGES)
