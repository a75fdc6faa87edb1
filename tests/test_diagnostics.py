"""Problems that are of no text file, as those of a Word document are, in every rendering."""

import json
from pathlib import Path

import pytest

from danvan_cli.cli.findings_formats import RENDERINGS, as_github, as_gitlab, as_json, as_text
from danvan_cli.problems import ERROR, Diagnostic, Severity, rule
from rule_examples import CODES

HERE = Path("/ke/hoach")
IN_WORD = Diagnostic(code="F101", message="lề trái 2 cm", file=Path("/ke/hoach/ra/bc.docx"))
NOWHERE = Diagnostic(code="R415", message="một\nhai", hint="ba")


def test_text_leaves_out_what_is_not_known():
    assert as_text([IN_WORD, NOWHERE], HERE).splitlines() == [
        "ra/bc.docx: lỗi F101: lề trái 2 cm",
        "cảnh báo R415: một\\nhai",
        "    gợi ý: ba",
    ]


def test_json_says_null_for_what_is_not_known():
    first, second = json.loads(as_json([IN_WORD, NOWHERE], HERE))
    assert first == {
        "code": "F101",
        "severity": "error",
        "file": "ra/bc.docx",
        "line": None,
        "column": None,
        "path": None,
        "message": "lề trái 2 cm",
        "hint": None,
    }
    assert second["file"] is None


def test_github_and_gitlab_do_without_what_is_not_known():
    assert as_github([IN_WORD], HERE) == (
        "::error file=ra/bc.docx,title=F101 Không đọc được tệp::lề trái 2 cm"
    )
    (found,) = json.loads(as_gitlab([IN_WORD], HERE))
    assert found["location"] == {"path": "ra/bc.docx", "lines": {"begin": 1}}


@pytest.mark.parametrize("rendering", RENDERINGS.values())
def test_no_problem_gives_nothing_or_an_empty_list(rendering):
    assert rendering([], HERE) in ("", "[]")


def test_a_path_is_written_with_list_items_from_one_and_a_task_as_one_word():
    path = ("results", "4.2", "evidence", 0)
    assert Diagnostic(code="F101", message="", path=path).dotted_path == "results.4.2.evidence.1"


def test_every_code_has_one_severity_and_a_title_that_is_no_sentence():
    for code, kind in CODES.items():
        assert kind.severity in Severity
        assert kind.title and not kind.title.endswith("."), code


def test_a_code_is_declared_once():
    with pytest.raises(ValueError, match="R413 is declared twice"):
        rule("R413", ERROR, "x")
