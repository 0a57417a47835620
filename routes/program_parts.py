"""Which parts of the program the first screen needs, so that the browser can fetch them early.

Streamlit's page asks for a part when something on it first wants one: the map's three megabytes
only when the server has sent the map, and the map's own part after that. The sign-in page has
them fetched while a password is typed, the first screen while its session begins.
"""

import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FIRST_SCREEN = ("DeckGlJsonChart", "webgl-device", "BidiComponent", "Html", "ButtonGroup", "Button")
"""What the Situation screen is made of, by the names in Streamlit's list of parts."""

ICONS = "static/media/MaterialSymbols-Rounded.*.woff2"

HEAVY_BYTES = 300_000
"""Four files of ninety are so large, and four fifths of all bytes: they are worth fetching
before anybody has signed in. The sign-in page need not list what the program is made of."""


class UnknownPart(Exception):
    """Streamlit's program is not made of the parts that this one knows."""


def first_parts(folder: Path) -> list[str]:
    """The addresses of all that the first screen needs: scripts, styles and the icons."""
    return [
        *parts(folder, FIRST_SCREEN),
        *(f"/{_under(folder, icons)}" for icons in _icons(folder)),
    ]


def heavy(folder: Path, addresses: Iterable[str]) -> list[str]:
    """Those of ``addresses`` that take most of the time on a slow line."""
    return [one for one in addresses if (folder / one[1:]).stat().st_size >= HEAVY_BYTES]


def parts(folder: Path, names: Sequence[str]) -> list[str]:
    """The addresses of these parts and of all that they need.

    Raises ``UnknownPart`` where a new release has another name for one.
    """
    listed: dict[str, dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))
    by_name = {part.get("name"): key for key, part in listed.items() if "imports" in part}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise UnknownPart(f"{folder} has no {', '.join(unknown)}: adapt routes/program_parts.py")
    return [f"/{file}" for file in _with_needs(listed, [by_name[name] for name in names])]


def _with_needs(listed: dict[str, dict[str, Any]], keys: Iterable[str]) -> list[str]:
    waiting, known, files = list(keys), set[str](), dict[str, None]()
    while waiting:
        key = waiting.pop(0)
        if key not in known:
            known.add(key)
            part = listed[key]
            files |= dict.fromkeys((part["file"], *part.get("css", ())))
            waiting += part.get("imports", ())
    return list(files)


def _icons(folder: Path) -> list[Path]:
    return sorted(folder.glob(ICONS))


def _under(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def fetched_soon(addresses: Iterable[str]) -> str:
    """Links for a page that does not need these files itself: the next one will."""
    return "".join(f'<link rel="prefetch" href="{html.escape(one)}" />' for one in addresses)


def fetched_now(addresses: Iterable[str]) -> str:
    """Links for the page that needs these files."""
    return "".join(_link(html.escape(one)) for one in addresses)


def _link(address: str) -> str:
    if address.endswith(".js"):
        return f'<link rel="modulepreload" crossorigin href="{address}" />'
    kind = "style" if address.endswith(".css") else "font"
    return f'<link rel="preload" as="{kind}" crossorigin href="{address}" />'
