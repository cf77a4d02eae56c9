"""llama.cpp's bare evaluation, for engine.py: runs in the interpreter that has llama-cpp-python.

    python _llama.py MODEL THREADS wall|cpu

Answers each line `PROMPT TOKENS` with the seconds of `llama_decode` for the prompt, and for one token after it.
"""

from __future__ import annotations

import ctypes
import sys
import time

from llama_cpp import llama_cpp as api


def quiet(level: int, text: bytes, data: object) -> None:
    pass


QUIET = api.llama_log_callback(quiet)


def main() -> None:
    path, threads = sys.argv[1], int(sys.argv[2])
    clock = time.process_time if sys.argv[3] == "cpu" else time.perf_counter
    api.llama_log_set(QUIET, ctypes.c_void_p(0))
    api.llama_backend_init()
    model = api.llama_model_load_from_file(path.encode(), api.llama_model_default_params())
    settings = api.llama_context_default_params()
    settings.n_ctx, settings.n_batch, settings.n_ubatch = 2048, 2048, 512
    settings.n_threads = settings.n_threads_batch = threads
    context = api.llama_init_from_model(model, settings)
    vocabulary = api.llama_vocab_n_tokens(api.llama_model_get_vocab(model))

    def decode(tokens: list[int]) -> float:
        array = (api.llama_token * len(tokens))(*tokens)
        start = clock()
        if api.llama_decode(context, api.llama_batch_get_one(array, len(tokens))):
            raise SystemExit("llama_decode failed")
        api.llama_get_logits(context)
        return clock() - start

    for line in sys.stdin:
        prompt, tokens = map(int, line.split())
        api.llama_memory_clear(api.llama_get_memory(context), True)
        prefill = decode([number * 7919 % vocabulary for number in range(prompt)])
        each = [decode([number * 31 % vocabulary]) for number in range(tokens)]
        print(prefill, sum(each) / len(each), flush=True)


main()
