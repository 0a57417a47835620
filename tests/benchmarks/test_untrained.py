"""The model without training, and what is said where its packages are missing."""

from pathlib import Path

import pytest

from benchmarks.untrained import NAME, NEEDED, untrained_onnx


@pytest.mark.parametrize("missing", NEEDED)
def test_a_missing_package_is_said_before_anything_runs(tmp_path: Path, missing: str) -> None:
    with pytest.raises(OSError, match=r"requirements-bench\.txt"):
        untrained_onnx(tmp_path, lambda name: name != missing)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_made_before_serves_again(tmp_path: Path) -> None:
    made = tmp_path / ".untrained" / f"{NAME}.onnx"
    made.parent.mkdir()
    made.write_bytes(b"made before")
    assert untrained_onnx(tmp_path, lambda name: True) == made
