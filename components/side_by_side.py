"""Two parts beside each other where there is room, and below each other on a tablet."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_STYLE = """<style>
@media (max-width: 1000px) {
  [class*="st-key-beside_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {
    flex-direction: column;
  }
  [class*="st-key-beside_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
  > [data-testid="stColumn"] { width: 100% !important; min-width: 100%; flex: none !important; }
}
</style>"""


def side_by_side(key: str, parts: Sequence[float] = (1, 1)) -> tuple[DeltaGenerator, ...]:
    """Columns of these widths; ``key`` is unique on the screen."""
    with st.container(key=f"beside_{key}"):
        st.html(_STYLE)
        return tuple(st.columns(list(parts), gap="medium"))
