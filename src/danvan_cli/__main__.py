"""`danvan` and `python -m danvan_cli`: the whole program, quiet when it is interrupted.

Nothing is imported before the guard is up, but what is built into Python.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED = 130
"""As cli/frame/shell.py ends with, which is not imported yet."""


def main() -> None:
    """The console script; ends the process with the exit status."""
    try:
        _guard()
        from danvan_cli.cli import main as program

        program()
    except KeyboardInterrupt:
        _end_at_once()
    finally:
        _guard_the_end()


def _guard() -> None:
    """An interruption ends the program without a word as long as a module is being imported.

    Where an import breaks off, it ends in a traceback, or in some other error of that module.
    """
    import signal

    sys.unraisablehook = _unraisable
    # Who starts a program in the background may have it ignore interruptions.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def _interrupted(_number: int, _frame: object) -> None:
    frame: FrameType | None = sys._getframe(1)
    while frame:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            _end_at_once()
        frame = frame.f_back
    raise KeyboardInterrupt


def _unraisable(error: "sys.UnraisableHookArgs") -> None:
    """Python drops an interruption that comes while it tidies up an object."""
    if issubclass(error.exc_type, KeyboardInterrupt):
        _end_at_once()
    sys.__unraisablehook__(error)


def _guard_the_end() -> None:
    """All is done and said by now; Python only takes itself apart."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_at_once() -> None:
    import os

    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
