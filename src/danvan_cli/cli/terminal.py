"""The standard streams: what they can show, and how they end."""

import errno
import io
import os
import sys


def write_utf8() -> None:
    """Makes both output streams able to carry Vietnamese, whatever LANG or code page is set.

    Files and pipes get UTF-8 with '\\n' everywhere, so that output is the same on every machine.
    A terminal keeps its encoding, since it could not show another; what it lacks becomes '?'.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        elif stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(errors="replace")


def shows_panels() -> bool:
    """Whether standard output is a terminal that can show boxes and styles."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return is_terminal and os.environ.get("TERM") not in ("dumb", "unknown")


def is_closed_pipe(error: BaseException | None) -> bool:
    """Whether the reader of our output has gone; Windows calls that an invalid argument."""
    if os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL:
        return error.filename is None
    return isinstance(error, BrokenPipeError)


def flush() -> OSError | None:
    """Writes out what is still buffered; the error where a stream refuses it.

    Such a stream is put out of use: the interpreter would else try again on its way out, complain
    in English and end with status 120.
    """
    refusal = None
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            refusal = refusal or error
    return refusal
