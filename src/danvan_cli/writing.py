"""Writes a file whole or not at all, and never over what a person has edited since."""

import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from danvan_cli.failures import Failure, os_failure

FINGERPRINT_PROPERTY = "danvan.fingerprint"
"""The custom property of a Word document that holds the fingerprint of its content."""

_STAMP = re.compile(
    rb'name="' + re.escape(FINGERPRINT_PROPERTY).encode() + rb'"><vt:lpwstr>([0-9a-f]{64})<'
)
_PROPERTIES = "docProps/"
_CUSTOM_PROPERTIES = "docProps/custom.xml"
_LARGEST = 256 * 1024 * 1024
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


def write(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Puts the content there, making missing folders, and returns the path.

    A file with this content already is left alone. One that differs is replaced where it is a
    Word document still as danvan wrote it, or with `force`.

    Raises Failure where a person has edited the file, where it is open in Word, or where the
    operating system refuses.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists():
            existing = _existing(path, target)
            if existing == content:
                return path
            if not force and not is_as_written(existing):
                raise _edited(path)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    except OSError as error:
        raise os_failure(error) from error
    return path


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
    return target.read_bytes()


def _replace(target: Path, content: bytes) -> None:
    """By way of a file beside it, so that a reader never sees half of one."""
    beside = target.with_name(f".danvan-{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        _put(beside, target)
    finally:
        beside.unlink(missing_ok=True)


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


def _edited(path: Path) -> Failure:
    return Failure(
        f"“{path}” đã được sửa sau khi danvan ghi, hoặc không phải do danvan ghi, nên không ghi đè",
        "thêm --force để ghi đè (mất phần đã sửa), hoặc ghi ra tệp khác bằng -o",
    )
