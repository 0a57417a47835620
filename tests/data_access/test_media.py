"""The media folder: names that tell nothing, files whole or not at all."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from data_access.errors import MediaError
from data_access.media import MediaFolder


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_name_tells_nothing_and_is_never_given_twice(media: MediaFolder) -> None:
    names = {media.new_path(".mp4") for _ in range(1000)}
    assert len(names) == 1000
    assert all(len(name) == 2 + 1 + 32 + 4 for name in names)


def test_what_is_kept_is_read_back_with_its_sha256(media: MediaFolder) -> None:
    content = os.urandom(3_000_000)
    kept = media.keep(content, ".jpg")
    assert kept.sha256 == media.sha256(kept.path) == hashlib.sha256(content).hexdigest()
    assert media.kept(kept.path) == kept
    with media.open(kept.path) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "../secret", "ab/../../secret", "/etc/passwd", "~/x", "link/secret", "\0", "a" * 5000],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(path: str, media: MediaFolder, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "link").symlink_to(tmp_path)
    with pytest.raises(MediaError, match="not there"), media.open(path):
        pass


def test_a_folder_that_is_itself_a_link_is_fine(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "media").symlink_to(tmp_path / "disk")
    media = MediaFolder(tmp_path / "media")
    assert media.sha256(media.keep(b"x", ".jpg").path) == hashlib.sha256(b"x").hexdigest()


def test_a_file_appears_whole_at_the_end(media: MediaFolder, tmp_path: Path) -> None:
    relative = media.new_path(".mp4")
    with media.writing(relative) as path:
        path.write_bytes(b"half")
        assert path.suffix == ".mp4"
        assert not media.absolute(relative).exists()
    assert files(tmp_path) == [media.absolute(relative)]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk of .* is full"), (errno.EROFS, "No evidence can be written .*Read-only")],
)
def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    number: int, sentence: str, media: MediaFolder, tmp_path: Path
) -> None:
    with pytest.raises(MediaError, match=sentence), media.writing(media.new_path(".mp4")) as path:
        path.write_bytes(b"half")
        raise OSError(number, os.strerror(number))
    assert files(tmp_path) == []


def test_a_disk_that_is_really_full_leaves_nothing(media: MediaFolder, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is full"), media.writing(media.new_path(".mp4")) as path:
        path.write_bytes(b"half")
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"more")
    assert files(tmp_path) == []


def test_a_writer_that_fails_leaves_nothing_and_keeps_its_own_error(
    media: MediaFolder, tmp_path: Path
) -> None:
    with pytest.raises(ZeroDivisionError), media.writing(media.new_path(".mp4")) as path:
        path.write_bytes(b"half")
        1 / 0  # noqa: B018
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MediaError, match="QALA_MEDIA_DIR"):
        MediaFolder(tmp_path / "file" / "media").keep(b"x", ".jpg")


def test_what_a_killed_writer_has_begun_is_removed(media: MediaFolder, tmp_path: Path) -> None:
    kept = media.keep(b"whole", ".jpg")
    with media.writing(media.new_path(".mp4")) as path:
        path.write_bytes(b"half")
        path.with_name("0" * 32 + ".begun.mp4").write_bytes(b"left")
    assert media.remove_begun() == 1
    assert media.absolute(kept.path) in files(tmp_path)
    assert len(files(tmp_path)) == 2
