"""The house is as its pages say: modules open with a sentence, pointers lead somewhere."""

import ast
import re
from pathlib import Path

import pytest

from danvan_cli import check
from places import ROOT

SOURCE = ROOT / "src" / "danvan_cli"
MODULES = sorted(SOURCE.rglob("*.py"))
POINTER = re.compile(r"`([\w.]+)`(?: and `([\w.]+)`)?\s+(?:is\s+)?in\s+`([\w./]+\.py)`")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def files_named(name: str) -> list[Path]:
    found = [path for path in MODULES if path.as_posix().endswith(f"/{name}")]
    return found or [path for path in [ROOT / name] if path.is_file()]


def pointers() -> list[tuple[str, str]]:
    found = POINTER.findall(page("decisions.md"))
    return [(name, file) for first, second, file in found for name in (first, second) if name]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_opens_with_its_sentence(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text is not None
    first = text.split("\n\n")[0]
    assert first.endswith((".", ":")), first
    assert "TODO" not in text


@pytest.mark.parametrize("package", [path.parent for path in MODULES if path.name == "__init__.py"])
def test_a_room_is_on_the_page_of_the_house(package: Path) -> None:
    rooms = package.relative_to(SOURCE).parts[:1]
    assert all(f"`{room}`" in page("architecture.md") for room in rooms)


@pytest.mark.parametrize(("name", "file"), pointers())
def test_what_a_decision_points_to_is_there(name: str, file: str) -> None:
    paths = files_named(file)
    assert paths, f"no file {file}"
    last = name.rsplit(".", maxsplit=1)[-1]
    assert any(re.search(rf"\b{last}\b", path.read_text(encoding="utf-8")) for path in paths)


def test_every_file_that_a_page_names_is_there() -> None:
    named = {
        name
        for doc in ("decisions.md", "architecture.md")
        for name in re.findall(r"`((?:src/danvan_cli/)?[\w/]+\.py)`", page(doc))
    }
    missing = {name for name in named if not files_named(name.removeprefix("src/danvan_cli/"))}
    assert missing == set()


@pytest.mark.parametrize("path", [path for path in MODULES if "rules" in path.parts], ids=str)
def test_a_module_of_rules_gives_the_codes_that_it_declares_and_no_others(path: Path) -> None:
    """From a code one search leads to its rule."""
    text = path.read_text(encoding="utf-8")
    declared = re.findall(r'^@rule\("([A-Z]\d{3})"', text, re.MULTILINE)
    given = re.findall(r'(?<!@rule\()"([A-Z]\d{3})"', text)
    assert set(given) == set(declared)


def test_every_rule_of_the_decree_is_in_the_list_once() -> None:
    rule = re.compile(r"^def ([a-z]\w*)\(examined: Examined\) -> Iterator\[Finding\]", re.MULTILINE)
    modules = (SOURCE / "check" / "rules").glob("*.py")
    written = [name for path in modules for name in rule.findall(path.read_text(encoding="utf-8"))]
    assert sorted(written) == sorted(listed.__name__ for listed in check.RULES)


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    glossary = text.partition("## Glossary")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in glossary.splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([\w.]+)`", row[2])}
    code = "\n".join(f"{path} {path.read_text(encoding='utf-8')}" for path in MODULES)
    known = set(re.findall(r"\w+", code))
    assert named
    assert {name for name in named if not set(name.split(".")) <= known} == set()
