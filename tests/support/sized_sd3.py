"""A Stable Diffusion 3 with random weights of a chosen size, large enough that its memory can be measured."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from fluent_ai.errors import OutOfMemory
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import modules, pipeline
from fluent_ai_local.images.config import TINY, Settings, settle
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.memory import ledger
from fluent_ai_local.images.memory.plan import Plan, make_plan
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.images.vae import TILE
from safetensors.torch import save_file
from small_sd3 import write_tokenizers
from torch import nn

CLIP = {
    "architectures": ["CLIPTextModelWithProjection"], "vocab_size": 514, "hidden_size": 256, "intermediate_size": 512,
    "num_hidden_layers": 4, "num_attention_heads": 4, "projection_dim": 256, "bos_token_id": 512, "eos_token_id": 513,
}  # fmt: skip


def write(
    folder: Path, *, heads: int, layers: int, t5_layers: int, vae: int, dtype: str = "float32", empty: bool = False
) -> Path:
    """`heads` of 64 and `layers` of the transformer, `t5_layers` of 512 numbers, `vae` channels of the VAE.

    One that is `empty` can be opened, but its weights cannot be read.
    """
    configs = {
        "transformer": {
            "_class_name": "SD3Transformer2DModel", "sample_size": 64, "patch_size": 2, "in_channels": 16,
            "out_channels": 16, "num_layers": layers, "num_attention_heads": heads, "attention_head_dim": 64,
            "joint_attention_dim": 512, "pooled_projection_dim": 512, "caption_projection_dim": 64 * heads,
            "pos_embed_max_size": 96, "qk_norm": "rms_norm",
        },
        "vae": {
            "_class_name": "AutoencoderKL", "in_channels": 3, "out_channels": 3, "latent_channels": 16,
            "down_block_types": ["DownEncoderBlock2D"] * 4, "up_block_types": ["UpDecoderBlock2D"] * 4,
            "block_out_channels": [vae, 2 * vae, 4 * vae, 4 * vae], "layers_per_block": 2, "norm_num_groups": 16,
            "use_quant_conv": False, "use_post_quant_conv": False,
        },
        "text_encoder": CLIP,
        "text_encoder_2": CLIP,
        "text_encoder_3": {
            "architectures": ["T5EncoderModel"], "vocab_size": 260, "d_model": 512, "d_kv": 64, "d_ff": 2048,
            "num_layers": t5_layers, "num_heads": 8, "feed_forward_proj": "gated-gelu",
        },
    }  # fmt: skip
    kinds = {"transformer": "transformer", "vae": "vae", "text_encoder_3": "t5"}
    for component, config in configs.items():
        place = folder / component
        place.mkdir(parents=True)
        (place / "config.json").write_text(json.dumps(config))
        name = "model" if component.startswith("text") else "diffusion_pytorch_model"
        file = place / f"{name}.safetensors"
        if empty:
            file.touch()
        else:
            save_file(_random(modules.build(kinds.get(component, "clip"), config), getattr(torch, dtype)), file)
    write_tokenizers(folder)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusion3Pipeline"}))
    return folder


def _random(module: nn.Module, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    names = [name for name in module.state_dict() if name != "encoder.embed_tokens.weight"]
    shapes = {name: module.state_dict()[name].shape for name in names}
    return {name: (0.02 * torch.randn(shape, generator=generator)).to(dtype) for name, shape in shapes.items()}


def memory(field: str) -> int:
    """Bytes of this process by the kernel: `VmRSS` now, `VmHWM` at the peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise AssertionError(field)


def measured(work: Callable[[], object]) -> int:
    """Bytes above those before, at the peak of this work."""
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
    work()
    return memory("VmHWM") - before


def forced(model: StableDiffusion3, settings: Settings, wanted: tuple[str, bool, int | None]) -> tuple[Plan, float]:
    """The plan of a request with hardly more memory than makes it that one."""
    for exponent in range(1000):
        amount = 10 ** (6 + exponent / 200)
        try:
            plan = make_plan(model, settings, amount)
        except OutOfMemory:
            continue
        if (plan.offload, plan.together, plan.tile) == wanted:
            return plan, amount
    raise AssertionError(wanted)


def ignore(item: object) -> None:
    pass


def draw_by_plan(folder: str, size: str, offload: str, together: str, tile: str) -> dict[str, int]:
    """The estimate of a plan, and the measured peak of a picture by it."""
    model = ImageModels("cpu").get(folder, ignore)
    request = ImageRequest(model="m", prompt="a fox", steps=2, seed=1, size=size)
    wanted = offload, together == "together", TILE if tile == "tiled" else None
    plan, amount = forced(model, settle(request, model.variant, model.size), wanted)
    ledger.free_memory = lambda device: amount
    return {"estimate": plan.peak, "measured": measured(lambda: pipeline.draw(model, request, ignore))}


def use_t5(folder: str) -> dict[str, int]:
    """What T5's weights need, what was measured while it was used, and what of that is left."""
    text = ImageModels("cpu").get(folder, ignore).text
    assert text.t5 is not None
    for part in text.clips:
        with part.used("kept", ignore, Loading(0)):
            pass
    before = memory("VmRSS")
    peak = measured(lambda: text.encode(["a fox", "a house"], 256, "kept", ignore, Loading(0)))
    return {"weight": text.t5.weight, "peak": peak, "left": memory("VmRSS") - before}


def main() -> None:
    """In a process of its own, in which everything was used once before: prints bytes."""
    torch.set_num_threads(1)
    pipeline.draw(ImageModels("cpu").get(TINY, ignore), ImageRequest(model="m", prompt="a", steps=1), ignore)
    kind, *arguments = sys.argv[1:]
    print(json.dumps(draw_by_plan(*arguments) if kind == "plan" else use_t5(*arguments)))


if __name__ == "__main__":
    main()
