"""The sheet of a section's average speed: one page with both passages, as it is printed.

It is a picture, so that it is seen beside the other evidence, printed and signed as it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import cv2
import numpy as np

from data_access.language import translator
from detection_worker.evidence.drawing import LANGUAGE
from detection_worker.frames import Image
from detection_worker.lettering import Colour, width_px, wrapped, write

PAGE_WH = (1240, 1754)
"""A4 at 150 dots an inch: letters of 2 mm stay readable on paper and on a screen."""

MARGIN_PX = 90
CROP_WH = (500, 220)

INK: Colour = (0x1A, 0x1A, 0x1A)
QUIET: Colour = (0x66, 0x66, 0x66)
LINE: Colour = (0xC8, 0xC8, 0xC8)
TITLE_PX, BIG_PX, TEXT_PX, SMALL_PX = 44, 64, 28, 22

_ = translator(LANGUAGE)


@dataclass(slots=True)
class _Pen:
    """Writes down the page; ``y`` is the baseline of the next line."""

    page: Image
    y: int = MARGIN_PX + TITLE_PX

    def line(self, words: str, size: int = TEXT_PX, ink: Colour = INK) -> None:
        within = PAGE_WH[0] - 2 * MARGIN_PX
        for part in wrapped(words, size, within):
            write(self.page, part, (MARGIN_PX, self.y), size, ink)
            self.y += round(size * 1.45)

    def row(self, name: str, value: str) -> None:
        """A name on the left and its value in the second column."""
        left = MARGIN_PX + 430
        write(self.page, name, (MARGIN_PX, self.y), TEXT_PX, QUIET)
        for part in wrapped(value, TEXT_PX, PAGE_WH[0] - MARGIN_PX - left):
            write(self.page, part, (left, self.y), TEXT_PX, INK)
            self.y += round(TEXT_PX * 1.5)

    def rule(self) -> None:
        """A thin line across the page."""
        right = PAGE_WH[0] - MARGIN_PX
        cv2.line(self.page, (MARGIN_PX, self.y), (right, self.y), LINE, 2)
        self.y += round(TEXT_PX * 1.8)


def draw_sheet(sheet: Mapping[str, Any], pictures: Sequence[Image | None], event: UUID) -> Image:
    """The page of ``sheet``, with the pictures of the plate at the entry and at the exit."""
    pen = _Pen(np.full((PAGE_WH[1], PAGE_WH[0], 3), 255, np.uint8))
    pen.line(_("Average speed on a linear section"), TITLE_PX)
    pen.line(sheet["section"], TEXT_PX, QUIET)
    pen.rule()
    pen.y += BIG_PX // 2
    pen.line(_speed(sheet), BIG_PX)
    limit = _("Allowed: {limit} km/h. Plate: {plate}")
    pen.line(limit.format(limit=_figure(sheet["limit_kmh"]), plate=sheet["plate"]))
    pen.y += TEXT_PX
    _write_passages(pen, sheet, pictures)
    pen.rule()
    _write_measured(pen, sheet)
    pen.rule()
    _write_fine(pen, sheet["fine"])
    pen.rule()
    _write_foot(pen, event)
    return pen.page


def _speed(sheet: Mapping[str, Any]) -> str:
    words = _("{speed} ± {error} km/h")
    speed, error = (f"{sheet[name]:.1f}".replace(".", ",") for name in ("speed_kmh", "error_kmh"))
    return words.format(speed=speed, error=error)


def _write_passages(pen: _Pen, sheet: Mapping[str, Any], pictures: Sequence[Image | None]) -> None:
    """Entry and exit beside each other."""
    top, half = pen.y, (PAGE_WH[0] - 2 * MARGIN_PX) // 2
    titles = (_("Entry"), _("Exit"))
    for number, (name, title) in enumerate(zip(("entry", "exit"), titles, strict=True)):
        left, read = MARGIN_PX + number * half, sheet[name]
        write(pen.page, title, (left, top), TEXT_PX, QUIET)
        _paste(pen.page, pictures[number], (left, top + 16))
        at = datetime.fromisoformat(read["at_local"])
        lines = (
            f"{at:%d.%m.%Y %H:%M:%S}.{at:%f}"[:-3] + " UTC+5",
            _("Camera {code}").format(code=read["camera"]),
            _("Read with confidence {percent} %").format(percent=round(100 * read["confidence"])),
        )
        for index, words in enumerate(lines):
            below = top + CROP_WH[1] + 60 + index * round(TEXT_PX * 1.4)
            write(pen.page, words, (left, below), TEXT_PX, INK)
    pen.y = top + CROP_WH[1] + 60 + 3 * round(TEXT_PX * 1.4)


def _paste(page: Image, picture: Image | None, at: tuple[int, int]) -> None:
    """A picture fitted into its place; where there is none, a frame that says so."""
    width, height = CROP_WH
    if picture is None:
        cv2.rectangle(page, at, (at[0] + width, at[1] + height), LINE, 2)
        words = _("No picture was kept")
        left = at[0] + (width - width_px(words, TEXT_PX)) // 2
        write(page, words, (left, at[1] + height // 2), TEXT_PX, QUIET)
        return
    scale = min(width / picture.shape[1], height / picture.shape[0])
    size = max(1, int(picture.shape[1] * scale)), max(1, int(picture.shape[0] * scale))
    page[at[1] : at[1] + size[1], at[0] : at[0] + size[0]] = cv2.resize(
        picture, size, interpolation=cv2.INTER_CUBIC
    )


def _write_measured(pen: _Pen, sheet: Mapping[str, Any]) -> None:
    metres, seconds = _("{value} ± {error} m"), _("{value} ± {error} s")
    clocks = sheet["clocks"]
    length = metres.format(value=_figure(sheet["length_m"]), error=_figure(sheet["length_error_m"]))
    travel = seconds.format(
        value=_figure(sheet["travel_s"], 2), error=_figure(clocks["error_s"], 2)
    )
    pen.row(_("Length of the section"), length)
    pen.row(_("Time between the readings"), travel)
    offset = _("{value} s, taken out of the time").format(value=_figure(clocks["offset_s"], 2))
    pen.row(_("Difference of the clocks"), offset)
    pen.row(_("Average speed"), _speed(sheet))
    pen.row(_("How the error is meant"), _("95 % of such measurements lie within it"))
    pen.row(_("Method"), _("Length ÷ time between the two readings (СТ РК 3825-2022)"))


def _write_fine(pen: _Pen, fine: Mapping[str, Any] | None) -> None:
    if fine is None:
        pen.row(_("Fine"), _("None was in force on that day"))
        return
    day = datetime.fromisoformat(fine["day"])
    index = _("{tenge} ₸ on {day}").format(tenge=_spaced(fine["mci_tenge"]), day=f"{day:%d.%m.%Y}")
    pen.row(_("Article"), str(fine["article"]))
    pen.row(_("МРП of that day"), index)
    words = _("{count} × МРП = {tenge} ₸")
    fine_of = words.format(count=_figure(fine["mci_count"]), tenge=_spaced(fine["tenge"]))
    pen.row(_("Fine"), fine_of)
    if not fine["confirmed_by_lawyer"]:
        pen.row("", _("To be confirmed by the operator's lawyer"))


def _write_foot(pen: _Pen, event: UUID) -> None:
    pen.line(_("Qala is not a certified speed meter."), SMALL_PX, QUIET)
    pen.line(_("Event {number}").format(number=event), SMALL_PX, QUIET)


def _figure(value: float, digits: int = 1) -> str:
    """A number as Russian writes it, without noughts that say nothing."""
    whole = f"{value:.{digits}f}"
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole).replace(".", ",")


def _spaced(tenge: int) -> str:
    return f"{tenge:,}".replace(",", " ")
