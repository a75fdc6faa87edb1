"""`python -m fuzz.kill`: kills commands that write at random moments, and looks at what is there.

Each command is run again and again with one of two inputs in turn, so that there is always an old
content and a new one. After `kill -9` each file must be one of the two, whole; every fifth time the
same command is then let come to its end, and must leave what it would have left at once. In the
end nothing else may lie beside the files.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from danvan_cli.files.temporary_names import is_temporary
from fuzz import base

_RECORD = ".danvan.sha256"
"""It holds the old digests and the new while files are written."""
_FORMS = (("ban-tiep-cong-dan", "h1"), ("ban-tiep-cong-dan", "annual"), ("hanh-chinh", "h1"))
_TRIED_AGAIN = 5
_MOMENT = 5.5
"""Seconds after which a file that nobody holds is litter to danvan."""


class Command(Struct, frozen=True):
    """`prepare` puts input 0 or 1 into a workspace, and returns the arguments.

    `folder`: where it writes; `anew`: what it writes is taken away before each run.
    """

    prepare: Callable[[Path, int], list[str]]
    folder: str
    anew: bool = False


class Figures(Struct):
    """`in_writing`: how many kills came while a file was half written; `faults`: what was wrong."""

    kills: int = 0
    in_writing: int = 0
    too_late: int = 0
    faults: list[str] = []


def _plan(root: Path, which: int) -> None:
    text = base.FILES[base.PLAN].decode()
    for words in ("Kế hoạch công tác", "Phòng Hành chính", "6 tháng đầu năm"):
        text = text.replace(words, f"{words} {which}")
    (root / base.PLAN).write_text(text, "utf-8")


def _with_plan(*arguments: str) -> Callable[[Path, int], list[str]]:
    def prepare(root: Path, which: int) -> list[str]:
        _plan(root, which)
        return list(arguments)

    return prepare


def _remind(root: Path, which: int) -> list[str]:
    """Of a report that is missing."""
    (root / "reports/2026/annual/ban-tiep-cong-dan.yaml").unlink(missing_ok=True)
    return _with_plan("remind", "--period", "annual", "--as-of", "20/11/2026")(root, which)


def _form(root: Path, which: int) -> list[str]:
    """A form filled in by hand in two ways."""
    import docx

    path = root / f"form-{which}.docx"
    if not path.exists():
        (root / "form.docx").write_bytes(base.form())
        document = docx.Document(str(root / "form.docx"))
        for text in document.element.body.iter("{*}t"):
            if text.text and "38 trên 41" in text.text:
                text.text = f"Đã xử lý 38 trên 41 đơn, lần {which}."
        document.save(str(path))
    return ["import", str(path), "--force", "--received", "29/5/2026"]


def _several_forms(root: Path, which: int) -> list[str]:
    """The forms of two units for one period, and of one for another."""
    import docx

    names = [f"{unit}-{period}-{which}.docx" for unit, period in _FORMS]
    for (unit, period), name in zip(_FORMS, names, strict=True):
        if not (root / name).exists():
            (root / name).write_bytes(base.form(unit, period))
            document = docx.Document(str(root / name))
            for text in document.element.body.iter("{*}t"):
                if text.text and "hội nghị" in text.text:
                    text.text = text.text.replace("hội nghị", f"hội nghị {which}")
            document.save(str(root / name))
    files = [str(root / name) for name in names]
    return ["import", *files, "--force", "--keep", "--received", "29/10/2026"]


def _issue(_root: Path, which: int) -> list[str]:
    number = f"{57 + which}/BC-VP"
    return ["issue", "--period", "h1", "--number", number, "--date", "4/6/2026", "--force"]


def _schema(root: Path, which: int) -> list[str]:
    text = base.FILES[base.PLAN].decode()
    (root / base.PLAN).write_text(text.replace("id: hoi-nghi,", f"id: hoi-nghi-{which},"), "utf-8")
    return ["schema"]


def _init(_root: Path, which: int) -> list[str]:
    names = ["--name", "Sở Nội vụ", "--symbol", "SNV", "--place", f"Nơi {which}", "--year", "2026"]
    more = [
        "--parent",
        "UBND tỉnh",
        "--coordinator",
        "Văn phòng",
        "--unit",
        "A",
        "--position",
        "GIÁM ĐỐC",
    ]
    return ["init", "mới", *names, *more]


COMMANDS: Mapping[str, Command] = {
    "report": Command(_with_plan("report", "--period", "annual"), "output/2026/annual"),
    "report --internal": Command(
        _with_plan("report", "--period", "h1", "--internal"), "output/2026/h1"
    ),
    "issue": Command(_issue, "reports/2026/h1"),
    "import": Command(_form, "reports/2026/h1"),
    "import of several": Command(_several_forms, "reports/2026"),
    "form --all": Command(_with_plan("form", "--all", "--period", "h1"), "output/2026/h1/forms"),
    "new": Command(
        _with_plan("new", "hanh-chinh", "--period", "annual"), "reports/2026/annual", anew=True
    ),
    "schema": Command(_schema, "schemas"),
    # A calendar counts its changes on from the one that is there.
    "calendar": Command(_with_plan("calendar", "--force"), "output", anew=True),
    "plan export": Command(_with_plan("plan", "export"), "output/2026"),
    "remind": Command(_remind, "output"),
    "init": Command(_init, "mới", anew=True),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=550, help="in all, over all commands")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="commands with these letters in their name")
    options = parser.parse_args()
    names = [name for name in COMMANDS if options.only in name]
    print(f"{'command':<20}{'kills':>7}{'while writing':>15}{'after the end':>15}{'damaged':>9}")
    done = []
    for name in names:
        chance = random.Random(f"{options.seed} {name}")
        with tempfile.TemporaryDirectory() as folder:
            done.append(
                _kill_often(COMMANDS[name], Path(folder), -(-options.kills // len(names)), chance)
            )
        print(_row(name, done[-1]), flush=True)
        for fault in done[-1].faults[:5]:
            print(f"    {fault}")
    whole = Figures(
        sum(each.kills for each in done),
        sum(each.in_writing for each in done),
        sum(each.too_late for each in done),
        [fault for each in done for fault in each.faults],
    )
    print(_row("all", whole))
    return 1 if whole.faults else 0


def _row(name: str, figures: Figures) -> str:
    return (
        f"{name:<20}{figures.kills:>7}{figures.in_writing:>15}{figures.too_late:>15}"
        f"{len(figures.faults):>9}"
    )


def _kill_often(command: Command, root: Path, kills: int, chance: random.Random) -> Figures:
    figures = Figures()
    for name, content in base.FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    good, seconds = _what_is_right(command, root)
    for turn in range(kills):
        _prepare(command, root, turn % 2, good)
        arguments = command.prepare(root, turn % 2)
        _kill_one(root, arguments, chance.random() * seconds * 1.1, turn % 3 == 0, figures)
        figures.faults += _faults(root, command, good, turn)
        if turn % _TRIED_AGAIN == _TRIED_AGAIN - 1:
            _run_again(command, root, turn, good, figures)
    time.sleep(_MOMENT)
    _prepare(command, root, 0, good)
    _run_again(command, root, 0, good, figures)
    left = [str(path) for path in root.rglob(".danvan-*.tmp")]
    figures.faults += [f"left: {path}" for path in left]
    return figures


def _run_again(
    command: Command,
    root: Path,
    turn: int,
    good: tuple[dict[str, bytes], ...],
    figures: Figures,
) -> None:
    """Lets the command come to its end over what a killed run has left."""
    ended = _start(root, command.prepare(root, turn % 2)).wait()
    if _files(root / command.folder) != good[turn % 2]:
        figures.faults.append(f"the run after kill {turn} did not write what it should")
    # What is only made anew is not made again where the killed run came to its end.
    elif ended and not command.anew:
        figures.faults.append(f"the run after kill {turn} ended with {ended}")


def _what_is_right(command: Command, root: Path) -> tuple[tuple[dict[str, bytes], ...], float]:
    """What the folder holds after a run with either input, and how long a run takes, in seconds."""
    found, seconds = [], 0.0
    for which in (0, 1, 0, 1):
        if command.anew and found:
            _remove(root, command, found[0])
        arguments = command.prepare(root, which)
        start = time.perf_counter()
        status = _start(root, arguments).wait()
        seconds = time.perf_counter() - start
        if status:
            raise SystemExit(f"{arguments} ended with {status}")
        found.append(_files(root / command.folder))
    if found[:2] != found[2:] or found[0] == found[1]:
        raise SystemExit(f"{command.folder}: the same input does not give the same files")
    return (found[0], found[1]), seconds


def _prepare(command: Command, root: Path, which: int, good: tuple[dict[str, bytes], ...]) -> None:
    if command.anew:
        _remove(root, command, good[which])


def _remove(root: Path, command: Command, known: dict[str, bytes]) -> None:
    """Takes away what the command made, but not what it left half made."""
    folder = root / command.folder
    for name in known:
        if f"{command.folder}/{name}" not in base.FILES:
            (folder / name).unlink(missing_ok=True)


def _start(root: Path, arguments: list[str]) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    return subprocess.Popen(
        [sys.executable, "-m", "danvan_cli", "-C", str(root), *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kill_one(
    root: Path,
    arguments: list[str],
    wait: float,
    at_write: bool,
    figures: Figures,
) -> None:
    """Kills a run after a while; every third as soon as it begins to write."""
    before = _unfinished(root)
    process = _start(root, arguments)
    end = time.perf_counter() + (10 if at_write else wait)
    while process.poll() is None and time.perf_counter() < end:
        if at_write and _unfinished(root) - before:
            break
        time.sleep(0 if at_write else 0.001)
    if process.poll() is not None:
        figures.too_late += 1
    process.kill()
    process.wait()
    figures.kills += 1
    figures.in_writing += bool(_unfinished(root) - before)


def _unfinished(root: Path) -> set[str]:
    return {str(path) for path in root.rglob(".danvan-*.tmp")}


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but those not finished, by its way from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _is_unfinished(path)
    }


def _is_unfinished(path: Path) -> bool:
    """Also what lies in a folder in which several files are made."""
    return any(is_temporary(name) for name in (path.name, path.parent.name))


def _faults(
    root: Path, command: Command, good: tuple[dict[str, bytes], ...], turn: int
) -> list[str]:
    allowed = {name: {each[name] for each in good if name in each} for name in good[0] | good[1]}
    return [
        f"kill {turn}: {name} is neither the old file nor the new one"
        for name, content in _files(root / command.folder).items()
        if content not in allowed.get(name, set()) and name.rpartition("/")[2] != _RECORD
    ]


if __name__ == "__main__":
    sys.exit(main())
