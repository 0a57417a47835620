"""The README tells the truth about the settings, the pages and the pictures."""

import re
from pathlib import Path

from data_access.settings import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def settings_table() -> str:
    rows = [f"| `{row.name}` | `{row.default}` | {row.meaning} |" for row in SETTINGS]
    return "\n".join(["| name | default | meaning |", "|---|---|---|", *rows])


def test_the_settings_table_is_that_of_the_code() -> None:
    between = re.search(r"<!-- settings:.*?-->\n(.*?)\n<!-- /settings -->", README, re.S)
    assert between is not None
    assert between.group(1) == settings_table()


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(
        r"`((?:detection_worker|data_access|tests)/[\w/]+\.py)`", README
    )
    missing = [name for name in named if "your_rule" not in name and not (ROOT / name).exists()]
    assert missing == []


def test_each_setting_is_read_from_the_environment() -> None:
    source = (ROOT / "data_access" / "settings.py").read_text()
    unread = [row.name for row in SETTINGS if source.count(f'"{row.name}"') < 2]
    assert unread == []
