"""Bytes to the browser and time to the first drawn map, with few cameras and with many.

The same demonstration city is served three times on this machine: with its 1,500 cameras, with
120,000, and as a plain ``st.pydeck_chart`` with 120,000 rows. Chromium visits them in turn,
each time with a fresh profile, so that nothing is in its cache; the figures are medians.
``page_bytes`` leaves out the program's own files (Streamlit's bundle), which come once;
``all_bytes`` counts them, and so does the comparison with the plain map.
"""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.chromium import opened_chromium
from benchmarks.map_cities import IN_PROFILE, city_of, plain_map_of
from benchmarks.map_look import Visit, visit
from data_access.settings import Settings

MOST_GROWTH = 1.5
"""How much more than few cameras many may cost, in bytes and in time."""

MOST_OF_PLAIN = 0.1
"""The part of the plain map's bytes that the tiles may need."""


def measure(arguments: Sequence[str], settings: Settings) -> dict[str, Any]:
    """Medians of the visits, and whether they reach what is claimed."""
    options = _options(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qala-map-")))
        pages = {
            "few": stack.enter_context(city_of(IN_PROFILE, folder / "few", settings)),
            "many": stack.enter_context(city_of(options.cameras, folder / "many", settings)),
            "plain": stack.enter_context(plain_map_of(options.cameras, folder)),
        }
        browser = stack.enter_context(opened_chromium(stack.enter_context(sync_playwright())))
        visits: dict[str, list[Visit]] = {name: [] for name in pages}
        for _round in range(options.rounds):
            for name, served in pages.items():
                visits[name].append(visit(browser, served))
    return {"cameras": {"few": IN_PROFILE, "many": options.cameras}} | _figures(visits)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench map", description=__doc__)
    parser.add_argument("--cameras", type=int, default=120_000, help="how many are many")
    parser.add_argument("--rounds", type=int, default=5, help="visits of each page")
    return parser.parse_args(arguments)


def _figures(visits: dict[str, list[Visit]]) -> dict[str, Any]:
    told = {name: _told(of_page) for name, of_page in visits.items()}
    growth_bytes = told["many"]["page_bytes"] / told["few"]["page_bytes"]
    growth_time = told["many"]["drawn_s"] / told["few"]["drawn_s"]
    of_plain = told["many"]["all_bytes"] / told["plain"]["all_bytes"]
    reached = max(growth_bytes, growth_time) <= MOST_GROWTH and of_plain <= MOST_OF_PLAIN
    return {
        **told,
        "many_to_few_bytes": round(growth_bytes, 2),
        "many_to_few_time": round(growth_time, 2),
        "many_to_plain_bytes": round(of_plain, 4),
        "claimed": {"many_to_few": MOST_GROWTH, "many_to_plain_bytes": MOST_OF_PLAIN},
        "reached": reached,
    }


def _told(visits: Sequence[Visit]) -> dict[str, Any]:
    kinds = sorted({kind for one in visits for kind in one.bytes})
    return {
        "page_bytes": round(median(one.page_bytes for one in visits)),
        "all_bytes": round(median(sum(one.bytes.values()) for one in visits)),
        "bytes_by_kind": {
            kind: round(median(one.bytes.get(kind, 0) for one in visits)) for kind in kinds
        },
        "drawn_s": round(median(one.drawn_s for one in visits), 2),
        "first_visit": {"page_bytes": visits[0].page_bytes, "drawn_s": round(visits[0].drawn_s, 2)},
        "each_drawn_s": [round(one.drawn_s, 2) for one in visits],
    }
