"""Where the repository that is tested lies."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
