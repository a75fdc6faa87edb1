"""A unit's Word form as danvan builds it, in the plainest look, to fill in and to maltreat."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from msgspec import Struct

from danvan_cli.forms import boxes as form
from danvan_cli.forms import controls
from danvan_cli.forms.boxes import PROMPTS, Box
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.word.file import package

W = nsdecls("w")


class Form(Struct):
    """`document` is python-docx's; boxes are named by their tags: 'results.1.1.summary'.

    `properties`: what the document says of itself.
    """

    document: Any
    boxes: list[Box]
    properties: dict[str, str]

    def box(self, tag: str) -> Box:
        return next(box for box in self.boxes if box.tag == tag)

    def cell(self, tag: str) -> Any:
        """The first cell with the control of that tag."""
        (tags,) = (self.document.element.body.xpath(f"(//w:tag[@w:val='{tag}'])[1]"),)
        return next(tags[0].iterancestors(qn("w:tc")))

    def fill(self, tag: str, text: str) -> None:
        """Types into the box, as Word keeps it."""
        self.put(tag, f"<w:r><w:t>{text}</w:t></w:r>")

    def put(self, tag: str, runs: str) -> None:
        """Puts runs into the control, or, of a box with paragraphs, one paragraph with them."""
        control = self.cell(tag).find(f".//{qn('w:sdt')}")
        settings, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        for mark in settings.findall(qn("w:showingPlcHdr")):
            settings.remove(mark)
        is_block = self.box(tag).kind in ("prose", "items")
        if not is_block or not runs.startswith("<w:p>"):
            runs = f"<w:p>{runs}</w:p>" if is_block else runs
        filled = parse_xml(f"<w:sdtContent {W}>{runs}</w:sdtContent>")
        control.replace(content, filled)

    def save(self, folder: Path, name: str = "bieu-mau.docx") -> Path:
        path = folder / name
        path.write_bytes(package.stamped(self.document, own=self.properties))
        return path


def handmade(plan: Plan, unit: str, period: str = "h1", rows: int = 2) -> Form:
    """An empty form, with so many rows for models and as many for awards."""
    boxes = form.boxes(plan, units_by_id(plan)[unit], dict.fromkeys(form.ROW_LISTS, rows))
    document = package.empty()
    body = document.element.body
    for name in dict.fromkeys(box.path[0] for box in boxes):
        lines = "".join(_row(box) for box in boxes if box.path[0] == name)
        body.insert(len(body) - 1, parse_xml(f"<w:tbl {W}><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"))
        body.insert(len(body) - 1, parse_xml(f"<w:p {W}/>"))
    controls.lock_all_else(document)
    properties = {
        "document": "bieu-mau",
        "year": str(plan.year),
        "period": period,
        "unit": unit,
    }
    return Form(document, boxes, properties)


def filled(plan: Plan, unit: str, period: str = "h1", **texts: str) -> Form:
    """With the texts in their boxes, points of the tags written as '__'."""
    made = handmade(plan, unit, period)
    for tag, text in texts.items():
        made.fill(_tag(made, tag), text)
    return made


def _tag(made: Form, name: str) -> str:
    return next(
        box.tag
        for box in made.boxes
        if "__".join(box.path).replace(".", "_").replace("-", "_") == name
    )


def _row(box: Box) -> str:
    start = f'<w:bookmarkStart w:id="0" w:name="{box.bookmark}"/>'
    end = '<w:bookmarkEnd w:id="0"/>'
    style = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    prompt = f"<w:r>{style}<w:t>{PROMPTS[box.kind]}</w:t></w:r>"
    settings = (
        f'<w:sdtPr><w:alias w:val="{box.in_words}"/><w:tag w:val="{box.tag}"/><w:showingPlcHdr/>'
        f"{_kind(box)}</w:sdtPr>"
    )
    if box.kind in ("prose", "items"):
        content = f"<w:sdtContent><w:p>{prompt}</w:p></w:sdtContent>"
        cell = f"{start}<w:sdt>{settings}{content}</w:sdt>{end}"
    else:
        cell = (
            f"<w:p>{start}<w:sdt>{settings}<w:sdtContent>{prompt}</w:sdtContent></w:sdt>{end}</w:p>"
        )
    label = f"<w:tc><w:p><w:r><w:t>{box.label}</w:t></w:r></w:p></w:tc>"
    return f"<w:tr>{label}<w:tc>{cell}</w:tc></w:tr>"


def _kind(box: Box) -> str:
    match box.kind:
        case "choice":
            items = "".join(
                f'<w:listItem w:displayText="{words}" w:value="{value}"/>'
                for value, words in {"": PROMPTS["choice"], **box.choices}.items()
            )
            return f"<w:dropDownList>{items}</w:dropDownList>"
        case "day":
            return '<w:date><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
        case "line" | "number":
            return "<w:text/>"
        case _:
            return ""


def resaved_by_libreoffice(made: Form) -> None:
    """What LibreOffice 7.4 does to it, as measured; `deepcopy` what must stay."""
    for control in list(made.document.element.body.iter(qn("w:sdt"))):
        settings = control.find(qn("w:sdtPr"))
        is_list = any(
            settings.find(qn(f"w:{each}")) is not None for each in ("dropDownList", "date")
        )
        gone = ["tag", "alias"] if is_list else ["tag", "showingPlcHdr"]
        for name in gone:
            for element in settings.findall(qn(f"w:{name}")):
                settings.remove(element)
        paragraphs = control.find(qn("w:sdtContent")).findall(qn("w:p"))
        for paragraph in reversed(paragraphs[1:]):
            control.addnext(paragraph)


def copied(element: Any) -> Any:
    """A copy right below, as Word makes it: without bookmarks."""
    copy = deepcopy(element)
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(copy.iter(qn(f"w:{name}"))):
            mark.getparent().remove(mark)
    element.addnext(copy)
    return copy
