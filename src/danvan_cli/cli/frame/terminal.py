"""The standard streams: what they can show, and how they end."""

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TextIO, cast

from danvan_cli.characters import escaped

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CLOSEST = {
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—", "-"),
    "đ": "d",
    "Đ": "D",
    "…": "...",
    "×": "x",
    "•": "*",
    "→": "->",
    "█": "#",
    "▒": "=",
    "░": ".",
}


def write_utf8() -> None:
    """Makes both output streams able to carry Vietnamese, whatever LANG or code page is set.

    Files and pipes get UTF-8 with '\\n' everywhere, so that output is the same on every machine.
    A terminal keeps its encoding, since it could not show another; what it lacks is shown without
    its marks, 'Ke hoach'. (Python writes to a Windows console in Unicode, whatever its code page.)
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        elif stream.encoding.lower() not in ("utf-8", "utf8"):
            handler = f"closest in {stream.encoding}"
            codecs.register_error(handler, partial(_closest, stream.encoding))
            stream.reconfigure(errors=handler)


def _closest(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """An error handler for `codecs`: what comes closest; of a code page, the error has no name."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_shown_in(encoding, character) for character in lacking), error.end


def _shown_in(encoding: str, character: str) -> str:
    for candidate in _candidates(character):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"


def _candidates(character: str) -> Iterator[str]:
    """For 'ế': 'ê' and its tone, as code page 1258 has it, then 'ê', then 'e'."""
    base, *marks = list(unicodedata.normalize("NFD", character))
    letter = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in _TONES))
    yield letter + "".join(mark for mark in marks if mark in _TONES)
    yield letter
    yield base
    yield _CLOSEST.get(character, "?")


class _VisibleStream:
    """A stream that writes out what would steer a terminal or what nobody would see.

    It has no `buffer`, through which Click would pass it by, and is no terminal to Click, which
    would there hand a text's colours and window titles to the console, by colorama on Windows.
    """

    def __init__(self, stream: TextIO) -> None:
        self.drawn_on = stream

    def write(self, text: str) -> int:
        self.drawn_on.write(escaped(text))
        return len(text)

    def isatty(self) -> bool:
        return False

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "drawn_on"):
            raise AttributeError(name)
        return getattr(self.drawn_on, name)


@contextmanager
def shows_all() -> Iterator[None]:
    """Puts all that is printed through one place, whoever prints it: see `visible`.

    rich draws with control characters of its own, so it gets the stream below (`drawn_on`), and
    whoever hands it a text makes that visible.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_with_visible_text(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _with_visible_text(stream: TextIO) -> TextIO:
    # Without a console, as under pythonw, there is no stream.
    return stream and cast(TextIO, _VisibleStream(stream))


def drawn_on(stream: TextIO) -> TextIO:
    """The stream for rich to draw on."""
    below: TextIO = getattr(stream, "drawn_on", stream)
    return below


def shows_panels() -> bool:
    """Whether standard output is a terminal that can show boxes and styles."""
    return _can_be_drawn_on(sys.stdout)


def shows_progress() -> bool:
    """Whether standard error is a terminal on which a line can be drawn again."""
    return _can_be_drawn_on(sys.stderr)


def _can_be_drawn_on(stream: TextIO | None) -> bool:
    is_terminal = stream is not None and drawn_on(stream).isatty()
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
