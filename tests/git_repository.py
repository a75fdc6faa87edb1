"""A real git repository to test with, whatever the settings of the person who runs the tests."""

import os
import subprocess
from pathlib import Path


class Git:
    """A repository in a folder; each commit takes all that is there, on a day at noon."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self("init", "--quiet", "--initial-branch=main")

    def __call__(self, *arguments: str, **variables: str) -> str:
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=_plain_environment() | variables,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return run.stdout

    def commit(self, day: str, author: str = "Nguyễn Văn An") -> str:
        """Its id; `day`: 2026-05-29."""
        self("add", "--all")
        moment = f"{day}T12:00:00+07:00"
        self(
            "commit",
            "--quiet",
            "--message=đổi",
            GIT_AUTHOR_NAME=author,
            GIT_AUTHOR_DATE=moment,
            GIT_COMMITTER_DATE=moment,
        )
        return self("rev-parse", "HEAD").strip()


def clone(source: Path, target: Path, *options: str) -> None:
    subprocess.run(
        ["git", "clone", "--quiet", *options, source.as_uri(), str(target)],
        env=_plain_environment(),
        check=True,
    )


def _plain_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Nguyễn Văn An",
        "GIT_AUTHOR_EMAIL": "an@example.com",
        "GIT_COMMITTER_NAME": "Nguyễn Văn An",
        "GIT_COMMITTER_EMAIL": "an@example.com",
    }
