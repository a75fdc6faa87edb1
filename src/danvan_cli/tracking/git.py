"""What git knows of a workspace's reports: who changed each file when, and what it held then."""

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files.decoding import MAX_BYTES
from danvan_cli.problems import Failure
from danvan_cli.tracking import git_process

_EPOCH = datetime.fromtimestamp(0, vietnamese.VIETNAM)

ReadBlob: TypeAlias = Callable[[str], bytes | None]
"""What a blob holds: None where that cannot be had, nothing where no report can be so large."""


class Commit(Struct, frozen=True):
    """`day`: when it reached this history; `written`: when its author says to have made it.

    Both in Việt Nam. A commit that came by a branch reached the history with the merge, whose
    committer's date counts. `cut`: here the history of a shallow clone ends.
    """

    id: str
    author: str
    day: date
    written: date
    cut: bool = False


class Version(Struct, frozen=True):
    """A file as a commit left it; a blob, the name of its content, is None where it was not there.

    `before`: what each parent of the commit had. `own`: False for a merge that did no more than
    put together what its parents had.
    """

    commit: Commit
    blob: str | None
    before: tuple[str | None, ...]
    own: bool = True


class Repository(Struct, frozen=True, kw_only=True):
    """What git knows, by file path below the workspace, with `/`.

    `versions`, through renames: the one that reached the history last comes first. `last`: the
    blobs of the last commit; `unchanged`: the files that still hold them. `problem`, in
    Vietnamese: why git tells nothing.
    """

    root: Path
    shallow: bool = False
    versions: Mapping[str, list[Version]] = {}
    last: Mapping[str, str] = {}
    unchanged: frozenset[str] = frozenset()
    problem: str | None = None


def read(root: Path) -> Repository:
    """Asks git five times at most, however many files there are; never raises for its answers."""
    try:
        git_process.program()
        top = git_process.top(root)
        if top is None:
            raise git_process.GitError("not a git repository")
        return _read(root, top)
    except Failure as failure:
        return Repository(root=root, problem=failure.message)


def blobs(repository: Repository) -> AbstractContextManager[ReadBlob]:
    """A reader of old versions. It raises Failure where git cannot read its own store."""
    return git_process.blobs(git_process.top(repository.root) or repository.root, MAX_BYTES)


def _read(root: Path, top: Path) -> Repository:
    facts = git_process.ask(top, *_FACTS)
    inside, shallow, git_folder, prefix = (*facts.split(b"\n", 3), b"", b"", b"")[:4]
    if inside != b"true" or git_folder == b".":
        raise git_process.GitError("not a git repository")
    below = root.relative_to(top).as_posix()
    folder = _path(prefix.removesuffix(b"\n"))
    if below != ".":
        folder += f"{vietnamese.nfc(below)}/"
    try:
        last = {
            path.removeprefix(folder): blob
            for path, blob in _last(top, root)
            if path.startswith(folder)
        }
        logged = _logged(top, root, shallow == b"true")
    except git_process.GitError as error:
        if "Not a valid object name HEAD" not in error.error_text:
            raise
        last, logged = {}, []  # no commit yet
    with git_process.blobs(top, MAX_BYTES) as content:
        unchanged, moved = _compare_with_last_commit(root, last, content)
        renames = {f"{folder}{old}": f"{folder}{new}" for old, new in moved.items()}
        versions = _versions(logged, renames, folder, content)
    return Repository(
        root=root,
        shallow=shallow == b"true",
        versions={path.removeprefix(folder): own for path, own in versions.items()},
        last=last | {new: last[old] for old, new in moved.items()},
        unchanged=unchanged,
    )


_FACTS = (
    "rev-parse",
    "--is-inside-work-tree",
    "--is-shallow-repository",
    "--git-dir",
    "--show-prefix",
)


def _last(top: Path, root: Path) -> Iterator[tuple[str, str]]:
    """The path, from the repository's top, and the blob of each report of the last commit."""
    entries = ("ls-tree", "-r", "-z", "--full-name", "HEAD", "--", _pathspec(top, root))
    for entry in git_process.parts(top, *entries):
        facts, _, path = entry.partition(b"\t")
        yield _path(path), facts.split(b" ")[2].decode()


_REPORTS = "reports"
_REPORT_SUFFIXES = (".yaml", ".yml")


def _pathspec(top: Path, root: Path) -> str:
    return f":(literal){(root / _REPORTS).relative_to(top).as_posix()}"


_MAX_FILE = 16 * MAX_BYTES
"""Bytes of a file that is still held against its last version."""


def _compare_with_last_commit(
    root: Path, last: Mapping[str, str], content: ReadBlob
) -> tuple[frozenset[str], dict[str, str]]:
    """The files that hold what the last commit has of them, and old path → new of those moved."""
    unchanged: set[str] = set()
    gone: dict[str, str] = {}
    for path, blob in last.items():
        found = _file(root / path)
        if found is None:
            gone[path] = blob
        elif blob in (
            _blob_name(found, len(blob)),
            _blob_name(found.replace(b"\r\n", b"\n"), len(blob)),
        ):
            unchanged.add(path)
    if not gone:
        return frozenset(unchanged), {}
    digits = len(next(iter(gone.values())))
    new = {
        _blob_name(found, digits): path
        for path in _other_files(root, last)
        if (found := _file(root / path)) is not None
    }
    changes = [
        *(Change(path, (blob,), None) for path, blob in gone.items()),
        *(Change(path, (None,), blob) for blob, path in new.items()),
    ]
    moved = _renames(
        changes, lambda blob: _file(root / new[blob]) if blob in new else content(blob)
    )
    return frozenset(unchanged), {old.path: path for path, old in moved.items()}


def _other_files(root: Path, known: Mapping[str, str]) -> Iterator[str]:
    for folder, _, names in os.walk(root / _REPORTS):
        for name in names:
            path = vietnamese.nfc((Path(folder) / name).relative_to(root).as_posix())
            if path not in known and name.endswith(_REPORT_SUFFIXES):
                yield path


def _file(path: Path) -> bytes | None:
    """What git would keep of a file, the beginning of one too large for a report; None of none."""
    try:
        if path.is_symlink():
            return os.fsencode(path.readlink())
        # A fifo would wait for a writer that never comes.
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return file.read(_MAX_FILE + 1)
    except OSError:
        return None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _blob_name(content: bytes, digits: int) -> str:
    """The name that git gives a blob: by SHA-1, or by SHA-256 where names have 64 digits."""
    whole = b"blob %d\0" % len(content) + content
    digest = hashlib.sha256(whole) if digits == 64 else hashlib.sha1(whole, usedforsecurity=False)
    return digest.hexdigest()


class Change(Struct, frozen=True):
    """One file in one commit: its blob in each parent, and after it."""

    path: str
    before: tuple[str | None, ...]
    blob: str | None


Logged: TypeAlias = tuple[int, Commit, list[Change]]
"""A commit with its place on the line of first parents, or that of the merge which brought it."""

_CHANGES = (
    "log",
    "-z",
    "--format=tformat:%H%x00%P%x00%ct%x00%at%x00%an",
    "--encoding=UTF-8",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "-O/dev/null",
    "-c",
)
"""`%an`, unlike `%aN`, knows no mailmap. `-c` adds what a merge has that no parent had."""

_WALK = (*_CHANGES, "--date-order", "--full-history", "--sparse", "HEAD", "--")
"""`--sparse` adds the commits that changed nothing here, which lead from a merge to its branch."""

_EVERYWHERE = f":(top,glob)**/{_REPORTS}/**"

_MAX_ASKED = 200
"""Commits that git is asked about by name: more do not fit on a command line of Windows."""


def _logged(top: Path, root: Path, is_shallow: bool) -> list[Logged]:
    """The commits that changed a report; who reached the history last comes first.

    Where a report was brought from another folder of reports, those below any of the repository:
    so a workspace that was moved is followed to where it was before. To look everywhere takes
    git three times as long.
    """
    here = _walked(top, _pathspec(top, root), is_shallow)
    return _walked(top, _EVERYWHERE, is_shallow) if _is_moved(top, here) else here


def _is_moved(top: Path, logged: Iterable[Logged]) -> bool:
    """Whether a commit that brought a report took one away elsewhere."""
    first = {
        change.path: commit.id
        for _, commit, changes in logged
        for change in changes
        if change.before == (None,)
    }
    commits = set(first.values())
    if not commits or len(commits) > _MAX_ASKED:
        return bool(commits)
    question = (*_CHANGES, "--no-walk", "--diff-filter=D", *commits, "--", _EVERYWHERE)
    return any(
        change.path not in first
        for *_, changes in _commits(git_process.parts(top, *question))
        for change in changes
    )


def _walked(top: Path, pathspec: str, is_shallow: bool) -> list[Logged]:
    """git hands out children before their parents.

    What a commit on the line of first parents has and its first parent has not has come with it:
    so a place is passed on from children to parents, and the oldest one counts.
    """
    kept: list[Logged] = []
    line: list[date] = []
    places: dict[str, int] = {}
    next_on_line: str | None = None
    for name, parents, moments, author, changes in _commits(
        git_process.parts(top, *_WALK, pathspec)
    ):
        place = places.pop(name, 0)
        if next_on_line in (None, name):
            place = len(line)
            line.append(_day(moments[0]))
            next_on_line = parents[0] if parents else ""
        for parent in parents:
            places[parent] = max(place, places.get(parent, 0))
        if changes:
            cut = is_shallow and not parents
            commit = Commit(name, _author(author), line[place], _day(moments[1]), cut)
            kept.append((place, commit, changes))
    kept.sort(key=lambda logged: logged[0])
    return kept


_Entry: TypeAlias = tuple[str, list[str], tuple[bytes, bytes], bytes, list[Change]]


def _commits(parts: Iterator[bytes]) -> Iterator[_Entry]:
    name = next(parts, b"")
    while name:
        parents, *moments, author = (next(parts, b"") for _ in range(4))
        changes: list[Change] = []
        # An empty part comes before a merge's changes.
        while (part := next(parts, None)) is not None:
            fields = part.removeprefix(b"\n")
            if fields and not fields.startswith(b":"):
                break
            if fields:
                changes.append(_change(fields, next(parts, b"")))
        yield name.decode(), parents.decode().split(), (moments[0], moments[1]), author, changes
        name = part.removeprefix(b"\n") if part else b""


def _change(written: bytes, path: bytes) -> Change:
    """One entry of `--raw`: as many colons as parents, then modes, then blobs, then a letter."""
    fields = written.split(b" ")
    parents = len(fields[0]) - len(fields[0].lstrip(b":"))
    *before, after = (
        blob.decode() if blob.strip(b"0") else None
        for blob in fields[parents + 1 : 2 * parents + 2]
    )
    return Change(_path(path), tuple(before), after)


def _versions(
    logged: Iterable[Logged], moved: Mapping[str, str], folder: str, content: ReadBlob
) -> dict[str, list[Version]]:
    """The versions of each file in a folder by the path it has now.

    Going back in time, `current` leads from the path that a file had then to the one it has now;
    to None where that path was another file's, which is gone.
    """
    versions: dict[str, list[Version]] = {}
    current: dict[str, str | None] = dict(moved)
    for _, commit, changes in logged:
        renames = _renames(changes, content)
        left = {old.path for old in renames.values()}
        for change in changes:
            name = current.get(change.path, change.path)
            if change.path in left or name is None or not name.startswith(folder):
                continue
            old = renames.get(change.path)
            before = old.before if old else change.before
            own = len(before) == 1 or _is_own(change, content)
            versions.setdefault(name, []).append(Version(commit, change.blob, before, own))
        for path, old in renames.items():
            name = current.get(path, path)
            current[path] = None
            current[old.path] = name
    return versions


def _is_own(change: Change, content: ReadBlob) -> bool:
    """Whether a merge has a line that no parent has, or lacks one that all have."""
    held = [content(blob) for blob in (change.blob, *change.before) if blob]
    if change.blob is None or None in held:
        return True
    lines = [set(text.splitlines()) for text in held if text is not None]
    after, before = lines[0], lines[1:]
    return not (after <= set().union(*before) and set.intersection(*before) <= after)


_MAX_PAIRS = 10_000
"""Pairs of files, one gone and one new, that are compared line by line in one commit."""


def _renames(changes: Iterable[Change], content: ReadBlob) -> dict[str, Change]:
    """By the path of each file that came from another, the one that went.

    As git sees it: they hold the same, or half of the larger one is in both.
    """
    gone = [change for change in changes if change.blob is None and len(change.before) == 1]
    new = [change for change in changes if change.before == (None,) and change.blob]
    if not gone or not new:
        return {}
    by_blob = {change.before[0]: change for change in gone}
    found: dict[str, Change] = {}
    for change in new:
        if old := by_blob.pop(change.blob, None):
            found[change.path] = old
    taken = {old.path for old in found.values()}
    rest = [change for change in gone if change.path not in taken]
    others = [change for change in new if change.path not in found]
    if len(rest) * len(others) > _MAX_PAIRS:
        return found
    old_lines = {old.path: _lines(old.before[0], content) for old in rest}
    for change in others:
        lines = _lines(change.blob, content)
        similarity = {old.path: _similarity(old_lines[old.path], lines) for old in rest}
        best = max(rest, key=lambda old: similarity[old.path], default=None)
        if best and similarity[best.path] >= 0.5:
            found[change.path] = best
            rest.remove(best)
    return found


def _lines(blob: str | None, content: ReadBlob) -> "Counter[bytes]":
    return Counter(((content(blob) if blob else None) or b"").splitlines(keepends=True))


def _similarity(old: "Counter[bytes]", new: "Counter[bytes]") -> float:
    """The bytes in lines of both, as a part of the larger one's."""
    larger = max(_size(old), _size(new))
    return _size(old & new) / larger if larger else 0.0


def _size(lines: "Counter[bytes]") -> int:
    return sum(len(line) * times for line, times in lines.items())


def _path(written: bytes) -> str:
    """macOS may have decomposed the letters."""
    return vietnamese.nfc(written.decode("utf-8", "surrogateescape"))


def _author(written: bytes) -> str:
    """On one line, not without end, and without what would steer a terminal."""
    name = vietnamese.nfc(written.decode("utf-8", "replace"))
    words = "".join(letter if letter.isprintable() else " " for letter in name).split()
    shown = " ".join(words)
    return shown if len(shown) <= _MAX_AUTHOR else f"{shown[:_MAX_AUTHOR]}…"


_MAX_AUTHOR = 100


def _day(moment: bytes) -> date:
    """Seconds since 1970 → the day in Việt Nam; 1970 for a moment beyond all calendars."""
    try:
        return (_EPOCH + timedelta(seconds=int(moment))).date()
    except (ValueError, OverflowError):
        return _EPOCH.date()
