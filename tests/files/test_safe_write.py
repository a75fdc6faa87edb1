"""A file is written whole, and never over what a person has edited."""

import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from danvan_cli.files import replacing, safe_write
from danvan_cli.problems import Failure


def word_file(text: str, stamped_for: str | None = None) -> bytes:
    """A zip that holds `text` and the fingerprint of a file that holds `stamped_for`."""
    parts = {"word/document.xml": text.encode()}
    stamp = safe_write.fingerprint({"word/document.xml": (stamped_for or text).encode()})
    parts["docProps/custom.xml"] = (
        f'<property pid="2" name="{safe_write.FINGERPRINT_PROPERTY}"><vt:lpwstr>{stamp}</vt:lpwstr>'
    ).encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = safe_write.write(tmp_path / "output" / "2026" / "a.ics", b"x")

    assert path.read_bytes() == b"x"
    assert [each.name for each in path.parent.iterdir()] == ["a.ics"]


def test_a_file_that_differs_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"by hand")

    with pytest.raises(Failure, match="đã được sửa") as refusal:
        safe_write.write(path, b"new")

    assert "--force" in (refusal.value.hint or "")
    assert path.read_bytes() == b"by hand"


def test_force_overwrites_and_keeps_the_files_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"by hand")
    path.chmod(0o640)

    safe_write.write(path, b"new", force=True)

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))

    safe_write.write(path, b"same")

    assert path.stat().st_mtime == 1


def test_a_word_file_as_danvan_wrote_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file("old"))

    safe_write.write(path, word_file("new"))

    assert path.read_bytes() == word_file("new")


@pytest.mark.parametrize(
    "existing",
    [
        word_file("edited in Word", stamped_for="old"),
        b"no zip at all",
        word_file("old")[:-30],
    ],
)
def test_a_word_file_that_was_edited_or_is_not_ours_stays(tmp_path: Path, existing: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(existing)

    with pytest.raises(Failure):
        safe_write.write(path, word_file("new"))

    assert path.read_bytes() == existing


def test_a_document_moved_on_through_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.ics"
    real.write_bytes(b"same")
    link = tmp_path / "link.ics"
    link.symlink_to(real)

    safe_write.write(link, b"new", force=True)

    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="không phải là một tệp"):
        safe_write.write(tmp_path, b"x", force=True)


def test_a_file_in_a_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")

    with pytest.raises(Failure, match="output"):
        safe_write.write(tmp_path / "output" / "a.ics", b"x")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write read-only files"
)
def test_a_read_only_file_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file("old"))
    path.chmod(0o444)

    with pytest.raises(Failure, match="đang mở trong Word"):
        safe_write.write(path, word_file("new"), force=True)


def test_a_document_open_in_word_is_told_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file("old"))

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(Failure, match="đang mở trong Word"):
        safe_write.write(path, word_file("new"))

    assert [each.name for each in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(Failure):
            safe_write.write(path, b"x" * 100_000, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.docx"]


def test_several_files_are_replaced_as_long_as_nobody_has_edited_them(tmp_path: Path) -> None:
    safe_write.write_all(tmp_path, {"a.txt": b"1", "b.txt": b"1"})
    paths = safe_write.write_all(tmp_path, {"a.txt": b"2"})

    assert paths == [tmp_path / "a.txt"]
    assert ((tmp_path / "a.txt").read_bytes(), (tmp_path / "b.txt").read_bytes()) == (b"2", b"1")
    safe_write.write_all(tmp_path, {"b.txt": b"3"})
    assert (tmp_path / "b.txt").read_bytes() == b"3"


def test_of_several_files_none_is_written_where_one_has_been_edited(tmp_path: Path) -> None:
    safe_write.write_all(tmp_path, {"a.txt": b"1", "b.txt": b"1"})
    (tmp_path / "b.txt").write_bytes(b"by hand")

    with pytest.raises(Failure, match="đã được sửa"):
        safe_write.write_all(tmp_path, {"a.txt": b"2", "b.txt": b"2"})

    assert (tmp_path / "a.txt").read_bytes() == b"1"
    safe_write.write_all(tmp_path, {"a.txt": b"2", "b.txt": b"2"}, force=True)
    assert (tmp_path / "b.txt").read_bytes() == b"2"


def test_a_spoilt_record_knows_no_file(tmp_path: Path) -> None:
    safe_write.write_all(tmp_path, {"a.txt": b"1"})
    (tmp_path / safe_write.RECORD_NAME).write_bytes(b"\xff\n\n")

    with pytest.raises(Failure, match="đã được sửa"):
        safe_write.write_all(tmp_path, {"a.txt": b"2"})
    assert safe_write.write_all(tmp_path, {"a.txt": b"1"}) == [tmp_path / "a.txt"]


LEFT_OVER = ".danvan-0123456789abcdef.tmp"


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / LEFT_OVER
    left.write_bytes(b"half a file")
    os.utime(left, (1, 1))

    safe_write.write(tmp_path / "a.ics", b"x")

    assert [each.name for each in tmp_path.iterdir()] == ["a.ics"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file by itself")
def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    import fcntl

    at_work = tmp_path / LEFT_OVER
    with at_work.open("xb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.utime(at_work, (1, 1))

        safe_write.write(tmp_path / "a.ics", b"x")

        assert at_work.exists()


def test_only_names_of_danvans_own_are_removed(tmp_path: Path) -> None:
    other = tmp_path / ".danvan-cua-toi.tmp"
    other.write_bytes(b"by hand")
    os.utime(other, (1, 1))

    safe_write.write(tmp_path / "a.ics", b"x")

    assert other.exists()


def test_a_broken_link_is_told_and_nothing_is_made_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "a.ics").symlink_to(tmp_path / "elsewhere.ics")

    with pytest.raises(Failure, match="liên kết hỏng"):
        safe_write.write(tmp_path / "a.ics", b"x", force=True)

    assert [each.name for each in tmp_path.iterdir()] == ["a.ics"]


def broken_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """From now on the system moves but so many files to where they belong."""
    replace, moved = Path.replace, []

    def some(path: Path, target: Path) -> Path:
        if len(moved) == after:
            raise PermissionError(13, "in use")
        moved.append(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", some)


def test_files_of_a_run_that_broke_off_are_not_taken_for_edited_ones(tmp_path: Path) -> None:
    old, new = {"a.txt": b"1", "b.txt": b"1"}, {"a.txt": b"2", "b.txt": b"2"}
    safe_write.write_all(tmp_path, old)
    with pytest.MonkeyPatch.context() as monkeypatch, pytest.raises(Failure) as refusal:
        broken_off(monkeypatch, after=2)
        safe_write.write_all(tmp_path, new)
    assert "đã ghi: .danvan.sha256, a.txt; chưa ghi: b.txt" in refusal.value.message
    assert (tmp_path / "a.txt").read_bytes() == b"2"

    safe_write.write_all(tmp_path, {"a.txt": b"3", "b.txt": b"3"})

    assert (tmp_path / "a.txt").read_bytes() == b"3"
    assert not list(tmp_path.glob(".danvan-*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_none_of_several_files_is_there_before_all_are_whole(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(Failure, match=r"b\.txt"):
            safe_write.write_all(tmp_path, {"a.txt": b"1", "b.txt": b"x" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert list(tmp_path.iterdir()) == []


def saved_meanwhile(monkeypatch: pytest.MonkeyPatch, path: Path, content: bytes) -> None:
    """Somebody saves the file while danvan waits for its own to be on the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: path.write_bytes(content))


@pytest.mark.parametrize("before", [b"old", None])
def test_what_somebody_saves_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    path = tmp_path / "a.yaml"
    if before is not None:
        path.write_bytes(before)
    old = replacing.read(path, tmp_path)
    saved_meanwhile(monkeypatch, path, b"by hand")

    for write in (
        lambda: safe_write.change(old, b"new"),
        lambda: safe_write.write(path, b"new", force=True),
        lambda: safe_write.write_all(tmp_path, {"a.yaml": b"new"}, force=True),
    ):
        with pytest.raises(Failure, match="đã có người hoặc chương trình khác sửa"):
            write()
        assert path.read_bytes() == b"by hand"
        saved_meanwhile(monkeypatch, path, b"by hand")
        path.unlink() if before is None else path.write_bytes(before)


@pytest.mark.skipif(os.name == "nt", reason="POSIX owners")
def test_a_changed_file_keeps_its_other_names_mode_and_owner(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_bytes(b"a longer old text")
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 54321)
    before = path.stat()
    safe_write.change(replacing.read(path, tmp_path), b"an even longer new text")
    after = path.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (
        before.st_uid,
        before.st_gid,
        before.st_mode,
    )
    assert after.st_mtime_ns > before.st_mtime_ns

    os.link(path, other)
    safe_write.change(replacing.read(path, tmp_path), b"new")

    assert other.read_bytes() == path.read_bytes() == b"new"
    assert path.stat().st_nlink == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_file_with_two_names_comes_back_where_the_disk_is_full(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.yaml"
    path.write_bytes(b"old " * 10)
    os.link(path, tmp_path / "b.yaml")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(Failure, match=r"a\.yaml”: tệp quá lớn"):
            safe_write.change(replacing.read(path, tmp_path), b"new" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.read_bytes() == b"old " * 10


def test_a_refusal_names_the_file_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _mode: str) -> None:
        raise PermissionError(13, "no", str(_self))

    with monkeypatch.context() as patched, pytest.raises(Failure) as refusal:
        patched.setattr(Path, "open", refuse)
        safe_write.write(tmp_path / "a.ics", b"x")
    assert refusal.value.message == (
        f"không ghi được “{tmp_path / 'a.ics'}”: không có quyền truy cập"
    )


def test_a_folder_that_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / LEFT_OVER
    left.mkdir()
    (left / "lock").write_bytes(b"")
    (left / "0").write_bytes(b"half a file")
    os.utime(left, (1, 1))

    safe_write.write(tmp_path / "a.ics", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["a.ics"]
