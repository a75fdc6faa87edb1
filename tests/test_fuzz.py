"""A few cases of every strategy of `fuzz/`; `python -m fuzz` runs them by the thousand."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzz import base, cases
from fuzz.strategies import STRATEGIES, share


@pytest.mark.parametrize("name", STRATEGIES)
def test_whatever_a_file_holds_the_command_ends_in_words(tmp_path: Path, name: str) -> None:
    @seed(0)
    @settings(
        max_examples=15,
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
