"""Reads from git who changed each report file, when, and its content at that time."""

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
"""Returns the content of a blob: None if it is not available, b"" if it is too large."""


class Commit(Struct, frozen=True):
    """A commit. `day`: when it reached this history; `written`: its author's date.

    Both are days in Việt Nam. A commit on a branch reached the history with the merge, so the
    merge's committer date counts. `cut`: the history of a shallow clone ends here.
    """

    id: str
    author: str
    day: date
    written: date
    cut: bool = False


class Version(Struct, frozen=True):
    """A file in one commit. `blob`: the git name of its content; None if the file did not exist.

    `before`: its blob in each parent of the commit. `own`: False for a merge that only combined
    the content of its parents.
    """

    commit: Commit
    blob: str | None
    before: tuple[str | None, ...]
    own: bool = True


class Repository(Struct, frozen=True, kw_only=True):
    """What git knows, by file path relative to the workspace, with `/`.

    `versions`: the latest first, across renames. `last`: the blobs of the last commit;
    `unchanged`: the files that still have this content. `problem`: why git knows nothing, in
    Vietnamese.
    """

    root: Path
    shallow: bool = False
    versions: Mapping[str, list[Version]] = {}
    last: Mapping[str, str] = {}
    unchanged: frozenset[str] = frozenset()
    problem: str | None = None


def read(root: Path) -> Repository:
    """Runs git five times at most, for any number of files; never raises for its answers."""
    try:
        git_process.program()
        top = git_process.top(root)
        if top is None:
            raise git_process.GitError("not a git repository")
        return _read(root, top)
    except Failure as failure:
        return Repository(root=root, problem=failure.message)


def tracked(root: Path, files: Iterable[str]) -> frozenset[str]:
    """Those of these files, named from the workspace's folder, that git keeps; never raises."""
    top = git_process.top(root)
    if top is None:
        return frozenset()
    wanted = {vietnamese.nfc((root / file).relative_to(top).as_posix()): file for file in files}
    ways = [f":(literal){way}" for way in wanted]
    try:
        known = {_path(path) for path in git_process.parts(top, "ls-files", "-z", "--", *ways)}
    except Failure:
        return frozenset()
    return frozenset(file for way, file in wanted.items() if way in known)


def blobs(repository: Repository) -> AbstractContextManager[ReadBlob]:
    """A reader of old versions; it raises Failure if git cannot read its objects."""
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
    """The path from the repository's top and the blob of each report in the last commit."""
    entries = ("ls-tree", "-r", "-z", "--full-name", "HEAD", "--", _pathspec(top, root))
    for entry in git_process.parts(top, *entries):
        facts, _, path = entry.partition(b"\t")
        yield _path(path), facts.split(b" ")[2].decode()


_REPORTS = "reports"
_REPORT_SUFFIXES = (".yaml", ".yml")


def _pathspec(top: Path, root: Path) -> str:
    return f":(literal){(root / _REPORTS).relative_to(top).as_posix()}"


_MAX_FILE = 16 * MAX_BYTES
"""Bytes of a file that is still compared with its last version."""


def _compare_with_last_commit(
    root: Path, last: Mapping[str, str], content: ReadBlob
) -> tuple[frozenset[str], dict[str, str]]:
    """The files that are as in the last commit, and the new path of moved files by the old one."""
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
    """What git would store of a file, at most _MAX_FILE + 1 bytes; None if it is no file."""
    try:
        if path.is_symlink():
            return os.fsencode(path.readlink())
        # Opening a named pipe would wait forever for a writer.
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return file.read(_MAX_FILE + 1)
    except OSError:
        return None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _blob_name(content: bytes, digits: int) -> str:
    """The name that git gives a blob: its SHA-1, or SHA-256 if names have 64 digits."""
    whole = b"blob %d\0" % len(content) + content
    digest = hashlib.sha256(whole) if digits == 64 else hashlib.sha1(whole, usedforsecurity=False)
    return digest.hexdigest()


class Change(Struct, frozen=True):
    """The change of one file in one commit: its blob in each parent, and in the commit."""

    path: str
    before: tuple[str | None, ...]
    blob: str | None


Logged: TypeAlias = tuple[int, Commit, list[Change]]
"""A commit with its position on the first-parent line, or that of the merge that brought it."""

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
"""`%an`, unlike `%aN`, ignores the mailmap. `-c` adds changes that a merge made itself."""

_WALK = (*_CHANGES, "--date-order", "--full-history", "--sparse", "HEAD", "--")
"""`--sparse` adds commits without changes here, which connect a merge with its branch."""

_EVERYWHERE = f":(top,glob)**/{_REPORTS}/**"

_MAX_ASKED = 200
"""Commits named in one question to git; more do not fit on a command line of Windows."""


def _logged(top: Path, root: Path, is_shallow: bool) -> list[Logged]:
    """The commits that changed a report, the latest first.

    If a report was moved here from another folder of reports, all such folders of the repository
    are searched, to follow a workspace that was moved. That takes git three times as long.
    """
    here = _walked(top, _pathspec(top, root), is_shallow)
    return _walked(top, _EVERYWHERE, is_shallow) if _is_moved(top, here) else here


def _is_moved(top: Path, logged: Iterable[Logged]) -> bool:
    """Whether a commit that added a report also deleted one elsewhere."""
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
    """The commits that changed a report below `pathspec`; git lists children before parents.

    A merge on the first-parent line brings all commits that its first parent did not have. So
    positions are passed from children to parents, and the oldest one counts.
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
        # git writes an empty part before the changes of a merge.
        while (part := next(parts, None)) is not None:
            fields = part.removeprefix(b"\n")
            if fields and not fields.startswith(b":"):
                break
            if fields:
                changes.append(_change(fields, next(parts, b"")))
        yield name.decode(), parents.decode().split(), (moments[0], moments[1]), author, changes
        name = part.removeprefix(b"\n") if part else b""


def _change(written: bytes, path: bytes) -> Change:
    """One entry of `--raw`: one colon for each parent, then modes, blobs and a letter."""
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
    """The versions of each file in a folder by its present path.

    While going back in time, `current` maps the path that a file had to its present path, or to
    None if the path belonged to another file, which was deleted.
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
    """Whether a merge added a line that no parent has, or removed one that all have."""
    held = [content(blob) for blob in (change.blob, *change.before) if blob]
    if change.blob is None or None in held:
        return True
    lines = [set(text.splitlines()) for text in held if text is not None]
    after, before = lines[0], lines[1:]
    return not (after <= set().union(*before) and set.intersection(*before) <= after)


_MAX_PAIRS = 10_000
"""Pairs of a deleted and a new file that are compared by lines in one commit at most."""


def _renames(changes: Iterable[Change], content: ReadBlob) -> dict[str, Change]:
    """The deleted file by the path of the new file that it was renamed to.

    As in git: the content is the same, or half of the larger file is in both.
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
    """The bytes in common lines, as a part of the larger file."""
    larger = max(_size(old), _size(new))
    return _size(old & new) / larger if larger else 0.0


def _size(lines: "Counter[bytes]") -> int:
    return sum(len(line) * times for line, times in lines.items())


def _path(written: bytes) -> str:
    """The path in NFC, since macOS may store decomposed letters."""
    return vietnamese.nfc(written.decode("utf-8", "surrogateescape"))


def _author(written: bytes) -> str:
    """The author's name on one line, shortened, without characters that control a terminal."""
    name = vietnamese.nfc(written.decode("utf-8", "replace"))
    words = "".join(letter if letter.isprintable() else " " for letter in name).split()
    shown = " ".join(words)
    return shown if len(shown) <= _MAX_AUTHOR else f"{shown[:_MAX_AUTHOR]}…"


_MAX_AUTHOR = 100


def _day(moment: bytes) -> date:
    """Seconds since 1970 → the day in Việt Nam; 01/01/1970 if no calendar has the day."""
    try:
        return (_EPOCH + timedelta(seconds=int(moment))).date()
    except (ValueError, OverflowError):
        return _EPOCH.date()
