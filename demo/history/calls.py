"""Calls to the 102 line and presses of SOS buttons, with the incidents that they open."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Chance, Floats, Moments, Numbers, chance, pick, uuids
from demo.drawing.plane import steps
from demo.history.happenings import KINDS, NOWHERE, Happenings, ended
from demo.history.rhythm import (
    RHYTHMS,
    Rhythm,
    Year,
    hour_weights,
    moments_within,
    scattered,
)
from demo.history.trial import trial_calls
from demo.places import City
from demo.places.sites import Site
from demo.texts import chosen, document

PEOPLE_AT = ("public", "crowded", "courtyards", "complexes", "shops")
"""Where people call from, by the purpose of the site nearest to them."""

FROM_AWAY_M = 90.0


@dataclass(slots=True)
class Calls:
    """All calls as columns in the order of time; ``event`` is a row of the opened incidents or -1.

    ``talk_s`` is how long a call lasted that opened none.
    """

    ids: npt.NDArray[np.bytes_]
    called_at: Moments
    topic: Numbers
    site: Numbers
    place_m: Floats
    answered_at: Moments
    talk_s: Floats
    event: Numbers


@dataclass(slots=True)
class Presses:
    """Presses of SOS buttons; ``button`` is an index, each opened the incident of its row."""

    ids: npt.NDArray[np.bytes_]
    button: Numbers


def call_incidents(city: City, year: Year) -> tuple[Happenings, Numbers]:
    """The incidents that calls opened, and their topics; exactly as many as the profile says."""
    source = chance(city.seed, "stream", "call_102")
    at_trial, trial_site = trial_calls(city, year)
    total = _total(city, "call_102") - len(at_trial)
    elsewhere = scattered(year, max(0, total), RHYTHMS["call_102"], source)
    started = np.concatenate([at_trial, elsewhere])
    site = np.concatenate([trial_site, _sites(city, len(elsewhere), source)])
    order = np.argsort(started, kind="stable")
    topics = list(city.profile.call_topics)
    topic = pick(source, np.array(list(city.profile.call_topics.values())), len(started))
    documents = document(topic=chosen(topics, topic))
    return _people(started[order], site[order], "call_102", documents, year, source), topic


def sos_presses(city: City, year: Year, buttons: list[Site]) -> tuple[Happenings, Presses]:
    """Presses of the city's SOS buttons (given with the sites they stand at)."""
    source = chance(city.seed, "stream", "sos_press")
    started = scattered(year, _total(city, "sos_press"), RHYTHMS["sos_press"], source)
    button = source.integers(0, len(buttons), len(started))
    site = np.array([one.id - 1 for one in buttons])[button]
    codes = [f"SOS-{number}" for number in range(1, len(buttons) + 1)]
    documents = document(button=chosen(codes, button))
    happenings = _people(started, site, "sos_press", documents, year, source)
    return happenings, Presses(uuids(source, len(started)), button)


def all_calls(city: City, year: Year, opened: Happenings, topic: Numbers) -> Calls:
    """The calls that opened incidents, and those that a word settled."""
    source = chance(city.seed, "calls")
    settled = _settled(city, year, len(opened), source)
    called = np.concatenate([opened.started_at, settled])
    order = np.argsort(called, kind="stable")
    topics = pick(source, np.array(list(city.profile.call_topics.values())), len(settled))
    event = np.concatenate([np.arange(len(opened)), np.full(len(settled), NOWHERE)])
    site = np.concatenate([opened.site, _sites(city, len(settled), source)])[order]
    away = steps(source.uniform(0, 360, len(site)), source.uniform(0, FROM_AWAY_M, len(site)))
    answered = called[order] + (source.gamma(2, 4, len(site)) * 1e6).astype("timedelta64[us]")
    return Calls(
        ids=uuids(source, len(called)),
        called_at=called[order],
        topic=np.concatenate([topic, topics])[order],
        site=site,
        place_m=np.array([one.place_m for one in city.sites])[site] + away,
        answered_at=np.where(answered <= year.now, answered, np.datetime64("NaT")),
        talk_s=source.lognormal(np.log(140), 0.5, len(site)),
        event=event[order],
    )


def _settled(city: City, year: Year, opened: int, source: Chance) -> Moments:
    """So many calls a day that those which opened incidents fill up the city's number."""
    rhythm = RHYTHMS["call_102"]
    steady = Rhythm(rhythm.hours, tuple(0.5 + 0.5 * day for day in rhythm.weekdays), 0.05)
    weights = hour_weights(year, steady, source)
    wanted = city.profile.calls_a_day * len(weights) / 24 - opened
    return moments_within(year, source.poisson(weights / weights.sum() * wanted), source)


def _people(
    started: Moments,
    site: Numbers,
    kind: str,
    documents: object,
    year: Year,
    source: Chance,
) -> Happenings:
    """Events that people told of: without camera, vehicle and doubt."""
    count = len(started)
    return Happenings(
        ids=uuids(source, count),
        kind=np.full(count, KINDS.index(kind)),
        started_at=started,
        ended_at=ended(started, np.zeros(count), year),
        site=site,
        camera=np.full(count, NOWHERE),
        vehicle=np.full(count, NOWHERE),
        confidence=np.ones(count),
        over_kmh=np.full(count, np.nan),
        documents=documents,
    )


def _sites(city: City, count: int, source: Chance) -> Numbers:
    """Where people called from: no site of the before-and-after, which has calls of its own."""
    sites = np.setdiff1d(city.sites_of(*PEOPLE_AT), [city.trial.site, *city.trial.compared])
    return sites[pick(source, source.lognormal(0, 0.6, len(sites)), count)]


def _total(city: City, kind: str) -> int:
    return sum(stream.total for stream in city.profile.streams if stream.kind == kind)
