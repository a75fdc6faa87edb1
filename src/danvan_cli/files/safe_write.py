"""Writes files completely or not at all, and never over what a person has edited."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from operator import itemgetter
from pathlib import Path

from danvan_cli.files import links, replacing
from danvan_cli.files.replacing import New, Original
from danvan_cli.problems import Failure

FINGERPRINT_PROPERTY = "danvan.fingerprint"
"""The custom property of a Word document that holds the fingerprint of its content."""

RECORD_NAME = ".danvan.sha256"
"""The file with the digests of the other files in its folder, in the format of `sha256sum`."""

_RECORD_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_STAMP = re.compile(
    rb'name="' + re.escape(FINGERPRINT_PROPERTY).encode() + rb'"><vt:lpwstr>([0-9a-f]{64})<'
)
_PROPERTIES = "docProps/"
_CUSTOM_PROPERTIES = "docProps/custom.xml"
_MOST_PROPERTIES = 4 * 1024 * 1024
"""Bytes; the properties of a draft have a hundredth of that."""
_PIECE = 1024 * 1024
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
"""What zipfile raises for files that are damaged, encrypted or not Word files."""


def write(
    path: Path,
    content: bytes,
    *,
    within: Path | None = None,
    force: bool = False,
    is_unedited: Callable[[bytes], bool] | None = None,
    before_force: str | None = None,
) -> Path:
    """Writes the content to the path, creates missing folders, and returns the path.

    A file that already has this content is not touched. Another is replaced if `is_unedited` says
    that it is still as danvan wrote it (by default for Word documents), or with `force`;
    `before_force`: what the user should do first. `within`: the workspace, out of which no link
    may lead; None if the person who runs danvan named the path.

    Raises Failure if a person has edited the file, if it is open in Word, if a link leads out, or
    if the operating system refuses.
    """
    old = replacing.read(path, within)
    if old.content != content:
        if not force:
            _refuse_edited(old, is_unedited or is_as_written, before_force)
        replacing.put(old, content)
    replacing.remove_abandoned(path.parent)
    return path


def write_together(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    within: Path | None = None,
    force: bool = False,
    is_unedited: Callable[[bytes], bool] | None = None,
) -> list[Path]:
    """Writes files that belong together into a folder, in this order, and returns their paths.

    Nothing is written unless all of them may be (see `write`), and none is moved to its place
    before all are completely on the disk.
    """
    new = [New(replacing.read(folder / way, within), content) for way, content in files.items()]
    for file in new:
        if not force and file.old.content != file.content:
            _refuse_edited(file.old, is_unedited or is_as_written)
    _put_all(folder, new)
    return [folder / way for way in files]


def write_all(
    folder: Path, files: Mapping[str, bytes], *, within: Path | None = None, force: bool = False
) -> list[Path]:
    """Writes files of any kind into a folder, as `write_together` does, and returns their paths.

    Their digests are recorded in the same folder (RECORD_NAME), so that files which a person has
    edited are recognized; these are not replaced without `force`.
    """
    record = _record_as_read(folder / RECORD_NAME, within)
    known = _recorded(record.content or b"")
    new = [New(replacing.read(folder / name, within), content) for name, content in files.items()]
    for name, file in zip(files, new, strict=True):
        if not force and file.old.content != file.content:
            _refuse_edited(file.old, partial(_is_known, known.get(name, set())))
    written = {name: {_digest(content)} for name, content in files.items()}
    # Old and new digests, in case the program is stopped before all files are written.
    either = {name: known.get(name, set()) | written.get(name, set()) for name in known | written}
    before, after = _record(either), _record(known | written)
    beginning = New(record, before)
    end = New(record._replace(content=before), after)
    _put_all(folder, [beginning, *new, end])
    return [folder / name for name in files]


def change(old: Original, content: bytes) -> Path:
    """Writes a changed file back, and returns its path.

    The file keeps its mode, its owner and its hard links. Raises Failure if somebody else has
    saved it since it was read (`replacing.read`), and as `write` does.
    """
    if old.content != content:
        replacing.change(old, content)
    replacing.remove_abandoned(old.path.parent)
    return old.path


def _put_all(folder: Path, new: Sequence[New]) -> None:
    if changed := [file for file in new if file.old.content != file.content]:
        replacing.put_all(folder, changed)
    for parent in {folder, *(file.old.path.parent for file in new)}:
        replacing.remove_abandoned(parent)


def _refuse_edited(
    old: Original, is_unedited: Callable[[bytes], bool], before_force: str | None = None
) -> None:
    if old.content is None or is_unedited(old.content):
        return
    first = f"{before_force}; rồi " if before_force else ""
    raise Failure(
        f"“{old.path}” đã được sửa sau khi danvan ghi, hoặc không phải do danvan ghi, nên không "
        "ghi đè",
        f"{first}thêm --force để ghi đè (mất phần đã sửa), hoặc ghi ra tệp khác bằng -o",
    )


def _record_as_read(path: Path, within: Path | None) -> Original:
    """Raises Failure for a link, since a record is overwritten in any case."""
    if path.is_symlink():
        raise Failure(
            f"“{path}” là một liên kết, không phải tệp do danvan ghi", "xóa liên kết đó đi"
        )
    return replacing.read(path, within)


def _record(digests: Mapping[str, set[str]]) -> bytes:
    lines = [f"{digest}  {name}\n" for name in sorted(digests) for digest in sorted(digests[name])]
    return "".join(lines).encode()


def _recorded(record: bytes) -> dict[str, set[str]]:
    """The digests in a record by file name; empty if it is not a record."""
    known: dict[str, set[str]] = {}
    for line in record.decode("utf-8", "replace").splitlines():
        if match := _RECORD_LINE.fullmatch(line):
            known.setdefault(match[2], set()).add(match[1])
    return known


def _is_known(digests: Collection[str], content: bytes) -> bool:
    return _digest(content) in digests or is_as_written(content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_as_written(document: bytes) -> bool:
    """Whether this is a Word document of danvan's that nobody has edited."""
    try:
        with zipfile.ZipFile(BytesIO(document)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > links.LARGEST:
                return False
            if archive.getinfo(_CUSTOM_PROPERTIES).file_size > _MOST_PROPERTIES:
                return False
            stamp = _STAMP.search(archive.read(_CUSTOM_PROPERTIES))
            return stamp is not None and stamp[1].decode() == _fingerprint_in(archive)
    except _NO_WORD_FILE:
        return False


def _fingerprint_in(archive: zipfile.ZipFile) -> str:
    """The fingerprint of a Word file, read in pieces to save memory."""
    return _fingerprint(
        (name, archive.getinfo(name).file_size, _pieces(archive, name))
        for name in set(archive.namelist())
    )


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        yield from iter(lambda: part.read(_PIECE), b"")


def fingerprint(parts: Mapping[str, bytes]) -> str:
    """64 hex digits for the parts of a Word document by name, without its properties."""
    return _fingerprint((name, len(content), [content]) for name, content in parts.items())


def _fingerprint(parts: Iterable[tuple[str, int, Iterable[bytes]]]) -> str:
    """Reads the properties, too, though they do not count, so that damaged ones raise an error."""
    digest, unused = hashlib.sha256(), hashlib.sha256()
    for name, size, pieces in sorted(parts, key=itemgetter(0)):
        counting = unused if name.startswith(_PROPERTIES) else digest
        counting.update(f"{name}\0{size}\0".encode())
        for piece in pieces:
            counting.update(piece)
    return digest.hexdigest()
