"""Which violations someone looks at, as it stands in the address of the screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from data_access.domain.events import EVENT_KINDS, TRANSITIONS, Response
from data_access.domain.periods import Period
from data_access.domain.words import N_
from data_access.event_pages import Cursor, EventSelection, Order
from data_access.place_names import PlacesFound

PERIOD_NAMES: dict[str, str] = {
    "1": N_("Today"),
    "7": N_("7 days"),
    "30": N_("30 days"),
    "own": N_("Own dates"),
}
SIZES = (25, 50, 100)
LONGEST_DAYS = 731
STATES = tuple(TRANSITIONS[Response.VIOLATION])
KINDS = tuple(kind.id for kind in EVENT_KINDS.values() if kind.response is Response.VIOLATION)

NOWHERE = PlacesFound((), (0,))
"""Words that name no place match nothing: there is no camera 0."""


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event as an address names it: the start says which month to look in."""

    id: UUID
    started_at: datetime

    def __str__(self) -> str:
        """``<id>~<start>``."""
        return f"{self.id}~{self.started_at.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> "EventMark | None":
        """The mark of an address, or None where ``text`` is not one."""
        number, _tilde, start = text.partition("~")
        try:
            mark = cls(UUID(number), datetime.fromisoformat(start))
        except ValueError:
            return None
        return mark if mark.started_at.tzinfo is not None else None


@dataclass(frozen=True, slots=True)
class ViolationFilters:
    """Which violations, in which order, how many on a page, which page.

    A plate is not among them: it never stands in an address, and each viewer gives their own
    reason before one is searched.
    """

    days: str = "7"
    first: date | None = None
    last: date | None = None
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    district_ids: tuple[int, ...] = ()
    place: str = ""
    camera_id: int | None = None
    sure_percent: int = 0
    order: Order = Order.NEWEST
    size: int = SIZES[0]
    cursor: Cursor | None = None

    def period(self, today: date) -> Period:
        """The local days that are shown, today among them."""
        if self.days == "own" and self.first and self.last:
            first, last = min(self.first, self.last), max(self.first, self.last)
            return Period(max(first, last - timedelta(days=LONGEST_DAYS)), last)
        days = int(self.days) if self.days.isdecimal() else 7
        return Period(today - timedelta(days=days - 1), today)

    def selection(self, today: date, places: PlacesFound | None, plate: str) -> EventSelection:
        """The same as the database takes it; ``places`` are those that ``place`` names."""
        period = self.period(today)
        found = places if places is None or not places.empty else NOWHERE
        return EventSelection(
            from_at=period.from_at,
            until_at=period.until_at,
            response=Response.VIOLATION,
            kinds=self.kinds,
            states=self.states,
            district_ids=self.district_ids,
            site_ids=found.site_ids if found else (),
            camera_ids=found.camera_ids if found else _one(self.camera_id),
            plate=plate,
            confidence_from=self.sure_percent / 100,
        )

    def narrowed_like(self, other: "ViolationFilters") -> bool:
        """Whether both show the same rows in the same order, on whatever page."""
        return replace(self, cursor=None) == replace(other, cursor=None)


def _one(number: int | None) -> tuple[int, ...]:
    return () if number is None else (number,)


Params = Mapping[str, Sequence[str]]
"""An address: each word with all its values."""


def _first(params: Params, word: str) -> str:
    return (params.get(word) or ("",))[0]


def _known(values: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    chosen = set(values)
    return tuple(value for value in known if value in chosen)


def _numbers(values: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({int(value) for value in values if value.isdecimal()}))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filters_of(params: Params) -> ViolationFilters:
    """The filters of an address; what cannot be read there falls back to what is usual."""
    first, last = _date(_first(params, "from")), _date(_first(params, "to"))
    days = _first(params, "days")
    if days not in PERIOD_NAMES or (days == "own" and (first is None or last is None)):
        days, first, last = "7", None, None
    order, size, sure = (_first(params, word) for word in ("order", "size", "sure"))
    camera = _numbers(params.get("camera", ()))
    return ViolationFilters(
        days=days,
        first=first if days == "own" else None,
        last=last if days == "own" else None,
        states=_known(params.get("state", ()), STATES),
        kinds=_known(params.get("kind", ()), KINDS),
        district_ids=_numbers(params.get("district", ())),
        place=_first(params, "place")[:100],
        camera_id=camera[0] if camera else None,
        sure_percent=min(100, int(sure)) if sure.isdecimal() else 0,
        order=Order(order) if order in list(Order) else Order.NEWEST,
        size=int(size) if size in map(str, SIZES) else SIZES[0],
        cursor=Cursor.parse(_first(params, "page")),
    )


def params_of(filters: ViolationFilters, chosen: EventMark | None = None) -> dict[str, list[str]]:
    """The address of filters and of the event beside the table; what is usual is left out."""
    usual = ViolationFilters()
    single = {
        "days": filters.days if filters.days != usual.days else "",
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
        "place": filters.place,
        "camera": "" if filters.camera_id is None else str(filters.camera_id),
        "sure": str(filters.sure_percent) if filters.sure_percent else "",
        "order": filters.order if filters.order is not usual.order else "",
        "size": str(filters.size) if filters.size != usual.size else "",
        "page": str(filters.cursor) if filters.cursor else "",
        "event": str(chosen) if chosen else "",
    }
    many = {
        "state": list(filters.states),
        "kind": list(filters.kinds),
        "district": [str(number) for number in filters.district_ids],
    }
    found = {word: [str(value)] for word, value in single.items() if value} | many
    return {word: values for word, values in found.items() if values}
