"""The program `fluent-ai`, until its command line is imported: Ctrl-C ends it without a word from its first lines on.

What Python does before, some 20 ms, is not ours: Ctrl-C in there may print a traceback of Python's own.
"""

import os


def main() -> None:
    """Run the command line of this process and exit."""
    try:
        import signal

        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, leave)
    except KeyboardInterrupt:
        leave()
    from fluent_ai.cli import main as run

    run()


def leave(*signalled: object) -> None:
    """Exit as after Ctrl-C. Nothing has been begun that would have to end."""
    os._exit(130)
