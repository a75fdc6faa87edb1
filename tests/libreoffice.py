"""LibreOffice, run once for several files, in a profile that all tests of a process share."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")


@functools.cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Making it takes LibreOffice longer than most documents."""
    return tempfile.TemporaryDirectory()


def convert(files: list[Path], kind: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them in another format, such as `pdf`, in `folder`."""
    profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    suffix = kind.partition(":")[0]
    return [folder / f"{file.stem}.{suffix}" for file in files]
