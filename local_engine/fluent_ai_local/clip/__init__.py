"""CLIP: texts and pictures as vectors in one space (Radford et al. 2021, https://arxiv.org/abs/2103.00020)."""
