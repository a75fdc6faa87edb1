"""Checks Word files against the OOXML standard, the same bytes only once in a session."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openxml_audit import OpenXmlValidator


def violations(document: Path | bytes) -> list[str]:
    """What Word would repair in the document, or refuse; [] for a sound one."""
    return list(_violations(document if isinstance(document, bytes) else document.read_bytes()))


@cache
def _violations(content: bytes) -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(content)
        return tuple(str(error) for error in OpenXmlValidator().validate(path).errors)
