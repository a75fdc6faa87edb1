"""Refuses links that lead out of the workspace, and reads files without following such links."""

import os
from pathlib import Path

from danvan_cli.problems import Failure, os_failure

LEADS_OUTSIDE = "liên kết này dẫn ra ngoài thư mục kế hoạch"
LARGEST = 128 * 1024 * 1024
"""Bytes of a file that danvan reads or writes at most."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Windows cannot open a file without following links; there only the real path is checked."""


def leads_outside(path: Path, home: Path | str) -> bool:
    """Whether the file, or a folder on its path, is a link that leads out of `home`.

    Otherwise the sender of a link could have another file read, sent or overwritten.
    """
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home))


def refuse_outside(path: Path, within: Path | None) -> None:
    """Raises Failure if the path leads out of the workspace `within`.

    None: the person who runs danvan named the path, which may be anywhere.
    """
    if within is not None and leads_outside(path, within):
        raise Failure(
            f"không dùng được “{path}”: liên kết “{_link(path, within)}” dẫn ra ngoài thư mục "
            "kế hoạch",
            "thay liên kết đó bằng thư mục hoặc tệp thật trong thư mục kế hoạch",
        )


def _link(path: Path, home: Path) -> Path:
    """The first part of the path that leads out."""
    way = [part for part in (*reversed(path.parents), path) if part.is_relative_to(home)]
    return next((part for part in way if leads_outside(part, home)), path)


def read_within(path: Path, within: Path | None) -> bytes | None:
    """The bytes of a regular file in a workspace; None if there is no file.

    Raises Failure as `refuse_way_out` does, for what is no plain file, and where it cannot be read.
    """
    refuse_outside(path, within)
    target = Path(os.path.realpath(path))
    try:
        if not target.exists():
            return None
        if not target.is_file():
            raise Failure(f"“{path}” không phải là một tệp thông thường")
        if target.stat().st_size > LARGEST:
            raise Failure(f"“{path}” lớn quá {LARGEST // 2**20} MiB")
        return read_unfollowed(target)
    except OSError as error:
        raise os_failure(error) from error


def read_unfollowed(path: Path, most: int = -1) -> bytes:
    """The first `most` bytes of a file, or all; raises OSError if it has become a link."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        return file.read(most)
