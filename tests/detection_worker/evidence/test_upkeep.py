"""The chores beside the finding of events: in turn, in batches, and again when they fail."""

import threading
from datetime import UTC, datetime

from data_access.errors import DatabaseUnreachable, MediaError
from detection_worker.evidence.upkeep import UPKEEP_FAILS, Upkeep

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)


class Chore:
    """Has so much to do, and fails so often before."""

    def __init__(self, batches: int, failures: int = 0, error: Exception | None = None) -> None:
        self.left, self.failures = batches, failures
        self.error = error or MediaError("The disk is full.")
        self.done = threading.Event()

    def __call__(self, now: datetime) -> int:
        assert now == NOON
        if self.failures:
            self.failures -= 1
            raise self.error
        if not self.left:
            self.done.set()
            return 0
        self.left -= 1
        return 1


def test_a_round_does_one_batch_of_each() -> None:
    one, two = Chore(2), Chore(0)
    upkeep = Upkeep((one, two), now=lambda: NOON)
    assert [upkeep.round() for _ in range(3)] == [True, True, False]
    assert one.left == 0


def test_a_chore_that_fails_is_said_and_does_not_hold_up_the_others() -> None:
    bad, good = Chore(1, failures=1), Chore(1)
    upkeep = Upkeep((bad, good), now=lambda: NOON)
    upkeep.round()
    assert (upkeep.trouble, good.left) == (UPKEEP_FAILS, 0)
    upkeep.round()
    assert (upkeep.trouble, bad.left) == ("", 0)


def test_without_a_database_it_waits_in_silence() -> None:
    away = Chore(1, failures=1, error=DatabaseUnreachable("Nobody answers."))
    upkeep = Upkeep((away,), now=lambda: NOON)
    assert not upkeep.round()
    assert upkeep.trouble == ""


def test_it_works_until_it_is_stopped() -> None:
    chore = Chore(0)
    upkeep = Upkeep((chore,), every_s=0.01, now=lambda: NOON)
    upkeep.start()
    assert chore.done.wait(10)
    upkeep.stop(within_s=10)
    chore.done.clear()
    assert not chore.done.wait(0.1)


def test_what_was_stopped_before_it_began_does_nothing_any_more() -> None:
    chore = Chore(1)
    upkeep = Upkeep((chore,), now=lambda: NOON)
    upkeep.stop(within_s=1)
    upkeep.start()
    upkeep.stop(within_s=10)
    assert (chore.left, chore.done.is_set(), upkeep.trouble) == (1, False, "")
