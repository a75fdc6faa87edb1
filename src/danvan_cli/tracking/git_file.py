"""A file as it was in a revision of the git history."""

from pathlib import Path

from danvan_cli.problems import Failure
from danvan_cli.tracking import git_process
from danvan_cli.tracking.git_process import GitError


def file_at(file: Path, revision: str, most: int) -> bytes:
    """The file's bytes in a revision: a commit, a branch, a tag, HEAD~3.

    Raises Failure where there is no repository or no such revision, where the revision does not
    have the file, and where it had more than `most` bytes.
    """
    top = git_process.top(file.resolve().parent)
    if top is None:
        raise Failure(
            f"“{revision}” không phải là tệp có trên máy, và thư mục này không có git",
            "chỉ ra một tệp plan.yaml khác, hoặc dùng git cho thư mục kế hoạch",
        )
    commit = _commit(top, revision)
    name = file.resolve().relative_to(top.resolve()).as_posix()
    with git_process.blobs(top, most) as read:
        content = read(f"{commit}:{name}") if "\n" not in name else None
    if content is None:
        raise Failure(
            f"lần ghi “{revision}” chưa có tệp {name}",
            f"xem các lần ghi tệp này: git log --oneline -- {name}",
        )
    if not content:
        raise Failure(f"{name} ở lần ghi “{revision}” trống hoặc quá lớn")
    return content


def _commit(top: Path, revision: str) -> str:
    """The full name of the commit that is meant."""
    unknown = Failure(
        f"không có tệp “{revision}”, và git không có lần ghi “{revision}”",
        "xem các lần ghi: git log --oneline; hoặc chỉ ra một tệp plan.yaml khác",
    )
    if revision.startswith("-") or not revision.strip():
        raise unknown
    try:
        answer = git_process.ask(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except GitError as error:
        raise unknown from error
    return answer.decode("ascii", "replace").strip()
