"""Trains `local:tiny-sd3`, a whole Stable Diffusion 3 that draws handwritten digits, and judges what it draws.

    python docs/examples/train_tiny_sd3.py FOLDER [--steps 1200] [--sheet FILE.png]
    python docs/examples/train_tiny_sd3.py FOLDER --trained

Everything begins from a seed: the VAE, both CLIPs, T5 and the transformer, on scikit-learn's 1,797 digits. Needs the
extra `images` and scikit-learn. The same steps on the same machine, with as many threads, give the same weights.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, SD3Transformer2DModel
from sklearn.datasets import load_digits
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from torch import Tensor, nn
from torch.nn.functional import interpolate, mse_loss
from transformers import (
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    T5Config,
    T5EncoderModel,
    T5TokenizerFast,
)

SEED = 7
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEMPLATES = ("{}", "a {}", "the digit {}", "a handwritten {}", "the number {}", "a picture of a {}")
TOKENS = 12
"""Of each text encoder."""
SIDE = 32
PADS = ("<|endoftext|>", "!")


def digits() -> tuple[Tensor, Tensor]:
    """Pictures from -1 to 1 (number, 3, 32, 32), and what they show."""
    found = load_digits()
    small = torch.tensor(found.images, dtype=torch.float32)[:, None] / 8 - 1
    large = interpolate(small, size=SIDE, mode="bilinear").clamp(-1, 1)
    return large.expand(-1, 3, -1, -1).contiguous(), torch.tensor(found.target)


def prompt(label: int, draw: torch.Generator) -> str:
    template = TEMPLATES[int(torch.randint(len(TEMPLATES), (), generator=draw))]
    return template.format(WORDS[label] if torch.rand((), generator=draw) < 0.7 else label)


def write_tokenizers(folder: Path) -> None:
    """Two byte-level BPEs that know the words of the prompts whole, and a unigram model likewise."""
    words = sorted({word for text in TEMPLATES for word in text.format("").split()} | set(WORDS))
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    alphabet = [chr(byte) for byte in printable] + [chr(256 + number) for number in range(len(others))]
    tokens, merges = [*alphabet, *(f"{each}</w>" for each in alphabet)], []
    for word in words:
        pieces = [*word[:-1], f"{word[-1]}</w>"]
        while len(pieces) > 1:
            if (joined := pieces[0] + pieces[1]) not in tokens:
                tokens.append(joined)
                merges.append(f"{pieces[0]} {pieces[1]}")
            pieces = [joined, *pieces[2:]]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    for name, pad in zip(("tokenizer", "tokenizer_2"), PADS, strict=True):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
        (folder / name / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]))
        facts: dict[str, Any] = {"tokenizer_class": "CLIPTokenizer", "model_max_length": TOKENS, "pad_token": pad}
        facts |= {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
        (folder / name / "tokenizer_config.json").write_text(json.dumps(facts))
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -5.0), *((f"▁{word}", -1.0) for word in words)]
    pieces += [(chr(code), -6.0) for code in range(33, 127)]
    unigram = Tokenizer(models.Unigram(pieces, unk_id=2))
    unigram.pre_tokenizer = pre_tokenizers.Metaspace()
    unigram.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    (folder / "tokenizer_3").mkdir(exist_ok=True)
    unigram.save(str(folder / "tokenizer_3" / "tokenizer.json"))
    facts = {"tokenizer_class": "T5TokenizerFast", "model_max_length": TOKENS, "pad_token": "<pad>"}
    facts |= {"eos_token": "</s>", "unk_token": "<unk>", "extra_ids": 0}
    (folder / "tokenizer_3" / "tokenizer_config.json").write_text(json.dumps(facts))


class Text(nn.Module):
    """The three encoders and their tokenizers, trained with the transformer."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokenizers = [CLIPTokenizer.from_pretrained(folder / name) for name in ("tokenizer", "tokenizer_2")]
        self.unigram = T5TokenizerFast.from_pretrained(folder / "tokenizer_3")
        size = len(self.tokenizers[0])
        self.clips = nn.ModuleList(
            CLIPTextModelWithProjection(
                CLIPTextConfig(
                    vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
                    projection_dim=32, hidden_act=act, max_position_embeddings=TOKENS, bos_token_id=size - 2,
                    eos_token_id=size - 1, pad_token_id=0,
                )
            )
            for act in ("quick_gelu", "gelu")
        )  # fmt: skip
        self.t5 = T5EncoderModel(
            T5Config(vocab_size=len(self.unigram), d_model=64, d_kv=16, d_ff=64, num_layers=2, num_heads=4,
                     feed_forward_proj="gated-gelu", dropout_rate=0.0)
        )  # fmt: skip

    def ids(self, texts: list[str]) -> list[Tensor]:
        found = []
        for tokenizer in (*self.tokenizers, self.unigram):
            asked = {"padding": "max_length", "max_length": TOKENS, "truncation": True, "return_tensors": "pt"}
            found.append(tokenizer(texts, **asked).input_ids)
        return found

    def forward(self, ids: list[Tensor]) -> tuple[Tensor, Tensor]:
        read = [clip(given, output_hidden_states=True) for clip, given in zip(self.clips, ids[:2], strict=True)]
        states = torch.cat([each.hidden_states[-2] for each in read], dim=-1)
        context = torch.cat([states, self.t5(ids[2])[0]], dim=-2)
        return context, torch.cat([each.text_embeds for each in read], dim=-1)


def train_vae(pictures: Tensor, steps: int) -> AutoencoderKL:
    """With the scale and shift of its latents in its configuration."""
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3,
        block_out_channels=(16, 32, 32), layers_per_block=1, latent_channels=4, norm_num_groups=8, sample_size=SIDE,
        use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False,
    )  # fmt: skip
    optimiser = torch.optim.AdamW(vae.parameters(), 2e-3, weight_decay=0.0)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for step in range(steps):
        batch = pictures[torch.randint(len(pictures), (32,))]
        found = vae.encode(batch).latent_dist
        loss = mse_loss(vae.decode(found.sample()).sample, batch) + 1e-5 * found.kl().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        plan.step()
        if step % 50 == 0:
            print(f"vae {step} {loss.item():.4f}", flush=True)
    with torch.no_grad():
        latents = vae.encode(pictures).latent_dist.mode()
    vae.register_to_config(scaling_factor=1 / latents.std().item(), shift_factor=latents.mean().item())
    return vae.eval()


def train(text: Text, latents: Tensor, labels: Tensor, steps: int) -> SD3Transformer2DModel:
    """The transformer; `text` is trained with it. The weights are averages over the last steps."""
    transformer = SD3Transformer2DModel(
        sample_size=SIDE // 4, patch_size=2, in_channels=4, out_channels=4, num_layers=4, num_attention_heads=4,
        attention_head_dim=32, joint_attention_dim=64, caption_projection_dim=128, pooled_projection_dim=64,
        pos_embed_max_size=16, qk_norm="rms_norm",
    )  # fmt: skip
    both = nn.ModuleList([transformer, text])
    averages = {name: weights.detach().clone() for name, weights in both.named_parameters()}
    optimiser = torch.optim.AdamW(both.parameters(), 2e-3, betas=(0.9, 0.99), weight_decay=0.01)
    draw = torch.Generator().manual_seed(SEED)
    for step in range(steps):
        falling = 0.02 + 0.98 * math.cos(step / steps * math.pi / 2)
        optimiser.param_groups[0]["lr"] = 2e-3 * min(1, (step + 1) / 50) * falling
        chosen = torch.randint(len(latents), (64,), generator=draw)
        # Where there is no guidance the text is empty.
        kept = torch.rand(len(chosen), generator=draw) > 0.12
        texts = [prompt(int(labels[i]), draw) if keep else "" for i, keep in zip(chosen, kept, strict=True)]
        context, pooled = text(text.ids(texts))
        noise = torch.randn(len(chosen), *latents.shape[1:], generator=draw)
        sigma = torch.randn(len(chosen), generator=draw).sigmoid()
        share = sigma[:, None, None, None]
        mixed = (1 - share) * latents[chosen] + share * noise
        found = transformer(mixed, context, pooled, sigma * 1000, return_dict=False)[0]
        loss = mse_loss(found, noise - latents[chosen])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(both.parameters(), 1.0)
        optimiser.step()
        decay = min(0.99, step / (step + 10))
        with torch.no_grad():
            for name, weights in both.named_parameters():
                averages[name].lerp_(weights, 1 - decay)
        if step % 50 == 0:
            print(f"step {step} {loss.item():.4f}", flush=True)
    with torch.no_grad():
        for name, weights in both.named_parameters():
            weights.copy_(averages[name])
    return transformer


def write(folder: Path, vae: AutoencoderKL, text: Text, transformer: SD3Transformer2DModel) -> None:
    """As diffusers does, in half precision."""
    parts = {"vae": vae, "transformer": transformer, "text_encoder": text.clips[0], "text_encoder_2": text.clips[1]}
    for name, module in {**parts, "text_encoder_3": text.t5}.items():
        module.half().save_pretrained(folder / name)
    FlowMatchEulerDiscreteScheduler(shift=1.0).save_pretrained(folder / "scheduler")
    (folder / "model_index.json").write_text('{"_class_name": "StableDiffusion3Pipeline"}\n')


def judge(folder: Path, pictures: int) -> float:
    """The share of pictures in which the three nearest of the digits show what was asked for."""
    import io

    import fluent_ai as ai
    import numpy as np
    from PIL import Image

    found = load_digits()
    known = found.images.reshape(-1, 64)
    draw = torch.Generator().manual_seed(SEED)
    right = 0
    with ai.Client() as client:
        for number in range(pictures):
            drawn = client.image(
                f"local:{folder}", prompt(number % 10, draw), seed=1000 + number, steps=20, guidance=4.0
            )
            picture = Image.open(io.BytesIO(drawn[0].data or b"")).convert("L").resize((8, 8), Image.Resampling.BOX)
            distances = ((known - np.asarray(picture).reshape(64) / 255 * 16) ** 2).sum(1)
            nearest = found.target[distances.argsort()[:3]]
            right += bool(np.bincount(nearest, minlength=10).argmax() == number % 10)
    return right / pictures


def draw_sheet(folder: Path, file: Path) -> None:
    """Each digit six times, in one picture."""
    import io

    import fluent_ai as ai
    from PIL import Image

    columns, large = 12, 2 * SIDE
    sheet = Image.new("RGB", (columns * large, 5 * large))
    with ai.Client() as client:
        for place in range(columns * 5):
            number = place % 10
            drawn = client.image(f"local:{folder}", f"a {WORDS[number]}", seed=place, steps=20, guidance=4.0)
            picture = Image.open(io.BytesIO(drawn[0].data or b"")).resize((large, large), Image.Resampling.BICUBIC)
            sheet.paste(picture, (place // 10 * 2 * large + number // 5 * large, number % 5 * large))
    sheet.save(file)


def make(folder: Path, vae_steps: int, steps: int) -> None:
    """Train everything and write the folder."""
    torch.manual_seed(SEED)
    pictures, labels = digits()
    write_tokenizers(folder)
    vae = train_vae(pictures, vae_steps)
    with torch.no_grad():
        latents = vae.encode(pictures).latent_dist.mode()
    latents = (latents - vae.config.shift_factor) * vae.config.scaling_factor
    text = Text(folder)
    transformer = train(text, latents, labels, steps)
    write(folder, vae, text, transformer)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--vae-steps", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--trained", action="store_true", help="judge and draw what is in the folder")
    parser.add_argument("--sheet", type=Path, help="a file for pictures of all digits")
    given = parser.parse_args()
    began = time.monotonic()
    if not given.trained:
        make(given.folder, given.vae_steps, given.steps)
    if given.sheet:
        draw_sheet(given.folder, given.sheet)
    right = judge(given.folder, given.pictures)
    print(f"{time.monotonic() - began:.0f} s; {right:.1%} of {given.pictures} pictures show what was asked for")


if __name__ == "__main__":
    main()
