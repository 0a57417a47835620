"""Today's figures are never alone: change, comparison and camera-hours stand beside them."""

from components.today import SHOWN, build_today
from data_access.day_figures import Compared, DayFigures
from data_access.domain.events import Response
from tests.support.visits import a_visit

FIGURES = DayFigures(
    counts={
        Response.VIOLATION: Compared(1_214, 1_000),
        Response.INCIDENT: Compared(3, 2),
        Response.WORK_ORDER: Compared(0, 0),
    },
    hours_today=24_000.0,
    hours_before=20_000.0,
)


def test_a_figure_stands_with_its_change_and_what_it_is_compared_with() -> None:
    found = build_today(FIGURES, SHOWN[Response.INCIDENT], a_visit())
    assert "1\u202f214" in found
    assert "▲ 21%" in found
    assert "by this hour then: 1\u202f000" in found
    assert "per 1000 camera-hours: 50.6, then 50.0" in found
    assert "Camera-hours today: 24\u202f000" in found


def test_a_change_of_three_against_two_is_not_called_one() -> None:
    found = build_today(FIGURES, (Response.INCIDENT,), a_visit())
    assert "50%" not in found


def test_without_camera_hours_there_is_no_rate() -> None:
    bare = DayFigures(FIGURES.counts, 0.0, 0.0)
    assert "per 1000" not in build_today(bare, SHOWN[Response.INCIDENT], a_visit())
