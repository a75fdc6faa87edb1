"""Word files that no Word wrote are read where Word reads them, and else refused in words."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from danvan_cli.files.resources import packaged
from danvan_cli.word.file.opening import opened, reading

STYLES = "word/styles.xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "</Relationships>"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The parts of a combined report by name."""
    return made(tmp_path_factory.mktemp("report"), ["report", "--period", "annual"], "bao-cao.docx")


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The parts of a unit's filled-in form by name."""
    command = ["form", "ban-tiep-cong-dan", "--period", "h1"]
    return made(tmp_path_factory.mktemp("form"), command, "ban-tiep-cong-dan.docx")


def made(folder: Path, command: list[str], name: str) -> Mapping[str, bytes]:
    small_workspace.write(folder)
    assert CliRunner().invoke(app, ["-C", str(folder), *command]).exit_code == 0
    (path,) = (folder / "output").rglob(name)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a small workspace."""
    monkeypatch.chdir(small_workspace.write(tmp_path / "kế hoạch"))
    return Path.cwd()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def danvan(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def related(parts: Mapping[str, bytes], *relations: str, **content: bytes) -> dict[str, bytes]:
    """The parts with more relationships of the main part, to more parts."""
    rels = parts[RELATIONS].replace(b"</Relationships>", "".join(relations).encode() + b"</Rel", 1)
    types = parts["[Content_Types].xml"].replace(
        b"<Override", b'<Default Extension="bin" ContentType="application/x-data"/><Override', 1
    )
    changed = {RELATIONS: rels.replace(b"</Rel", b"</Relationships>"), "[Content_Types].xml": types}
    return {**parts, **changed, **{f"word/{name}.bin": data for name, data in content.items()}}


def relation(number: int, target: str, kind: str = "image") -> str:
    return f'<Relationship Id="rOdd{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def without_types(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    untyped = re.sub(rb'(<w:style\b[^>]*?) w:type="paragraph"', rb"\1", parts[STYLES])
    assert untyped != parts[STYLES]
    return {**parts, STYLES: untyped}


@pytest.mark.usefixtures("folder")
def test_a_style_without_a_type_is_one_of_a_paragraph(report: Mapping[str, bytes]) -> None:
    Path("a.docx").write_bytes(zipped(report))
    Path("b.docx").write_bytes(zipped(without_types(report)))

    whole, odd = danvan("check", "a.docx"), danvan("check", "b.docx")

    assert odd.stdout == whole.stdout.replace("a.docx", "b.docx")
    assert danvan("check", "b.docx", "--fix", "-o", "c.docx").exit_code == odd.exit_code


@pytest.mark.usefixtures("folder")
def test_a_form_whose_styles_have_no_type_is_imported(form: Mapping[str, bytes]) -> None:
    Path("a.docx").write_bytes(zipped(without_types(form)))

    result = danvan("import", "a.docx", "--force", "--received", "29/5/2026")

    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("folder")
def test_a_relationship_to_a_part_that_is_not_there_is_no_damage(
    report: Mapping[str, bytes],
) -> None:
    Path("a.docx").write_bytes(zipped(report))
    Path("b.docx").write_bytes(zipped(related(report, relation(1, "../NULL"))))

    assert danvan("check", "b.docx").stdout == danvan("check", "a.docx").stdout.replace(
        "a.docx", "b.docx"
    )
    danvan("check", "b.docx", "--fix", "-o", "c.docx")
    with zipfile.ZipFile("c.docx") as archive:
        assert b'Target="../NULL" TargetMode="External"' in archive.read(RELATIONS)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("missing", ["Id", "Type", "Target"])
def test_a_relationship_that_leads_nowhere_is_damage(
    report: Mapping[str, bytes], missing: str
) -> None:
    lame = re.sub(rf' {missing}="[^"]*"', "", relation(1, "x.bin"))
    Path("a.docx").write_bytes(zipped(related(report, lame, x=b"x")))

    result = danvan("check", "a.docx")

    assert result.exit_code == 2
    assert "bị hỏng" in result.stderr


def test_parts_that_lead_to_each_other_in_a_long_chain_are_read(
    folder: Path, report: Mapping[str, bytes]
) -> None:
    chain = related(report, relation(0, "x0.bin"), **{f"x{n}": b"x" for n in range(3000)})
    for n in range(3000):
        rels = NO_RELATIONS.replace("><", f">{relation(0, f'x{(n + 1) % 3000}.bin')}<", 1)
        chain[f"word/_rels/x{n}.bin.rels"] = rels.encode()
    Path("a.docx").write_bytes(zipped(chain))

    result = danvan("check", "a.docx", "--fix", "-o", "b.docx")

    assert result.exit_code in (0, 1), result.output
    with zipfile.ZipFile(folder / "b.docx") as archive:
        assert "word/x2999.bin" in archive.namelist()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", [["check"], ["check", "--fix", "-o", "b.docx"], ["import"]])
def test_each_of_many_parts_is_looked_at_a_few_times(
    report: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    many = {f"x{n}": b"x" for n in range(2000)}
    lead = (relation(n, f"{name}.bin") for n, name in enumerate(many))
    Path("a.docx").write_bytes(zipped(related(report, *lead, **many)))
    compared = counted(monkeypatch, Part, object), counted(monkeypatch, PackURI, str)

    assert danvan(command[0], "a.docx", *command[1:]).exit_code in (0, 1)

    assert sum(map(len, compared)) < 20 * len(many)


def counted(monkeypatch: pytest.MonkeyPatch, kind: type, base: type) -> list[None]:
    """Grows with each comparison of two things of a kind, as lists make them and sets do not."""
    comparisons: list[None] = []

    def equal(one: object, other: object) -> bool:
        comparisons.append(None)
        return base.__eq__(one, other)

    monkeypatch.setattr(kind, "__eq__", equal)
    monkeypatch.setattr(kind, "__hash__", base.__hash__)
    return comparisons


def test_a_template_whose_properties_have_a_prefix_is_filled_in(folder: Path) -> None:
    """As docx4j writes them."""
    path = packaged("templates/ke-hoach.docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    parts["docProps/app.xml"] = f'<p:Properties xmlns:p="{space}"/>'.encode()
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates/ke-hoach.docx").write_bytes(zipped({**parts, "x": b""}))

    result = danvan("plan", "export")

    assert result.exit_code == 0, result.output
    (made,) = (folder / "output").rglob("*.docx")
    with zipfile.ZipFile(made) as archive:
        assert b"Application>danvan</" in archive.read("docProps/app.xml")


def in_reading(path: Path, raising: Callable[[], object]) -> None:
    with reading(path):
        raising()


def test_a_fault_of_danvans_own_stays_one(folder: Path, report: Mapping[str, bytes]) -> None:
    """Else the fuzz loops would take it for an odd file."""
    (folder / "a.docx").write_bytes(zipped(report))
    with opened(folder / "a.docx") as document:
        pass

    with pytest.raises(KeyError):
        in_reading(folder / "a.docx", lambda: {}["x"])
    with pytest.raises(Exception, match="không như Word ghi"):
        in_reading(folder / "a.docx", lambda: document.styles["there is none"])
