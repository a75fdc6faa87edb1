"""Takes out what Word shows in the content controls of a document where they are empty."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from danvan_cli.forms import values
from danvan_cli.forms.boxes import PROMPTS
from danvan_cli.model.report_fields import Kind
from danvan_cli.word.file.content_controls import choices_of, setting
from danvan_cli.word.file.text import text_of
from danvan_cli.word.file.tracked_changes import XmlElement

_STYLE = "placeholder text"
_DEEPEST = 8
"""Controls around a control. Each holds all that those in it hold, so that many take long."""


def remove(document: WordDocument) -> None:
    """Takes out every placeholder, but not what someone chose or typed in its stead.

    LibreOffice leaves the mark on lists and dates in which something was chosen or typed.
    """
    styles = _styles(document)
    for control in list(document.element.body.iter(qn("w:sdt"))):
        content = control.find(qn("w:sdtContent"))
        if content is None or setting(control, "showingPlcHdr") is None:
            continue
        if len(list(control.iterancestors(qn("w:sdt")))) > _DEEPEST:
            continue
        if _is_filled_in(control, values.clean(text_of(content))):
            continue
        for run in list(content.iter(qn("w:r"))):
            style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            if style is not None and style.get(qn("w:val")) in styles:
                run.getparent().remove(run)


def _styles(document: WordDocument) -> set[str]:
    """By its name, since the id is in the language of the Word that wrote it."""
    return {style.style_id for style in document.styles if (style.name or "").casefold() == _STYLE}


def _is_filled_in(control: XmlElement, text: str) -> bool:
    """Whether a person chose or wrote something, even next to the prompt."""
    kinds: tuple[Kind, ...] = ("prose", "number")
    if _is_picker(control):
        kinds = ("day",) if setting(control, "date") is not None else ("choice",)
    typed = values.without_prompts(text, [PROMPTS[kind] for kind in kinds])
    words = map(values.alike, choices_of(control))
    is_choice = values.alike(typed) in words or bool(values.day_in(typed))
    return bool(typed) and (typed != text or (_is_picker(control) and is_choice))


def _is_picker(control: XmlElement) -> bool:
    kinds = ("dropDownList", "comboBox", "date")
    return any(setting(control, kind) is not None for kind in kinds)
