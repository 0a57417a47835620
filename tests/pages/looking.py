"""Opening one screen alone, and reading what stands on it."""

from collections.abc import Mapping

import pandas as pd
from streamlit.testing.v1 import AppTest

from data_access.domain.people import Role
from tests.support.app import ROOT, Screens


def look(screens: Screens, role: Role, page_id: str, **query: str) -> AppTest:
    """The page's own file at its address, as somebody with this role sees it."""
    app = _open(screens, role, page_id, query)
    assert not app.exception, [problem.message for problem in app.exception]
    return app


def is_refused(screens: Screens, role: Role, page_id: str) -> bool:
    """Whether the screen says that it is not for this role, and shows nothing else of its own."""
    app = _open(screens, role, page_id, {})
    refused = [heading.value for heading in app.header] == ["Этот экран вам не доступен"]
    assert not (refused and (app.get("html") or app.dataframe))
    return refused


def _open(screens: Screens, role: Role, page_id: str, query: Mapping[str, str]) -> AppTest:
    screens.look_as(role)
    page = str(ROOT / "pages" / f"{page_id}.py")
    app = AppTest.from_file(page, default_timeout=screens.seconds)
    app.query_params.update(query)
    return app.run()


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The table on the screen that has this column."""
    (found,) = [table.value for table in app.dataframe if column in table.value.columns]
    assert isinstance(found, pd.DataFrame)
    return found


def words_of(app: AppTest) -> str:
    """Everything that stands on the screen as text, Markdown's escapes taken away."""
    html = [element.proto.body for element in app.get("html")]
    kinds = (app.header, app.markdown, app.caption, app.info, app.warning, app.error)
    said = [str(element.value) for kind in kinds for element in kind]
    return "\n".join([*html, *said]).replace("\\", "")
