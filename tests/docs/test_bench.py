"""The workspaces that bench/ measures danvan on are such as danvan takes."""

import runpy

from typer.testing import CliRunner

from danvan_cli.cli import app
from places import ROOT

BENCH = ROOT / "bench"
WORKSPACES = runpy.run_path(str(BENCH / "workspaces.py"))


def test_a_generated_workspace_is_valid_and_of_the_size_asked_for(tmp_path):
    root = tmp_path / "xa"
    WORKSPACES["write"](root, 14)
    reports = WORKSPACES["reports"](root)
    assert len(reports) == 14 * len(WORKSPACES["PERIODS"])
    assert all(5_000 < path.stat().st_size < 8_000 for path in reports)
    arguments = ["-C", str(root), "validate", "--strict", "--as-of", WORKSPACES["AS_OF"]]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (
        0,
        "Đã kiểm tra 29 tệp: không có lỗi, không có cảnh báo.\n",
    )


def test_a_generated_workspace_is_always_the_same(tmp_path):
    for name in ("một", "hai"):
        WORKSPACES["write"](tmp_path / name, 12)
    texts = [
        [path.read_bytes() for path in WORKSPACES["reports"](tmp_path / name)]
        for name in ("một", "hai")
    ]
    assert texts[0] == texts[1]
