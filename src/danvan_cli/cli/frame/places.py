"""Where a command writes, and how a path is shown to the person who typed it."""

import os
from pathlib import Path

from danvan_cli.characters import escaped_on_one_line
from danvan_cli.problems import Failure


def destination(output: Path | None, folder: Path, name: str) -> Path:
    """What `-o` means: a file of the kind that is written, or a folder.

    A name without an ending is a folder's. Raises Failure for another kind of file.
    """
    if output is None:
        return folder / name
    if output.is_dir() or not output.suffix:
        return output / name
    ending = Path(name).suffix
    if output.suffix.lower() != ending:
        raise Failure(
            f"lệnh này ghi tệp {ending}, không ghi tệp {output.suffix} như “{output}”",
            f"đặt tên tệp có đuôi {ending}",
        )
    return output


def folder_for_several(output: Path | None, folder: Path) -> Path:
    """What `-o` means to a command that writes several files: a folder.

    Raises Failure where it names a file.
    """
    if output is None:
        return folder
    if output.is_file() or (output.suffix and not output.is_dir()):
        raise Failure(
            f"lệnh này ghi nhiều tệp, nên -o phải là thư mục, không phải tệp như “{output}”"
        )
    return output


def within(output: Path | None, root: Path) -> Path | None:
    """Where a link must not lead out of: the workspace, unless `-o` named another place."""
    return root if output is None else None


def shown(path: Path) -> str:
    """The way to a file from the current folder, or the whole way where that is shorter.

    A line break or the like in a name is written out.
    """
    whole = str(path)
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = whole
    return escaped_on_one_line(min(relative, whole, key=len).replace(os.sep, "/"))
