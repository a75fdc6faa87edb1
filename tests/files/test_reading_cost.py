"""What reading a file costs, counted: it grows with the file, whatever the file holds."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from danvan_cli.files import conversion, yaml_reading
from danvan_cli.files.yaml_reading import MAX_EVENTS
from danvan_cli.model.unit_report import UnitReport
from small_workspace import H1


class CountedText(str):
    """A text that counts the letters copied out of it, and those gone through by `find`."""

    handled = 0

    def __getitem__(self, key):
        part = super().__getitem__(key)
        self.handled += len(part)
        return part

    def find(self, part, start=0, end=None):
        found = super().find(part, start, len(self) if end is None else end)
        self.handled += (found if found >= 0 else len(self)) - start
        return found


class Parsers:
    """Every parser of libyaml's that was made, and the events it gave."""

    def __init__(self) -> None:
        self.events: list[int] = []

    def make(self, text: str) -> "Parsers._Counted":
        self.events.append(0)
        return self._Counted(self, text)

    class _Counted:
        def __init__(self, parsers: "Parsers", text: str) -> None:
            self._parsers, self._number = parsers, len(parsers.events) - 1
            self._get_event = yaml.cyaml.CParser(str(text)).get_event

        def get_event(self) -> object:
            self._parsers.events[self._number] += 1
            return self._get_event()


@pytest.fixture
def parsers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsers]:
    found = Parsers()
    monkeypatch.setattr(yaml_reading, "CParser", found.make)
    yield found


def letters_handled(text: str) -> int:
    counted = CountedText(text)
    yaml_reading.locate(counted)
    return counted.handled


@pytest.mark.parametrize(
    "line",
    ["strengths: [ #x\n{}]\n", "strengths: [x #x\n, {}]\n", "strengths: [{} x #x\n]\n"],
    ids=["before", "within", "behind"],
)
@pytest.mark.usefixtures("parsers")
def test_a_comment_is_looked_for_without_copying_the_line_for_each_value(line):
    short, long = (letters_handled(line.format("a, " * number)) for number in (500, 5_000))
    assert long <= 10 * short + 200


def test_a_file_of_very_many_values_is_refused_after_so_many(parsers):
    read = yaml_reading.read(f"strengths: [{'a,' * 500_000}]\n".encode())

    (problem,) = read.problems
    assert (problem.code, read.complete) == ("F103", False)
    assert "100.000 tên trường và giá trị" in problem.message
    assert parsers.events == [MAX_EVENTS]


def test_a_file_of_as_many_values_as_are_allowed_is_read():
    # Beginnings and ends of stream, document, group and list, and the name: nine more.
    read = yaml_reading.read(f"strengths: [{'a,' * (MAX_EVENTS - 9)}]\n".encode())

    assert (read.problems, read.complete) == ([], True)


@pytest.mark.parametrize(
    "fault", ["signatory: {position: A\n", "received: hai\n", "unknown: 1\n", "a: &b 1\n"]
)
def test_a_report_with_an_error_is_parsed_once_for_its_values_and_once_for_its_places(
    tmp_path: Path, parsers: Parsers, fault: str
) -> None:
    root = small_workspace.write(tmp_path)
    path = root / H1
    path.write_text(path.read_text(encoding="utf-8") + fault, encoding="utf-8", newline="\n")
    files = len(list(root.rglob("*.yaml")))

    CliRunner().invoke(app, ["-C", str(root), "validate"])
    assert len(parsers.events) <= files + 1

    parsers.events.clear()
    CliRunner().invoke(app, ["-C", str(root), "status"])
    assert len(parsers.events) <= files


def test_fields_that_do_not_fit_are_taken_out_of_their_group_all_at_once():
    class Counted(dict):
        walks = 0

        def items(self):
            Counted.walks += 1
            return super().items()

    for wrong in (10, 100):
        Counted.walks = 0
        figures = Counted({f"i{number}": "x" for number in range(wrong)} | {"right": 1})
        data = {"unit": "a", "year": 2026, "period": "h1", "indicators": figures}
        value, removed = conversion.convert_valid_parts(data, UnitReport)
        assert (value.indicators, len(removed)) == ({"right": 1}, wrong)
        assert Counted.walks <= 4


@pytest.mark.parametrize("unknown", [200, 400])
def test_so_many_names_are_compared_for_a_list_of_unknown_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unknown: int
) -> None:
    compared: list[int] = []

    def counted(word: str, possibilities: list[str], **options: float) -> list[str]:
        compared.append(len(possibilities))
        return get_close_matches(word, possibilities, **options)

    get_close_matches = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", counted)
    root = small_workspace.write(tmp_path)
    plan = (root / "plan.yaml").read_text(encoding="utf-8")
    units = "".join(f"  - {{id: xa-{number}, name: Xã {number}}}\n" for number in range(2_000))
    named = ", ".join(f"phuong-{number}" for number in range(unknown))
    plan = plan.replace("units:\n", f"units:\n{units}", 1)
    plan = plan.replace(
        "    tasks:\n", f"    tasks:\n      - {{id: z, text: a, assigned: [{named}]}}\n", 1
    )
    (root / "plan.yaml").write_text(plan, encoding="utf-8", newline="\n")
    for number in range(unknown):
        (root / H1).with_name(f"phuong-{number}.yaml").write_text("", encoding="utf-8")

    CliRunner().invoke(app, ["-C", str(root), "validate"])

    # For the plan and for the names of files, the last question goes over it.
    assert 2 * 48_000 < sum(compared) < 2 * 53_000
