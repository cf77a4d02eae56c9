"""Stable Diffusion 3: text to pictures, step by step, with the modules of diffusers and transformers."""
