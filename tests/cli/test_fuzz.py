"""A few cases of every strategy of `fuzz/`; `python -m fuzz` runs them by the thousand."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzz import base, cases, public
from fuzz.strategies import STRATEGIES, share


@pytest.mark.parametrize("name", STRATEGIES)
def test_whatever_a_file_holds_the_command_ends_in_words(tmp_path: Path, name: str) -> None:
    @seed(0)
    @settings(
        max_examples=settings.default.max_examples // 5,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STRATEGIES[name][1])
    def each(case: cases.Case) -> None:
        assert cases.run(case, base.FILES, tmp_path / "workspace").fault is None

    each()


def test_the_good_files_are_good(tmp_path: Path) -> None:
    """Else cases would end before they come to what is to be tried."""
    for name, command in (
        ("a.docx", ["check", "@a.docx"]),
        ("a.docx", ["import", "@a.docx"]),
        ("templates/ke-hoach.docx", ["plan", "export"]),
    ):
        content = base.template() if name.startswith("templates") else base.document()
        outcome = cases.run(cases.Case({name: content}, command), base.FILES, tmp_path / "a")
        assert (outcome.status, outcome.fault) in ((0, None), (1, None))
    form = cases.Case({"a.docx": base.form()}, ["import", "@a.docx", "--force"])
    assert cases.run(form, base.FILES, tmp_path / "a").status == 0


def test_every_strategy_has_its_share_of_the_cases() -> None:
    assert sum(share(20_000, name) for name in STRATEGIES) >= 20_000
    assert min(share(1, name) for name in STRATEGIES) == 1


def test_a_folder_of_documents_is_tried_with_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.DOCX").write_bytes(base.document())
    (tmp_path / "in/~$a.docx").write_bytes(b"")
    (tmp_path / "b.docx").write_bytes(b"PK")

    assert public.main([str(tmp_path), "--processes", "1"]) == 0

    told = capsys.readouterr().out
    assert [line.partition("  ")[0] for line in told.splitlines()[1:-1]] == list(public.COMMANDS)
    assert "2 files, 0 faults" in told


def test_what_a_document_takes_too_long_for_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(base.document())

    assert public.main([str(tmp_path), "--processes", "1", "--seconds", "0"]) == 1

    assert f"seconds: {tmp_path / 'a.docx'}" in capsys.readouterr().out
