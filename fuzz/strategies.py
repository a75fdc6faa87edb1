"""Every strategy by its name, with its share of the cases."""

from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from fuzz import base, structures, word_files, yaml_files
from fuzz.cases import Case


def _all_of(
    good: Callable[[], bytes], place: str, commands: list[list[str]]
) -> dict[str, st.SearchStrategy[Case]]:
    return word_files.of(good, place, commands) | structures.of(good, place, commands)


_CHECKED = _all_of(
    base.document,
    "a.docx",
    [["check", "@a.docx"]] * 3 + [["check", "@a.docx", "--fix", "-o", "@b.docx"]],
)
_FORMS = _all_of(base.form, "a.docx", [["import", "@a.docx", "--force", "--received", "29/5/2026"]])
_EDITED = _all_of(base.document, "a.docx", [["import", "@a.docx"]])
_TEMPLATES = _all_of(base.template, "templates/ke-hoach.docx", [["plan", "export"]])

STRATEGIES: Mapping[str, tuple[int, st.SearchStrategy[Case]]] = {
    "YAML: bytes": (15, yaml_files.from_bytes()),
    "YAML: tokens": (20, yaml_files.from_tokens()),
    "YAML: trees": (15, yaml_files.from_trees()),
    "YAML: good text": (15, yaml_files.from_good_text()),
    "YAML: good values": (15, yaml_files.from_good_values()),
    **{f"check: {how}": (2, each) for how, each in _CHECKED.items()},
    **{f"form: {how}": (2, each) for how, each in _FORMS.items()},
    **{f"edited report: {how}": (1, each) for how, each in _EDITED.items()},
    **{f"template: {how}": (1, each) for how, each in _TEMPLATES.items()},
    "template: tags": (2, word_files.templates()),
}


def share(cases: int, name: str) -> int:
    """How many of so many cases in all are this strategy's, at least one."""
    whole = sum(weight for weight, _ in STRATEGIES.values())
    return max(-(-cases * STRATEGIES[name][0] // whole), 1)
