"""Problems as text, JSON, or annotations of GitHub and GitLab."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from danvan_cli.characters import escaped_in_json, escaped_on_one_line
from danvan_cli.problems import CODES, Diagnostic


def as_text(diagnostics: Sequence[Diagnostic], folder: Path) -> str:
    """`file:line:column: lỗi CODE: message` for each, its hint on an indented line below."""
    lines = []
    for problem in diagnostics:
        place = [_shown_file(problem.file, folder), problem.line, problem.column]
        head = "".join(f"{part}:" for part in place if part is not None)
        kind = f"{problem.severity.label} {problem.code}"
        lines.append(f"{head} {kind}: {escaped_on_one_line(problem.message)}".lstrip())
        if problem.hint:
            lines.append(f"    gợi ý: {escaped_on_one_line(problem.hint)}")
    return "\n".join(lines)


def as_json(diagnostics: Sequence[Diagnostic], folder: Path) -> str:
    """A list of objects, null where there is no file, line, column, path or hint."""
    entries = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "file": _shown_file(problem.file, folder),
            "line": problem.line,
            "column": problem.column,
            "path": problem.dotted_path or None,
            "message": escaped_on_one_line(problem.message),
            "hint": problem.hint and escaped_on_one_line(problem.hint),
        }
        for problem in diagnostics
    ]
    return _json(entries)


def as_github(diagnostics: Sequence[Diagnostic], folder: Path) -> str:
    """Workflow commands: GitHub shows each beside its line in the changed files."""
    return "\n".join(_github_command(problem, folder) for problem in diagnostics)


def as_gitlab(diagnostics: Sequence[Diagnostic], folder: Path) -> str:
    """GitLab's Code Quality report, whose fingerprints outlast lines moving up and down."""
    alike: Counter[tuple[str, ...]] = Counter()
    entries = []
    for problem in diagnostics:
        file = _shown_file(problem.file, folder) or ""
        what = (problem.code, file, problem.dotted_path, escaped_on_one_line(problem.message))
        alike[what] += 1
        fingerprint = hashlib.sha256("\0".join((*what, str(alike[what]))).encode()).hexdigest()
        entries.append(
            {
                "description": _with_hint(problem),
                "check_name": problem.code,
                "fingerprint": fingerprint,
                "severity": "major" if problem.is_error else "minor",
                "location": {"path": file, "lines": {"begin": problem.line or 1}},
            }
        )
    return _json(entries)


RENDERINGS: Mapping[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}
"""By the name that `--format` takes; each is given the folder that files are shown from."""


def _github_command(diagnostic: Diagnostic, folder: Path) -> str:
    properties = {
        "file": _shown_file(diagnostic.file, folder),
        "line": diagnostic.line,
        "col": diagnostic.column,
        "title": f"{diagnostic.code} {CODES[diagnostic.code].title}",
    }
    written = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
        if value is not None
    )
    return f"::{diagnostic.severity} {written}::{_escaped(_with_hint(diagnostic))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _with_hint(diagnostic: Diagnostic) -> str:
    if diagnostic.hint is None:
        return escaped_on_one_line(diagnostic.message)
    return (
        f"{escaped_on_one_line(diagnostic.message)}\ngợi ý: {escaped_on_one_line(diagnostic.hint)}"
    )


def _shown_file(file: Path | None, folder: Path) -> str | None:
    """The way from the folder to the file, with `/`; the whole way where they share no drive."""
    if file is None:
        return None
    try:
        shown = os.path.relpath(file, folder)
    except ValueError:
        shown = str(file)
    return escaped_on_one_line(shown.replace(os.sep, "/"))


def _json(entries: Sequence[Mapping[str, object]]) -> str:
    return escaped_in_json(msgspec.json.format(msgspec.json.encode(entries), indent=2).decode())
