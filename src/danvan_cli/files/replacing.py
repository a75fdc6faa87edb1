"""Replaces files atomically, and only if they are still as they were read."""

import functools
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from danvan_cli.files import links
from danvan_cli.files.temporary_names import is_temporary, temporary_name
from danvan_cli.problems import Failure, reason

_LOCK_NAME = "lock"
_MOMENT = 5
"""Seconds."""


class Original(NamedTuple):
    """A file as it was read; `content` is None if there was no file."""

    path: Path
    content: bytes | None


class New(NamedTuple):
    """The new content for a file that was read."""

    old: Original
    content: bytes


def read(path: Path, within: Path | None) -> Original:
    """Reads a file that is going to be changed, or that does not exist yet.

    Raises Failure if a link leads out of the workspace `within` (see `links`) or nowhere, and if it
    is not a regular file.
    """
    content = links.read_within(path, within)
    if content is None and path.is_symlink():
        raise Failure(f"không ghi được “{path}”: đó là một liên kết hỏng")
    return Original(path, content)


def put(old: Original, content: bytes) -> None:
    """Writes the content by way of a temporary file, so that nobody reads an incomplete file.

    Raises Failure if the file has changed since it was read, if it is open in Word, or if the
    operating system refuses.
    """
    target = _target(old)
    temporary = target.with_name(temporary_name(secrets.token_hex(8)))
    with _name_in_failure(old.path):
        _refuse_unwritable(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_new(temporary, content, like=target)
            _move_into_place(temporary, New(old, content))
        finally:
            temporary.unlink(missing_ok=True)


def put_all(folder: Path, files: Sequence[New]) -> None:
    """Moves files to their places, in this order, once all are completely written in `folder`.

    Raises Failure as `put` does, before any file is moved. If the system refuses after that, the
    message says which files were written.
    """
    with _name_in_failure(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _stage(folder) as stage:
            made = []
            for number, file in enumerate(files):
                target = _target(file.old)
                with _name_in_failure(file.old.path):
                    _refuse_unwritable(file.old)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    made.append((_write_new(stage / str(number), file.content, like=target), file))
            _move_all_into_place(made)


def _move_all_into_place(made: Sequence[tuple[Path, New]]) -> None:
    names = [file.old.path.name for _, file in made]
    for number, (path, file) in enumerate(made):
        try:
            with _name_in_failure(file.old.path):
                _move_into_place(path, file)
        except Failure as failure:
            if not number:
                raise
            there, missing = ", ".join(names[:number]), ", ".join(names[number:])
            raise Failure(
                f"{failure.message}; đã ghi: {there}; chưa ghi: {missing}", failure.hint
            ) from failure


def change(old: Original, content: bytes) -> None:
    """Writes the content as `put` does; a file with hard links or another owner is overwritten.

    Otherwise only one of several hard links would be replaced, or the file would no longer belong
    to the colleague who owns it.
    """
    target = _target(old)
    if old.content is None or not _is_shared(target):
        put(old, content)
        return
    with _name_in_failure(old.path), _lock_folder(target.parent):
        _refuse_unwritable(old)
        _refuse_changed(old)
        _overwrite(target, old.content, content)


def _overwrite(target: Path, before: bytes, content: bytes) -> None:
    """Writes the whole content at once; if that fails, the old content is restored."""
    with target.open("r+b", buffering=0) as file:
        try:
            _write(file, content)
        except OSError:
            written = file.tell()
            file.seek(0)
            _write(file, before[:written])
            file.truncate(len(before))
            raise
        file.truncate(len(content))
        os.fsync(file.fileno())


def _write(file: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def remove_abandoned(folder: Path) -> None:
    """Removes temporary files that killed runs left in a folder; each folder once a run."""
    _remove_abandoned(Path(os.path.realpath(folder)))


@functools.cache
def _remove_abandoned(folder: Path) -> None:
    for left in folder.glob(".danvan-*.tmp"):
        with suppress(OSError):
            if is_temporary(left.name) and not left.is_symlink() and _is_abandoned(left):
                _remove(left)


def _remove(left: Path) -> None:
    """Removes a file, or a folder of files."""
    if left.is_dir():
        for file in left.iterdir():
            file.unlink()
        left.rmdir()
    else:
        left.unlink(missing_ok=True)


def _is_abandoned(left: Path) -> bool:
    """Whether nobody is writing it; its writer locks it, except for a moment before and after."""
    if time.time() - left.stat().st_mtime < _MOMENT:
        return False
    lock = left / _LOCK_NAME if left.is_dir() else left
    if not lock.is_file():
        return left.is_dir() and not lock.is_symlink()
    with lock.open("rb") as file:
        return _lock(file)


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """A temporary folder in which files are written before they are moved to their places."""
    stage = folder / temporary_name(secrets.token_hex(8))
    stage.mkdir()
    try:
        with (stage / _LOCK_NAME).open("xb") as lock:
            _lock(lock)
            yield stage
    finally:
        _remove(stage)


def _write_new(path: Path, content: bytes, like: Path) -> Path:
    """Writes a new file to the disk, with mode and owner of the file `like`, if that exists."""
    with path.open("xb") as file:
        _lock(file)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        _copy_attributes(like, path)
    return path


def _move_into_place(path: Path, file: New) -> None:
    """Moves a file to its place, after a last check that nobody has changed what is there."""
    target = _target(file.old)
    with _lock_folder(target.parent):
        if _content_of(target) == file.content:
            return
        _refuse_changed(file.old)
        try:
            path.replace(target)
        except PermissionError as error:
            raise _in_use(file.old.path) from error


def _refuse_changed(old: Original) -> None:
    if _content_of(_target(old)) != old.content:
        raise changed_meanwhile(old.path)


def changed_meanwhile(path: Path) -> Failure:
    return Failure(
        f"“{path}” đã có người hoặc chương trình khác sửa trong khi danvan làm việc, nên không ghi "
        "đè",
        "xem lại tệp đó rồi chạy lại lệnh",
    )


def _content_of(target: Path) -> bytes | None:
    try:
        return links.read_unfollowed(target)
    except FileNotFoundError:
        return None


def _target(old: Original) -> Path:
    return Path(os.path.realpath(old.path))


@contextmanager
def _name_in_failure(path: Path) -> Iterator[None]:
    """Turns an OSError into a Failure that names this path, not the temporary file."""
    try:
        yield
    except OSError as error:
        raise Failure(f"không ghi được “{path}”: {reason(error)}") from error


def _refuse_unwritable(old: Original) -> None:
    if old.content is not None and not os.access(_target(old), os.W_OK):
        raise _in_use(old.path)


def _in_use(path: Path) -> Failure:
    return Failure(
        f"không ghi được “{path}”: tệp đang mở trong Word hoặc chỉ cho phép đọc",
        "đóng tệp trong Word rồi làm lại, hoặc ghi ra tệp khác bằng -o",
    )


if sys.platform == "win32":

    def _lock(_file: IO[bytes]) -> bool:
        """No lock is needed: Windows does not let anybody remove an open file."""
        return True

    @contextmanager
    def _lock_folder(_folder: Path) -> Iterator[None]:
        """Windows cannot lock a folder; comparing and replacing are only a moment apart."""
        yield

    def _is_shared(target: Path) -> bool:
        """Whether the file has several hard links."""
        return target.stat().st_nlink > 1

    def _copy_attributes(source: Path, target: Path) -> None:
        shutil.copymode(source, target)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        """Locks the file until it is closed or the process ends; False if another has locked it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    @contextmanager
    def _lock_folder(folder: Path) -> Iterator[None]:
        """Locks the folder, so that no other run of danvan replaces files in it meanwhile."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            # Some network drives cannot lock folders.
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _is_shared(target: Path) -> bool:
        """Whether the file has several hard links, or belongs to another person."""
        status = target.stat()
        return status.st_nlink > 1 or os.geteuid() not in (0, status.st_uid)

    def _copy_attributes(source: Path, target: Path) -> None:
        """Copies owner, mode and other attributes, such as access lists, if possible."""
        status = source.stat()
        with suppress(PermissionError):
            os.chown(target, status.st_uid, status.st_gid)
        shutil.copystat(source, target)
        os.utime(target)
