"""Runs git so that no program from a repository or its settings runs, and with a time limit."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from danvan_cli.problems import Failure, reason

TIME_LIMIT = 60
"""Seconds without an answer after which git is stopped."""

MAX_PART = 65_536
"""Bytes of a name or path that are kept; the rest is dropped."""

MAX_READ = 64 * 1024 * 1024
"""Bytes of old versions that are read in total."""

_CHUNK = 65_536
_MAX_ERROR_TEXT = 4_096
_ERROR_TEXT_WAIT = 1
"""Seconds to wait for the error text of a git that has ended."""

_OPTIONS = ("--no-pager", "--no-optional-locks", "--no-replace-objects")
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.pager=cat",
    "protocol.allow=never",
    "diff.external=",
    "diff.relative=false",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
)
"""Settings that a repository or a person could have changed.

git only runs filters and fsmonitor when it compares files of the work tree, and ssh only when it
fetches; no command here does so.
"""

_KEPT_VARIABLES = frozenset(
    (
        *("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "LD_LIBRARY_PATH"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP"),
        *("USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"),
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    )
)
"""Variables that git needs to start and to find the person's settings, such as `safe.directory`.

None of them names a program or another repository, as git does for a hook.
"""

_FIXED_VARIABLES = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    # A partial clone fetches missing objects by a program that its settings name. git before
    # 2.39.4 does not know the first variable; the second one forbids all transports.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


class GitError(Failure):
    """git ended with an error; `error_text`: its own message, in English."""

    def __init__(self, error_text: str) -> None:
        super().__init__(_explained(error_text))
        self.error_text = error_text


class _Git(Struct):
    """A running git: its error text, the number of its answers, and whether one is awaited.

    `silent`: it was stopped because it did not answer.
    """

    process: "subprocess.Popen[bytes]"
    error_text: bytearray
    listener: threading.Thread
    awaited: bool
    answers: int = 0
    silent: bool = False


def top(folder: Path) -> Path | None:
    """The nearest folder from this one upward that contains `.git`.

    git runs there: in a lower folder it could take files of a commit for another repository.
    """
    return next(
        (parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None
    )


def program() -> str:
    """git's absolute path; raises Failure if there is no git."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in map(Path, os.get_exec_path()):
        found = folder / name
        if folder.is_absolute() and os.access(found, os.X_OK) and found.is_file():
            return str(found)
    raise Failure("máy này chưa cài git")


def ask(folder: Path, *arguments: str) -> bytes:
    """git's whole answer; raises GitError if git reports an error, else Failure if it fails."""
    with _started(folder, arguments, subprocess.DEVNULL) as git:
        answer = b"".join(_chunks(git))
        _end(git)
    return answer


def parts(folder: Path, *arguments: str) -> Iterator[bytes]:
    """The parts of an answer between NULs, as they arrive; raises as `ask` does."""
    with _started(folder, arguments, subprocess.DEVNULL) as git:
        begun = b""
        for chunk in _chunks(git):
            first, *others = chunk.split(b"\0")
            begun = (begun + first)[:MAX_PART]
            for other in others:
                yield begun
                begun = other[:MAX_PART]
        if begun:
            yield begun
        _end(git)


@contextmanager
def blobs(folder: Path, limit: int) -> Iterator[Callable[[str], bytes | None]]:
    """A reader of blobs by name, which asks for the size of a blob first.

    It returns None if the clone does not have the blob, or after MAX_READ bytes in total, and b""
    if the blob has more than `limit` bytes. It raises as `ask` does.
    """
    with ExitStack() as begun:
        gits: list[_Git] = []
        left = MAX_READ
        missing = 0

        def read(name: str) -> bytes | None:
            nonlocal left, missing
            if missing == _MAX_MISSING:
                return None
            if not gits:
                gits.extend(
                    begun.enter_context(_started(folder, ("cat-file", option), subprocess.PIPE))
                    for option in ("--batch-check", "--batch")
                )
            sizes, contents = gits
            try:
                size = _announced(sizes, name)
            except GitError as error:
                # git ends with an error if a partial clone does not have the blob.
                if _OF_PARTIAL_CLONES not in error.error_text:
                    raise
                begun.close()
                gits.clear()
                missing += 1
                return None
            if size is None or size > limit:
                return None if size is None else b""
            if size > left or _announced(contents, name) != size:
                return None
            left -= size
            return _stdout(contents).read(size + 1)[:size]

        yield read


_OF_PARTIAL_CLONES = "promisor"

_MAX_MISSING = 100
"""Missing blobs of a partial clone after which no more are requested."""


def _announced(git: _Git, name: str) -> int | None:
    """The size of an object, from the first line of cat-file's answer; None if it is missing."""
    assert git.process.stdin is not None
    try:
        git.process.stdin.write(name.encode() + b"\n")
        git.process.stdin.flush()
    except OSError:
        pass  # git has ended; its error text is read below
    git.awaited = True
    line = _stdout(git).readline(_MAX_ERROR_TEXT)
    git.awaited = False
    git.answers += 1
    if not line:
        _end(git)
        raise GitError("")
    fields = line.split()
    if len(fields) != 3 or not fields[2].isdigit():
        return None
    return int(fields[2])


@contextmanager
def _started(folder: Path, arguments: tuple[str, ...], stdin: int) -> Iterator[_Git]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [program(), *_OPTIONS, *settings, *arguments]
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=None if sys.platform == "win32" else 0,
        )
    except OSError as error:
        raise Failure(f"không chạy được git: {reason(error)}") from None
    error_text = bytearray()
    listener = threading.Thread(target=_listen, args=(process, error_text), daemon=True)
    listener.start()
    git = _Git(process, error_text, listener, awaited=stdin == subprocess.DEVNULL)
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(git, ended), daemon=True)
    watcher.start()
    try:
        yield git
    finally:
        ended.set()
        _kill(process)
        process.wait()
        git.listener.join(_ERROR_TEXT_WAIT)
        watcher.join(_ERROR_TEXT_WAIT)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                with suppress(OSError):
                    stream.close()


def _chunks(git: _Git) -> Iterator[bytes]:
    while chunk := os.read(_stdout(git).fileno(), _CHUNK):
        git.answers += 1
        yield chunk


def _stdout(git: _Git) -> IO[bytes]:
    assert git.process.stdout is not None
    return git.process.stdout


def _end(git: _Git) -> None:
    """Waits for the end of git; raises GitError if it ended with an error."""
    status = git.process.wait()
    if git.silent:
        raise Failure(f"git không trả lời quá {TIME_LIMIT} giây nên đã bị dừng")
    if status:
        git.listener.join(_ERROR_TEXT_WAIT)
        raise GitError(git.error_text.decode("utf-8", "replace").strip())


def _listen(process: "subprocess.Popen[bytes]", error_text: bytearray) -> None:
    """Keeps the beginning of git's error text, and reads the rest so that git does not block."""
    assert process.stderr is not None
    while more := os.read(process.stderr.fileno(), _CHUNK):
        error_text += more[: _MAX_ERROR_TEXT - len(error_text)]


def _watch(git: _Git, ended: threading.Event) -> None:
    answers_before = -1
    while not ended.wait(TIME_LIMIT):
        if git.awaited and git.answers == answers_before:
            git.silent = True
            _kill(git.process)
            return
        answers_before = git.answers


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kills git and all processes that it started, which would keep its streams open."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT_VARIABLES}
    return kept | _FIXED_VARIABLES


def _explained(error_text: str) -> str:
    if "not a git repository" in error_text or "cannot use bare repository" in error_text:
        return "thư mục này chưa được quản lý bằng git"
    remedy = next(
        (line.strip() for line in error_text.splitlines() if "safe.directory" in line), None
    )
    if remedy:
        return f"git từ chối đọc vì thư mục là của tài khoản khác; nếu tin cậy, hãy chạy: {remedy}"
    if _OF_PARTIAL_CLONES in error_text:
        return "bản sao này thiếu một phần lịch sử (partial clone); hãy lấy lại cả kho: git clone"
    return f"git báo lỗi: {error_text.splitlines()[0] if error_text else 'không rõ nguyên nhân'}"
