"""How frames of the screen of health are put on it."""

from typing import Any

import pandas as pd
import streamlit as st

Titles = dict[str, Any]
"""Titles or column settings by the column's name."""


def show_frame(frame: pd.DataFrame, key: str, titles: Titles, height_px: int | None) -> None:
    """A table without its index; as high as its rows where no height is given."""
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        column_config=titles,
        placeholder="—",
        height="content" if height_px is None else height_px,
    )


def long_height(rows: int, most: int) -> int | None:
    """A fixed height for a long table, so that nothing below it moves when it grows."""
    return 38 + 35 * most if rows > most else None
