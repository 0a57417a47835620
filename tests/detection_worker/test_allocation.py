"""Memory is given back now and then, and never at each look."""

from detection_worker.allocation import GIVE_BACK_EVERY_S, Trimming, keep_together


def test_free_memory_is_given_back_now_and_then() -> None:
    now_s, times = [0.0], []
    trimming = Trimming(lambda: times.append(now_s[0]), lambda: now_s[0])
    for second in range(0, 34, 2):
        now_s[0] = float(second)
        trimming.now_and_then()
    assert times == [GIVE_BACK_EVERY_S * number for number in (1, 2, 3)]


def test_it_can_be_asked_of_this_system() -> None:
    keep_together()
    now_s = iter([0.0, 100.0, 101.0, 102.0])
    trimming = Trimming(clock=lambda: next(now_s))
    trimming.now_and_then()
    trimming.now_and_then()
    assert list(now_s) == [], "given back at 100 s, noted at 101 s, and not again at 102 s"
