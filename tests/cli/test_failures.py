"""What the system refuses is told by exit status 2, and what was there before stays whole."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import small_workspace
from places import SOURCE
from small_workspace import OFFICE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and signals")

REPORT = "output/2026/h1/bao-cao.docx"
COMMANDS = {
    REPORT: ["report", "--period", "h1"],
    OFFICE: ["issue", "--period", "h1", "--number", "58/BC-VP", "--date", "4/6/2026", "--force"],
    "reports/2026/annual/hanh-chinh.yaml": ["new", "hanh-chinh", "--period", "annual"],
    "output/2026/h1/forms/hanh-chinh.docx": ["form", "hanh-chinh", "--period", "h1"],
    "schemas/plan.schema.json": ["schema"],
}
AS_A_USER = [] if os.name == "nt" or os.geteuid() else ["setpriv", "--bounding-set=-dac_override"]
"""What goes before a command, so that root, too, may write only what its bits allow."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_workspace.write(tmp_path / "w")


def start(
    folder: Path,
    *arguments: str,
    before: str = "pass",
    under: Sequence[str] = (),
    stdout: int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """Runs danvan in a process of its own, after some Python, under another command."""
    code = f"import os, resource; {before}\nfrom danvan_cli.cli import main; main()"
    return subprocess.Popen(
        [*under, sys.executable, "-c", code, "-C", str(folder), *arguments],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("target", COMMANDS)
def test_when_the_disk_is_full_nothing_is_lost(folder: Path, target: str) -> None:
    before = everything(folder)
    process = start(
        folder, *COMMANDS[target], before="resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    )
    _, stderr = process.communicate()

    assert process.returncode == 2
    assert "Lỗi: " in stderr
    assert everything(folder) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_disk_that_is_full_the_message_says_so(small_disk: Path) -> None:
    folder = small_workspace.write(small_disk)
    free = os.statvfs(small_disk)
    (folder / "day.bin").write_bytes(bytes((free.f_bavail - 2) * free.f_frsize))
    before = everything(folder)

    process = start(folder, *COMMANDS[REPORT])
    _, stderr = process.communicate()

    assert process.returncode == 2
    assert "ổ đĩa đã đầy" in stderr
    assert everything(folder) == before


@pytest.mark.skipif(
    bool(AS_A_USER) and not shutil.which("setpriv"), reason="root may write everything"
)
@pytest.mark.parametrize("target", COMMANDS)
def test_what_one_may_not_write_stays_and_is_told(folder: Path, target: str) -> None:
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    before = everything(folder)
    for each in (path, path.parent):
        if each.exists():
            each.chmod(0o555 if each.is_dir() else 0o444)

    process = start(folder, *COMMANDS[target], under=AS_A_USER)
    _, stderr = process.communicate()
    path.parent.chmod(0o755)

    assert process.returncode == 2
    assert "không có quyền truy cập" in stderr or "chỉ cho phép đọc" in stderr
    # Of several files that are made together, the folder.
    assert f"{target}”" in stderr or f"{Path(target).parent}”" in stderr
    assert ".danvan-" not in stderr
    assert everything(folder) == before


@pytest.mark.parametrize("target", COMMANDS)
def test_two_runs_at_once_both_end_well(folder: Path, target: str) -> None:
    processes = [start(folder, *COMMANDS[target]) for _ in range(3)]
    ends = [(process.communicate()[1], process.returncode) for process in processes]

    # One of two that make the same new file may find it there already.
    assert {status for _, status in ends} <= {0, 2}
    assert 0 in {status for _, status in ends}
    assert all("đã có" in told for told, status in ends if status == 2)
    alone = small_workspace.write(folder.parent / "alone")
    assert start(alone, *COMMANDS[target]).wait() == 0
    assert (folder / target).read_bytes() == (alone / target).read_bytes()
    assert not list(folder.rglob(".danvan-*.tmp"))


def test_a_run_that_is_killed_while_it_writes_leaves_the_old_file(folder: Path) -> None:
    assert start(folder, *COMMANDS[REPORT]).wait() == 0
    before = everything(folder)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("công tác dân vận 6", "dân vận 6"), "utf-8")

    # It is stopped where the new file is whole beside the old one.
    process = start(
        folder, *COMMANDS[REPORT], before="os.fsync = lambda _: os.kill(os.getpid(), 9)"
    )
    assert process.wait() == -9
    after = everything(folder)
    (left,) = after.keys() - before.keys()
    assert after[str(folder / REPORT)] == before[str(folder / REPORT)]
    assert start(folder, "validate").wait() == 0

    long_ago = time.time() - 60
    os.utime(left, (long_ago, long_ago))
    assert start(folder, *COMMANDS[REPORT]).wait() == 0
    assert not Path(left).exists()
    assert everything(folder)[str(folder / REPORT)] != before[str(folder / REPORT)]


NAMES = ["--name", "Sở Nội vụ", "--symbol", "SNV", "--place", "Huế", "--position", "A"]
SETS = {
    "mới": ["init", "mới", *NAMES, "--coordinator", "Văn phòng", "--year", "2026"],
    "output/2026/h1/forms": ["form", "--all", "--period", "h1"],
    "schemas": ["schema"],
}


@pytest.mark.parametrize("target", SETS)
def test_a_reader_who_has_seen_enough_ends_no_set_of_files(folder: Path, target: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(folder, *SETS[target], stdout=writing)
    os.close(writing)
    _, stderr = process.communicate()

    assert (process.returncode, "Lỗi" in stderr) == (0, False)
    closed = {path.relative_to(folder) for path in (folder / target).rglob("*") if path.is_file()}
    alone = small_workspace.write(folder.parent / "alone")
    assert start(alone, *SETS[target]).wait() == 0
    assert closed == {
        path.relative_to(alone) for path in (alone / target).rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("target", SETS)
def test_a_set_of_files_that_is_killed_is_whole_after_the_next_run(
    folder: Path, target: str
) -> None:
    # Once all are whole, before the first is in its place.
    killed = "os.replace = lambda *_: os.kill(os.getpid(), 9)"
    assert start(folder, *SETS[target], before=killed).wait() == -9
    assert not (folder / target / "plan.yaml").exists()
    for left in folder.rglob(".danvan-*.tmp"):
        os.utime(left, (1, 1))

    assert start(folder, *SETS[target]).wait() == 0

    alone = small_workspace.write(folder.parent / "alone")
    assert start(alone, *SETS[target]).wait() == 0
    assert {
        name.removeprefix(str(folder)): content for name, content in everything(folder).items()
    } == {name.removeprefix(str(alone)): content for name, content in everything(alone).items()}
