"""A finished .docx carries a seal that any edit breaks, and its bytes are always the same."""

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.files.safe_write import is_as_written
from danvan_cli.word.file import package
from ooxml import violations

CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATIONSHIP = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
LABELLED = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Nhãn">'
    "<vt:lpwstr>Thường</vt:lpwstr></property></Properties>"
)


def word_file(text: str = "Nội dung") -> bytes:
    document = docx.Document()
    for key, each in list(document.part.rels.items()):
        if each.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    document.add_paragraph(text)
    return saved(document)


def seal(content: bytes) -> bytes:
    return package.stamped(docx.Document(io.BytesIO(content)), "Sở Nội vụ")


def saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], year: int = 2020) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), data)
    return content.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    each = parts(content)
    return zipped(each | {name: change(each[name])})


def labelled() -> bytes:
    """A document with a custom property of its own, as an office's template can have."""
    each = parts(word_file())
    each["docProps/custom.xml"] = LABELLED.encode()
    each["[Content_Types].xml"] = each["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/docProps/custom.xml" ContentType="{CUSTOM_TYPE}"/></Types>'.encode(),
    )
    each["_rels/.rels"] = each["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{CUSTOM_RELATIONSHIP}" Target="docProps/custom.xml"/>'
        "</Relationships>".encode(),
    )
    return zipped(each)


@pytest.mark.parametrize("content", [word_file(), labelled(), seal(word_file())])
def test_word_opens_a_sealed_document_without_repair(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(seal(content))

    assert violations(path) == []
    assert [each.text for each in docx.Document(str(path)).paragraphs] == ["Nội dung"]


def test_a_sealed_document_is_unedited_and_an_unsealed_one_is_not_ours() -> None:
    assert is_as_written(seal(word_file()))
    assert not is_as_written(word_file())


def test_a_word_that_was_changed_breaks_the_seal() -> None:
    edited = changed(
        seal(word_file()),
        "word/document.xml",
        lambda xml: xml.replace("Nội dung".encode(), "Nội  dung".encode()),
    )

    assert not is_as_written(edited)


def test_saving_again_in_an_editor_breaks_the_seal() -> None:
    document = docx.Document(io.BytesIO(seal(word_file())))
    document.add_paragraph("thêm")

    assert not is_as_written(saved(document))


def test_a_part_that_was_added_taken_away_or_renamed_breaks_the_seal() -> None:
    sealed = parts(seal(word_file()))

    assert not is_as_written(zipped(sealed | {"word/media/a.png": b""}))
    assert not is_as_written(
        zipped({name: data for name, data in sealed.items() if name != "word/settings.xml"})
    )
    assert not is_as_written(
        zipped({name.replace("settings", "s"): data for name, data in sealed.items()})
    )


def test_properties_that_a_mail_system_touches_do_not_break_the_seal() -> None:
    sealed = seal(word_file())

    assert is_as_written(changed(sealed, "docProps/core.xml", lambda xml: xml + b"\n"))
    assert is_as_written(changed(seal(labelled()), "docProps/custom.xml", lambda xml: xml + b"\n"))


def test_a_templates_own_custom_properties_stay() -> None:
    custom = parts(seal(labelled()))["docProps/custom.xml"].decode()

    assert 'pid="2" name="Nhãn"' in custom
    assert 'pid="3" name="danvan.fingerprint"' in custom


def test_the_bytes_do_not_depend_on_the_order_or_time_of_the_parts() -> None:
    each = parts(word_file())
    names = list(each)
    random.Random(1).shuffle(names)

    assert seal(zipped({name: each[name] for name in names}, year=2001)) == seal(word_file())


def test_the_content_types_come_first_and_no_clock_shows() -> None:
    with zipfile.ZipFile(io.BytesIO(seal(word_file()))) as archive:
        entries = archive.infolist()

    assert entries[0].filename == "[Content_Types].xml"
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        zipped({"a.txt": b"x"}),
        zipped({"docProps/custom.xml": b"<broken"}),
        seal(word_file())[:-40],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),  # how Word encrypts
    ],
)
def test_a_file_that_is_no_document_is_not_ours(content: bytes) -> None:
    assert not is_as_written(content)


SEALED = seal(word_file())


@given(st.data())
def test_a_damaged_file_never_counts_as_unedited_unless_no_part_is_hurt(
    data: st.DataObject,
) -> None:
    sealed = bytearray(SEALED)
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    if is_as_written(bytes(sealed)):
        before, after = parts(SEALED), parts(bytes(sealed))
        assert _without_properties(after) == _without_properties(before)


def _without_properties(each: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in each.items() if not name.startswith("docProps/")}


def test_whether_a_file_is_as_written_takes_little_memory_to_say():
    sealed = changed(seal(word_file()), "word/document.xml", lambda xml: xml + b" " * 60_000_000)
    boasting = changed(
        seal(word_file()), "docProps/custom.xml", lambda xml: xml + b" " * 60_000_000
    )
    tracemalloc.start()
    try:
        assert not is_as_written(sealed)
        assert not is_as_written(boasting)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000
