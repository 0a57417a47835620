"""The films of ``bench rules`` have offenders in view and zones that can be armed."""

from benchmarks.rule_films import films
from detection_worker.rules import RULES
from detection_worker.rules.evaluation import arm


def test_every_film_s_zones_can_be_armed_and_someone_is_expected_to_be_found() -> None:
    for film in films(1):
        assert arm(film.zones, RULES).off == {}, film.name
    kinds = {expected.kind for film in films(1) for expected in film.expected}
    watched = {zone.rule for film in films(1) for zone in film.zones}
    assert watched - kinds == {"signal_lamp", "line_count"}


def test_a_film_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    def begins(seed: int) -> list[float]:
        return [mover.trip.begins_s for film in films(seed) for mover in film.scene.players(1)]

    assert begins(1) == begins(1) != begins(2)
