"""What git knows of a workspace's reports: who changed each file when, and what it held then."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.failures import Failure, reason

_EPOCH = datetime.fromtimestamp(0, vietnamese.VIETNAM)


class Commit(Struct, frozen=True):
    """`day`: the author's, in Việt Nam; `cut`: here the history of a shallow clone ends."""

    id: str
    author: str
    day: date
    cut: bool = False


class Version(Struct, frozen=True):
    """A file as a commit left it; `blob`, the name of its content, is None where it was deleted."""

    commit: Commit
    blob: str | None


class Repository(Struct, frozen=True, kw_only=True):
    """What git knows, by file path below the workspace, with `/`.

    `versions` are newest first, through renames; `uncommitted` files differ from their newest
    version, or have none. `problem`, in Vietnamese: why git tells nothing.
    """

    root: Path
    shallow: bool = False
    versions: Mapping[str, list[Version]] = {}
    uncommitted: frozenset[str] = frozenset()
    problem: str | None = None


def read(root: Path) -> Repository:
    """Asks git three times, however many files there are; never raises for what git answers."""
    with _asked(root, _LOG) as answer:
        return answer()


@contextmanager
def asked(root: Path) -> Iterator[Callable[[], Repository]]:
    """What `read` gives, as an answer to wait for; git works at it while other things are done.

    To look for `reports` folders everywhere takes git three times as long as to look here, where
    most have always been: so it is done only where a report turns out to come from another.
    """
    with _asked(root, _LOG_HERE) as answer:
        yield lambda: _followed(answer())


def _followed(found: Repository) -> Repository:
    return read(found.root) if _comes_from_elsewhere(found) else found


def _comes_from_elsewhere(found: Repository) -> bool:
    """Whether a commit that brought a report here took it from another folder of reports."""
    first = {versions[-1].commit.id for versions in found.versions.values()}
    if not first:
        return False
    question = "".join(f"{commit}\n" for commit in sorted(first))
    try:
        log = _run(found.root, *_CHANGES, "--no-walk", "--stdin", told=question.encode())
    except _RefusalError:
        return False
    return any(
        change.old_path is not None and "reports" in change.old_path.split("/")
        for _, changes in _commits(log, found.shallow)
        for change in changes
    )


@contextmanager
def _asked(root: Path, log_of: tuple[str, ...]) -> Iterator[Callable[[], Repository]]:
    with ExitStack() as begun:
        try:
            facts, status, log = [
                begun.enter_context(_begun(root, *question))
                for question in (_FACTS, _STATUS, log_of)
            ]
        except FileNotFoundError:
            silent = Repository(root=root, problem="máy này chưa cài git")
        except OSError as error:
            silent = Repository(root=root, problem=f"không chạy được git: {reason(error)}")
        else:
            yield lambda: _answer(root, facts, status, log)
            return
        yield lambda: silent


def contents(repository: Repository, blobs: Iterable[str]) -> dict[str, bytes]:
    """What these blobs hold; those that the clone lacks are left out.

    Raises Failure where git cannot read its own store.
    """
    wanted = sorted(set(blobs))
    if not wanted:
        return {}
    names = "".join(f"{blob}\n" for blob in wanted)
    try:
        answer = _run(repository.root, "cat-file", "--batch", told=names.encode())
    except _RefusalError as refusal:
        raise Failure(_explained(str(refusal))) from None
    found: dict[str, bytes] = {}
    start = 0
    for blob in wanted:
        end = answer.index(b"\n", start)
        head, start = answer[start:end].split(b" "), end + 1
        if len(head) == 3:
            size = int(head[2])
            found[blob] = answer[start : start + size]
            start += size + 1
    return found


class _RefusalError(Exception):
    """git ended with an error; its words."""


class _FileChange(Struct, frozen=True):
    path: str
    blob: str | None
    old_path: str | None = None


_Process: TypeAlias = "subprocess.Popen[bytes]"

_FACTS = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
_STATUS = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "reports")


def _answer(root: Path, facts: _Process, status: _Process, log: _Process) -> Repository:
    try:
        return _read(root, _ended(facts), status, log)
    except _RefusalError as refusal:
        return Repository(root=root, problem=_explained(str(refusal)))


def _read(root: Path, facts: bytes, status: _Process, log: _Process) -> Repository:
    inside, shallow, prefix = (*facts.split(b"\n", 2), b"", b"")[:3]
    if inside != b"true":
        raise _RefusalError("not a git repository")
    folder = _path(prefix.removesuffix(b"\n"))
    is_shallow = shallow == b"true"
    uncommitted, renames = _uncommitted(_ended(status))
    versions = _versions(_logged(log), renames, is_shallow)
    return Repository(
        root=root,
        shallow=is_shallow,
        versions={
            path.removeprefix(folder): own
            for path, own in versions.items()
            if path.startswith(folder)
        },
        uncommitted=frozenset(
            path.removeprefix(folder) for path in uncommitted if path.startswith(folder)
        ),
    )


def _uncommitted(status: bytes) -> tuple[list[str], dict[str, str]]:
    """The paths that differ from the last commit, and the old path → new of those renamed."""
    changed: list[str] = []
    renames: dict[str, str] = {}
    tokens = iter(status.split(b"\0")[:-1])
    for token in tokens:
        path = _path(token[3:])
        changed.append(path)
        if b"R" in token[:2] or b"C" in token[:2]:
            old = _path(next(tokens))
            if b"R" in token[:2]:
                renames[old] = path
    return changed, renames


_CHANGES = (
    "log",
    "-z",
    "--format=tformat:%H%x00%P%x00%at%x00%an",
    "--encoding=UTF-8",
    "--raw",
    "--no-abbrev",
    "-M",
    "-c",
)
"""`%an`, unlike `%aN`, knows no mailmap. `-c` adds what a merge itself changed."""
_WALK = (*_CHANGES, "--date-order", "--full-history", "HEAD", "--")
_LOG = (*_WALK, ":(top,glob)**/reports/**")
"""Every commit that touches a file below any `reports` folder of the repository.

Any, so that a workspace that was moved is followed to where it was before.
"""
_LOG_HERE = (*_WALK, "reports")


def _logged(log: _Process) -> bytes:
    try:
        return _ended(log)
    except _RefusalError as refusal:
        if "unknown revision" in str(refusal) or "bad revision" in str(refusal):
            return b""  # no commit yet
        raise


def _versions(log: bytes, renames: Mapping[str, str], is_shallow: bool) -> dict[str, list[Version]]:
    """The versions of each file by the path it has now.

    Going back in time, `current` leads from the path that a file had then to the one it has now;
    to None where that path was another file's, which is gone.
    """
    versions: dict[str, list[Version]] = {}
    current: dict[str, str | None] = dict(renames)
    for commit, changes in _commits(log, is_shallow):
        for change in changes:
            name = current.get(change.path, change.path)
            if name is not None:
                versions.setdefault(name, []).append(Version(commit, change.blob))
            if change.old_path is not None:
                current[change.path] = None
                current[change.old_path] = name
    return versions


def _commits(log: bytes, is_shallow: bool) -> Iterator[tuple[Commit, list[_FileChange]]]:
    """Newest first, children before their parents."""
    tokens = [token.removeprefix(b"\n") for token in log.split(b"\0")]
    place = 0
    while place + _HEADER <= len(tokens):
        name, parents, moment, author = tokens[place : place + _HEADER]
        place += _HEADER
        changes: list[_FileChange] = []
        while place < len(tokens) and (not tokens[place] or tokens[place].startswith(b":")):
            if not tokens[place]:  # before a merge's changes, and at the end of all
                place += 1
                continue
            change, place = _change(tokens, place)
            changes.append(change)
        commit = Commit(
            name.decode(), _author(author), _day(moment), cut=is_shallow and not parents
        )
        yield commit, changes


_HEADER = 4
"""Fields of a commit in the format that `_log` asks for."""


def _change(tokens: list[bytes], place: int) -> tuple[_FileChange, int]:
    """One entry of `--raw -z`, and the place after it.

    `:mode mode blob blob R100` is followed by the old and the new path; a merge's entry has as
    many colons as parents, and one path.
    """
    fields = tokens[place].split(b" ")
    blob = fields[-2].decode() if fields[-2].strip(b"0") else None
    if not fields[0].startswith(b"::") and fields[-1][:1] in (b"R", b"C"):
        old, new = _path(tokens[place + 1]), _path(tokens[place + 2])
        is_rename = fields[-1].startswith(b"R")
        return _FileChange(new, blob, old if is_rename else None), place + 3
    return _FileChange(_path(tokens[place + 1]), blob), place + 2


def _path(written: bytes) -> str:
    """macOS may have decomposed the letters."""
    return vietnamese.nfc(written.decode("utf-8", "surrogateescape"))


def _author(written: bytes) -> str:
    """On one line, and without what would steer a terminal."""
    name = vietnamese.nfc(written.decode("utf-8", "replace"))
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())


def _day(moment: bytes) -> date:
    """Seconds since 1970 → the day in Việt Nam; 1970 for a moment beyond all calendars."""
    try:
        return (_EPOCH + timedelta(seconds=int(moment))).date()
    except (ValueError, OverflowError):
        return _EPOCH.date()


_SETTINGS = (
    "core.fsmonitor=false",
    "diff.relative=false",
    "diff.renameLimit=1000",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "status.renames=true",
)
"""What a user's or a repository's own settings could turn otherwise."""


def _run(root: Path, *arguments: str, told: bytes) -> bytes:
    with _begun(root, *arguments, takes_input=True) as process:
        return _ended(process, told)


def _begun(root: Path, *arguments: str, takes_input: bool = False) -> _Process:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return subprocess.Popen(
        ["git", "--no-optional-locks", *settings, *arguments],
        cwd=root,
        env=_environment(),
        stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _ended(process: _Process, told: bytes | None = None) -> bytes:
    answer, words = process.communicate(told)
    if process.returncode:
        raise _RefusalError(words.decode("utf-8", "replace").strip())
    return answer


_OTHER_REPOSITORY = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "COMMON_DIR", "INDEX_FILE", "PREFIX", "NAMESPACE", "SHALLOW_FILE"),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "GRAFT_FILE", "REPLACE_REF_BASE"),
        *("LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS", "ICASE_PATHSPECS"),
    )
)
"""Variables, such as git sets for a hook, that name another repository or read paths otherwise."""


def _environment() -> dict[str, str]:
    """Ours, with git's words in English and the repository found from the folder alone."""
    kept = {name: value for name, value in os.environ.items() if name not in _OTHER_REPOSITORY}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _explained(words: str) -> str:
    if "not a git repository" in words:
        return "thư mục này chưa được quản lý bằng git"
    remedy = next((line.strip() for line in words.splitlines() if "safe.directory" in line), None)
    if remedy:
        return f"git từ chối đọc vì thư mục là của tài khoản khác; nếu tin cậy, hãy chạy: {remedy}"
    return f"git báo lỗi: {words.splitlines()[0] if words else 'không rõ nguyên nhân'}"
