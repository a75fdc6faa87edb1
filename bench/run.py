"""Measures danvan and prints the tables of docs/performance.md: python bench/run.py [PART…]."""

import argparse
import gc
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import large_reports
import measure
import workspaces
from measure import DANVAN, PYTHON, ROOT

SIZES = (12, 120, 1_200, workspaces.COMMUNES)
AS_OF = ("--as-of", workspaces.AS_OF)
LOAD_ALL = """
import sys, yaml
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        yaml.load(file, yaml.CSafeLoader)
"""
PACKAGES = ("typer", "click", "rich", "PyYAML", "msgspec", "python-docx", "Jinja2", "lxml")


def machine(_: Path) -> Iterator[str]:
    """On what all of this was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    yield f"- {date.today():%Y-%m-%d}; {os.cpu_count()} cores, {memory} MiB; {platform.platform()}"
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield f"- Python {platform.python_version()}; {versions}"


def start(folder: Path) -> Iterator[str]:
    """Start-up, on the sample workspace: 12 units, 20 reports."""
    shutil.copy(ROOT / "plan.yaml", folder)
    shutil.copytree(ROOT / "reports", folder / "reports")
    shutil.copytree(ROOT / "so", folder / "so")
    status = (*DANVAN, "status", *AS_OF)
    taken = measure.least(
        {
            "`python -c pass`": partial(measure.run, (PYTHON, "-c", "pass"), ROOT),
            "`python -c 'import typer, yaml, msgspec'`": partial(
                measure.run, (PYTHON, "-c", "import typer, yaml, msgspec"), ROOT
            ),
            "`danvan --version`": partial(measure.run, (*DANVAN, "--version"), ROOT),
            "`danvan status`, piped": partial(measure.run, status, folder),
            "`danvan status`, in a terminal": partial(
                measure.run, status, folder, in_terminal=True
            ),
            "`danvan status`, piped, in a git repository": partial(measure.run, status, ROOT),
        },
        rounds=30,
    )
    nothing, imports, *_ = (each.processor for each in taken.values())
    yield "| | ms | of a core | × `pass` | × the imports |"
    yield "|---|---:|---:|---:|---:|"
    for name, (seconds, used, _) in taken.items():
        ratios = f"{used / nothing:.1f} | {used / imports:.2f}"
        yield f"| {name} | {seconds * 1000:.0f} | {used * 1000:.0f} | {ratios} |"


def validate(folder: Path) -> Iterator[str]:
    """`validate` on 400 reports of about 6 KB, start-up included."""
    root = folder / "validate"
    workspaces.write(root, units=200)
    files = workspaces.reports(root)
    measure.run((*DANVAN, "schema"), root)
    schema = root / "schemas" / "unit-report.schema.json"
    taken = measure.least(
        {
            "`danvan validate`": partial(measure.run, (*DANVAN, "validate", *AS_OF), root),
            "`yaml.CSafeLoader` alone": partial(
                measure.run, (PYTHON, "-c", LOAD_ALL, root / "plan.yaml", *files), root
            ),
        },
        rounds=9,
    )
    if checker := shutil.which("check-jsonschema"):
        command = (checker, "--schemafile", schema, *files)
        taken["`check-jsonschema`"] = measure.run(command, root)
    ours = taken["`danvan validate`"].processor
    yield "| | s | of a core | danvan's are | MiB |"
    yield "|---|---:|---:|---:|---:|"
    for name, (seconds, used, mebibytes) in taken.items():
        share = f"1/{used / ours:.0f}" if used > 2 * ours else f"{ours / used:.2f} ×"
        yield f"| {name} | {seconds:.2f} | {used:.2f} | {share} | {mebibytes:.0f} |"
    if not checker:
        yield "\n`check-jsonschema` is not on PATH, so it was not measured."


def large(folder: Path) -> Iterator[str]:
    """`validate` on one report of a size, as much of one thing as fits; start-up included."""
    shutil.copy(ROOT / "plan.yaml", folder)
    report = folder / "reports" / "2026" / "h1" / "ban-tiep-cong-dan.yaml"
    report.parent.mkdir(parents=True)
    sizes = {"6 KB": 6_000, "256 KiB": 2**18, "1 MiB": 2**20}
    yield f"| | {' | '.join(f'{name}, s of a core | MiB' for name in sizes)} |"
    yield f"|---|{'---:|---:|' * len(sizes)}"
    for shape in large_reports.SHAPES:
        cells = []
        for size in sizes.values():
            report.write_bytes(large_reports.written(shape, size))
            command = partial(measure.run, (*DANVAN, "validate", *AS_OF), folder)
            taken = measure.least({shape: command}, rounds=3)[shape]
            cells.append(f"{taken.processor:.2f} | {taken.mebibytes:.0f}")
        yield f"| {shape} | {' | '.join(cells)} |"


def sizes(folder: Path) -> Iterator[str]:
    """Time and peak memory by units, each with two reports."""
    report = ("report", "--period", "annual", *AS_OF)
    commands = {
        "`status`": ("status", *AS_OF),
        "`validate`": ("validate", *AS_OF),
        "`report`": report,
        "`report --internal`": (*report, "--internal"),
    }
    yield f"| units | {' | '.join(f'{name} s | MiB' for name in commands)} |"
    yield f"|---:|{'---:|---:|' * len(commands)}"
    for units in SIZES:
        root = folder / f"units-{units}"
        workspaces.write(root, units)
        rounds = 5 if units < 1_000 else 3
        taken = measure.least(
            {
                name: partial(measure.run, (*DANVAN, *command), root)
                for name, command in commands.items()
            },
            rounds,
        )
        cells = [f"{each.seconds:.2f} | {each.mebibytes:.0f}" for each in taken.values()]
        yield f"| {units:,} | {' | '.join(cells)} |"


def figures(folder: Path) -> Iterator[str]:
    """`figures` beside `status`: every commune of the country, two reports each."""
    root = folder / f"units-{workspaces.COMMUNES}"
    workspaces.write(root, workspaces.COMMUNES)
    of_year = ("--period", "annual", *AS_OF)
    commands = {
        "`status`": ("status", *AS_OF),
        "`figures`": ("figures", *of_year),
        "`figures --by unit`": ("figures", *of_year, "--by", "unit"),
        "`figures --by unit --format csv`": (
            "figures",
            *of_year,
            "--by",
            "unit",
            "--format",
            "csv",
        ),
        "`figures --format xlsx`": ("figures", *of_year, "--format", "xlsx", "--force"),
    }
    taken = measure.least(
        {name: partial(measure.run, (*DANVAN, *line), root) for name, line in commands.items()}, 3
    )
    status = taken["`status`"].processor
    yield "| | s | of a core | × `status` | MiB |"
    yield "|---|---:|---:|---:|---:|"
    for name, (seconds, used, mebibytes) in taken.items():
        ratio = f"{used / status:.2f}"
        yield f"| {name} | {seconds:.2f} | {used:.2f} | {ratio} | {mebibytes:.0f} |"


def forms(folder: Path) -> Iterator[str]:
    """`form --all` by units: what a further form takes, of a core."""
    used: dict[int, float] = {}
    for units in (12, 120):
        root = folder / f"units-{units}"
        workspaces.write(root, units)
        command = (*DANVAN, "form", "--all", "--period", "annual", "--force")
        used[units] = measure.least({"": partial(measure.run, command, root)}, 3)[""].processor
        yield f"- {units} forms: {used[units]:.2f} s of a core"
    fewer, more = used
    slope = (used[more] - used[fewer]) / (more - fewer)
    yield f"- a further form: {slope * 1000:.0f} ms"


def rows(_: Path) -> Iterator[str]:
    """Appendices of two lengths, and what a further row takes."""
    # Imported this late, so that the processes measured do not begin with its memory.
    import appendix

    few, many = 200, 2_000
    less, more = (appendix.measured(rows, rounds=5) for rows in (few, many))
    further = (more - less) / (many - few)
    yield f"- {few} rows: {less:.2f} s; {many} rows: {more:.2f} s"
    yield f"- a further row: {further * 1000:.2f} ms"


def documents(folder: Path) -> Iterator[str]:
    """`check` on documents of two lengths, each long in its own way; start-up left out."""
    import large_documents

    few = 1_000
    empty = folder / "none.docx"
    empty.write_bytes(large_documents.document(""))
    yield "| many | s of a core for 1,000 | for 10,000 | × |"
    yield "|---|---:|---:|---:|"
    for name in ("paragraphs", "runs", "insertions", "tabs", "lines", "sections", "rows"):
        paths = []
        for number in (few, 10 * few):
            paths.append(folder / f"{number}.docx")
            paths[-1].write_bytes(large_documents.FILES[name](number))
        commands = {path.name: partial(_checked, path) for path in (empty, *paths)}
        start, short, long = (
            taken.processor for taken in measure.least(commands, rounds=2).values()
        )
        growth = (long - start) / (short - start)
        yield f"| {name} | {short - start:.2f} | {long - start:.2f} | {growth:.1f} |"


def _checked(path: Path) -> measure.Taken:
    return measure.run((*DANVAN, "check", path), path.parent)


PARTS = {
    part.__name__: part
    for part in (machine, start, validate, large, sizes, figures, forms, rows, documents)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    names = parser.parse_args().parts or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"\n## {PARTS[name].__doc__}\n")
            for line in PARTS[name](Path(folder)):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
    # msgspec 0.22 may crash on its way out of what it knows of Plan; `danvan` freezes it, too.
    gc.freeze()


if __name__ == "__main__":
    main()
