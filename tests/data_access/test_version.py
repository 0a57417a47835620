"""The version that manifests name."""

import tomllib
from pathlib import Path

from data_access.version import VERSION

ROOT = Path(__file__).resolve().parent.parent.parent


def test_manifests_name_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
