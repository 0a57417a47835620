"""Events with their responses and histories, calls, presses and plate reads, as columns."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data_access.copying import Column
from data_access.domain.events import EVENT_KINDS
from demo.chance import Moments, Numbers, chance
from demo.columns.places import positions, whole_numbers
from demo.columns.written import Written
from demo.history import History
from demo.history.course import NEVER, STATES, Course
from demo.history.happenings import KINDS, NOWHERE
from demo.history.spoken import spoken
from demo.places import City
from demo.texts import Texts, chosen, only_where

Table = tuple[str, dict[str, Column]]

_RESPONSES = [str(EVENT_KINDS[kind].response) for kind in KINDS]


def event_tables(city: City, history: History, written: Written) -> Iterator[Table]:
    """All that happened."""
    yield "events", _events(city, history)
    yield "violations", _violations(city, history, written)
    yield "incidents", _incidents(city, history, written)
    yield "work_orders", _work_orders(city, history)
    for part in (history.violations, history.incidents, history.work_orders):
        yield "event_states", _states(city, history, written, part.rows, part.course)
    yield "sos_presses", _presses(city, history, written)
    yield "calls", _calls(city, history)
    yield "plate_reads", _reads(city, history)


def _events(city: City, history: History) -> dict[str, Column]:
    found = history.happenings
    written_after = chance(city.seed, "written").uniform(0.6, 3.0, len(found)) * 1e6
    return {
        "id": found.ids,
        "started_at": found.started_at,
        "ended_at": found.ended_at,
        "camera_id": whole_numbers(found.camera),
        "site_id": found.site + 1,
        "district_id": city.districts_of(found.site),
        "kind": chosen(KINDS, found.kind),
        "response": chosen(_RESPONSES, found.kind),
        "state": chosen(STATES, _final_states(history)),
        "confidence": found.confidence,
        "plate": _plates(history, found.vehicle),
        "facts": found.documents,
        "written_at": np.minimum(
            found.started_at + written_after.astype("timedelta64[us]"), history.year.now
        ),
    }


def _final_states(history: History) -> Numbers:
    states = np.zeros(len(history.happenings), np.int64)
    for part in (history.violations, history.incidents, history.work_orders):
        states[part.rows] = part.course.state
    return states


def _plates(history: History, vehicle: Numbers) -> Texts:
    plates = pa.array(history.vehicles.plates.tolist()).take(pa.array(np.maximum(vehicle, 0)))
    return only_where(vehicle != NOWHERE, plates)


def _of_events(city: City, history: History, rows: Numbers) -> dict[str, Column]:
    """The reference to the event, and its district."""
    found = history.happenings
    return {
        "event_id": found.ids[rows],
        "event_started_at": found.started_at[rows],
        "district_id": city.districts_of(found.site[rows]),
    }


def _people(staff: npt.NDArray[Any], rows: Numbers) -> Column:
    """Numbers of viewers from rows of the staff, nothing where nobody did it."""
    return np.where(rows < 0, np.nan, staff[np.maximum(rows, 0)])


def _violations(city: City, history: History, written: Written) -> dict[str, Column]:
    part = history.violations
    reviewed = ~np.isnat(part.reviewed_at)
    articles = chosen(part.articles, np.maximum(part.article, 0))
    return {
        **_of_events(city, history, part.rows),
        "article": only_where(part.article >= 0, articles),
        "plate": _plates(history, history.happenings.vehicle[part.rows]),
        "mci_count": part.mci_count,
        "mci_tenge": part.mci_tenge,
        "fine_tenge": part.fine_tenge,
        "reviewed_at": part.reviewed_at,
        "reviewer_id": _people(written.staff, np.where(reviewed, part.reviewer, -1)),
        "issued_at": part.issued_at,
        "paid_at": part.paid_at,
        "paid_tenge": part.paid_tenge,
        "contested_at": part.contested_at,
        "cancelled_at": part.cancelled_at,
    }


def _incidents(city: City, history: History, written: Written) -> dict[str, Column]:
    part = history.incidents
    return {
        **_of_events(city, history, part.rows),
        "unit_id": whole_numbers(part.unit),
        "acknowledged_at": part.acknowledged_at,
        "acknowledged_by": _people(written.staff, part.acknowledged_by),
        "dispatched_at": part.dispatched_at,
        "on_scene_at": part.on_scene_at,
        "resolved_at": part.resolved_at,
        "closed_at": part.closed_at,
    }


def _work_orders(city: City, history: History) -> dict[str, Column]:
    part = history.work_orders
    return {
        **_of_events(city, history, part.rows),
        "unit_id": whole_numbers(part.unit),
        "deadline_at": part.deadline_at,
        "assigned_at": part.assigned_at,
        "done_at": part.done_at,
        "verified_at": part.verified_at,
    }


def _states(
    city: City, history: History, written: Written, rows: Numbers, course: Course
) -> dict[str, Column]:
    """The history of states, event by event and each in the order of time."""
    steps = course.steps
    own = np.concatenate([step.rows for step in steps])
    at = np.concatenate([step.at for step in steps])
    state = np.repeat([step.state for step in steps], [len(step.rows) for step in steps])
    viewer = np.concatenate([step.viewer for step in steps])
    reason = pa.concat_arrays([step.reason for step in steps])
    order = np.lexsort([at, own])
    return {
        **_of_events(city, history, rows[own[order]]),
        "at": at[order],
        "state": chosen(STATES, state[order]),
        "viewer_id": _people(written.staff, viewer[order]),
        "reason": reason.take(pa.array(order)),
    }


def _presses(city: City, history: History, written: Written) -> dict[str, Column]:
    pressed, presses = history.pressed, history.presses
    return {
        "id": presses.ids,
        "button_id": presses.button + 1,
        "district_id": city.districts_of(pressed.site),
        "pressed_at": pressed.started_at,
        "event_id": pressed.ids,
    }


def _calls(city: City, history: History) -> dict[str, Column]:
    calls = history.calls
    topics = list(city.profile.call_topics)
    opens = calls.event != NOWHERE
    event = (
        pa.array(history.opened.ids).cast(pa.string()).take(pa.array(np.maximum(calls.event, 0)))
    )
    return {
        "id": calls.ids,
        "district_id": city.districts_of(calls.site),
        "called_at": calls.called_at,
        "kind": chosen(topics, calls.topic),
        "text": spoken(city, topics, calls.topic),
        **positions(city, calls.place_m),
        "unit_id": _sent(history),
        "answered_at": calls.answered_at,
        "closed_at": _call_ends(history),
        "event_id": only_where(opens, event),
    }


def _incident_rows(history: History) -> Numbers:
    """For each call the row of its incident among the incidents, or -1.

    Both the opened incidents and the incidents are in the order of time.
    """
    calls, part = history.calls, history.incidents
    own = np.flatnonzero(history.happenings.kind[part.rows] == KINDS.index("call_102"))
    return np.where(calls.event == NOWHERE, NOWHERE, own[np.maximum(calls.event, 0)])


def _sent(history: History) -> Column:
    rows = _incident_rows(history)
    units = np.where(rows < 0, NOWHERE, history.incidents.unit[np.maximum(rows, 0)])
    return whole_numbers(units)


def _call_ends(history: History) -> Moments:
    """A call that opened an incident is closed with it; others when the talk was over."""
    calls, rows = history.calls, _incident_rows(history)
    talked = calls.answered_at + (calls.talk_s * 1e6).astype("timedelta64[us]")
    ends = np.where(rows < 0, talked, history.incidents.closed_at[np.maximum(rows, 0)])
    return np.where(ends <= history.year.now, ends, NEVER)


def _reads(city: City, history: History) -> dict[str, Column]:
    reads, vehicles = history.reads, history.vehicles
    regions = vehicles.regions[reads.vehicle]
    return {
        "id": reads.ids,
        "read_at": reads.read_at,
        "camera_id": reads.camera + 1,
        "district_id": city.districts_of(city.cameras.site[reads.camera]),
        "plate": _plates(history, reads.vehicle),
        "region": only_where(regions != "", pa.array(regions.tolist(), pa.string())),
        "confidence": reads.confidence,
    }
