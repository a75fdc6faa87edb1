"""Writes files whole or not at all, and never over what a person has edited since."""

import functools
import hashlib
import os
import re
import secrets
import shutil
import sys
import time
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from danvan_cli.failures import Failure, os_failure
from danvan_cli.unfinished import is_unfinished, unfinished_name

FINGERPRINT_PROPERTY = "danvan.fingerprint"
"""The custom property of a Word document that holds the fingerprint of its content."""

RECORD_NAME = ".danvan.sha256"
"""The file beside several others that has their digests, as `sha256sum` writes and checks them."""

_RECORD_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_STAMP = re.compile(
    rb'name="' + re.escape(FINGERPRINT_PROPERTY).encode() + rb'"><vt:lpwstr>([0-9a-f]{64})<'
)
_PROPERTIES = "docProps/"
_CUSTOM_PROPERTIES = "docProps/custom.xml"
_LARGEST = 128 * 1024 * 1024
_MOMENT = 5
"""Seconds."""
_NO_WORD_FILE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What zipfile raises for damaged, encrypted and otherwise foreign files."""


def write(
    path: Path, content: bytes, *, force: bool = False, before_force: str | None = None
) -> Path:
    """Puts the content there, making missing folders, and returns the path.

    A file with this content already is left alone. One that differs is replaced where it is a
    Word document still as danvan wrote it, or with `force`; `before_force` says what to do first.

    Raises Failure where a person has edited the file, where it is open in Word, or where the
    operating system refuses.
    """
    target = Path(os.path.realpath(path))
    try:
        if path.is_symlink() and not target.exists():
            raise Failure(f"không ghi được “{path}”: đó là một liên kết hỏng")
        if target.exists():
            existing = _existing(path, target)
            if existing == content:
                _clear_up(target.parent)
                return path
            if not force and not is_as_written(existing):
                raise _edited(path, before_force)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
        _clear_up(target.parent)
    except OSError as error:
        raise os_failure(error) from error
    return path


def write_all(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Puts files of any kind into a folder, or none of them, and returns their paths.

    What was written is kept beside them (RECORD_NAME), so that danvan's own files can be told from
    those that a person has edited since, which are not replaced without `force`.

    Raises Failure as `write` does, before anything is written where a person has edited a file.
    """
    record = folder / RECORD_NAME
    known = _recorded(record)
    paths = {name: folder / name for name in files}
    ours = {name: _is_known(path, known.get(name, set())) for name, path in paths.items()}
    if not force:
        for name, path in paths.items():
            if path.is_file() and not ours[name] and not _is_replaceable(path, files[name]):
                raise _edited(path)
    new = {name: {_digest(content)} for name, content in files.items()}
    # Both the old and the new, in case the program is stopped before all files are written.
    _record(record, {name: known.get(name, set()) | new.get(name, set()) for name in known | new})
    for name, path in paths.items():
        write(path, files[name], force=force or ours[name])
    _record(record, known | new)
    return list(paths.values())


def _record(record: Path, known: Mapping[str, set[str]]) -> None:
    lines = [f"{each}  {name}\n" for name in sorted(known) for each in sorted(known[name])]
    write(record, "".join(lines).encode(), force=True)


def _recorded(record: Path) -> dict[str, set[str]]:
    """Digests by file name; none where there is no record or it is none."""
    text = _read(record).decode("utf-8", "replace") if record.is_file() else ""
    known: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := _RECORD_LINE.fullmatch(line):
            known.setdefault(match[2], set()).add(match[1])
    return known


def _is_known(path: Path, digests: set[str]) -> bool:
    return bool(digests) and path.is_file() and _digest(_read(path)) in digests


def _is_replaceable(path: Path, content: bytes) -> bool:
    existing = _read(path)
    return existing == content or is_as_written(existing)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise os_failure(error) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_as_written(document: bytes) -> bool:
    """Whether this is a Word document of danvan's that nobody has changed since."""
    try:
        with zipfile.ZipFile(BytesIO(document)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                return False
            stamp = _STAMP.search(archive.read(_CUSTOM_PROPERTIES))
            parts = {name: archive.read(name) for name in archive.namelist()}
    except _NO_WORD_FILE:
        return False
    return stamp is not None and stamp[1].decode() == fingerprint(parts)


def fingerprint(parts: Mapping[str, bytes]) -> str:
    """64 hex digits for a Word document's parts by name, but for those of its properties."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        if not name.startswith(_PROPERTIES):
            digest.update(f"{name}\0{len(parts[name])}\0".encode())
            digest.update(parts[name])
    return digest.hexdigest()


def _existing(path: Path, target: Path) -> bytes:
    if not target.is_file():
        raise Failure(f"không ghi được “{path}”: đó không phải là một tệp thông thường")
    if not os.access(target, os.W_OK):
        raise _in_use(path)
    return target.read_bytes() if target.stat().st_size <= _LARGEST else b""


def _replace(target: Path, content: bytes) -> None:
    """By way of a file beside it, so that a reader never sees half of one."""
    beside = target.with_name(unfinished_name(secrets.token_hex(8)))
    try:
        with beside.open("xb") as file:
            _hold(file)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        _put(beside, target)
    finally:
        beside.unlink(missing_ok=True)


@functools.cache
def _clear_up(folder: Path) -> None:
    """Removes, once a run, what runs that were killed left in a folder."""
    for left in folder.glob(".danvan-*.tmp"):
        with suppress(OSError):
            if is_unfinished(left.name) and _is_abandoned(left):
                left.unlink()


def _is_abandoned(left: Path) -> bool:
    """Whether nobody is writing it: its writer holds it, but for a moment before and after."""
    if time.time() - left.stat().st_mtime < _MOMENT:
        return False
    with left.open("rb") as file:
        return _hold(file)


if sys.platform == "win32":

    def _hold(_file: IO[bytes]) -> bool:
        """Windows lets nobody remove an open file."""
        return True

else:
    import fcntl

    def _hold(file: IO[bytes]) -> bool:
        """Claims the file until it is closed, if nobody else has; the end of a process closes."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _put(beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
    except PermissionError as error:
        raise _in_use(target) from error


def _in_use(path: Path) -> Failure:
    return Failure(
        f"không ghi được “{path}”: tệp đang mở trong Word hoặc chỉ cho phép đọc",
        "đóng tệp trong Word rồi làm lại, hoặc ghi ra tệp khác bằng -o",
    )


def _edited(path: Path, before_force: str | None = None) -> Failure:
    first = f"{before_force}; rồi " if before_force else ""
    return Failure(
        f"“{path}” đã được sửa sau khi danvan ghi, hoặc không phải do danvan ghi, nên không ghi đè",
        f"{first}thêm --force để ghi đè (mất phần đã sửa), hoặc ghi ra tệp khác bằng -o",
    )
