"""How often the rules are right: rendered scenes with their truth, plain and under hardship.

The films of ``benchmarks.rule_films`` go through the whole journey: tracker, watchers, rules,
event desk. What the detector finds is the truth's boxes with a detector's errors (trembling
sides, misses, false boxes, nothing of what is hidden), so this measures the rules and not a
model; signals are read from the drawn pictures. An event is right if one of its tracks is the
mover that it is about; a second event of the same matter counts as wrong. Crossings of the
counting line are compared by their numbers. Hardships: ``occlusion`` hides everyone for a second
now and then, ``shake`` moves the picture, ``rain`` lets the detector miss more and tremble more
and lays streaks over the picture, ``fps5`` leaves every second frame out; ``all`` has the four.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.rule_films import films
from benchmarks.rule_playing import HARDSHIPS, Hardship, Played, play
from benchmarks.rule_stage import Film
from data_access.settings import Settings

WANTED = 0.95


@dataclass
class Score:
    """Rights and wrongs of one rule."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    examples: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Precision and recall; None where there was nothing to be right about."""
        found, wanted = self.right + self.wrong, self.right + self.missed
        return {
            "precision": round(self.right / found, 3) if found else None,
            "recall": round(self.right / wanted, 3) if wanted else None,
            "expected": wanted,
            "found": found,
        } | ({"examples": self.examples[:6]} if self.examples else {})


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The figures by rule: plain, the hard set together, and each hardship by itself."""
    parser = argparse.ArgumentParser(prog="./qala bench rules")
    parser.add_argument("--seeds", type=int, default=3, help="films of each kind")
    parser.add_argument(
        "--first", type=int, default=11, help="first seed; rules were tuned on seeds 1 to 3"
    )
    parser.add_argument("--film", help="only films of this name")
    parser.add_argument(
        "--hardship", action="append", choices=HARDSHIPS, help="only this one, repeatable"
    )
    given = parser.parse_args(arguments)
    wanted = dict.fromkeys(["plain", *(given.hardship or HARDSHIPS)])
    scores: dict[str, defaultdict[str, Score]] = {name: defaultdict(Score) for name in wanted}
    for seed in range(given.first, given.first + given.seeds):
        for film in films(seed):
            if given.film in (None, film.name):
                _judge_all(film, seed, scores)
    return _figures(scores, range(given.first, given.first + given.seeds))


def _judge_all(film: Film, seed: int, scores: dict[str, defaultdict[str, Score]]) -> None:
    for name, judged in scores.items():
        played = play(film, HARDSHIPS[name], seed)
        judge(film, played, judged, f"{film.name} {seed}")


def judge(film: Film, played: Played, scores: defaultdict[str, Score], where: str) -> None:
    """Add up one film: each expected thing is found once, and nothing else is."""
    open_ = list(film.expected)
    for event in played.events:
        movers = {played.mover_of(number) for number in event.track_ids}
        match = next((e for e in open_ if e.kind == event.kind and e.movers & movers), None)
        score = scores[event.kind]
        if match is not None:
            open_.remove(match)
            score.right += 1
        else:
            score.wrong += 1
            score.examples.append(
                f"{where}: wrong at {played.second(event):.1f} s {sorted(movers)}"
            )
    for expected in open_:
        scores[expected.kind].missed += 1
        scores[expected.kind].examples.append(f"{where}: missed {sorted(expected.movers)[:3]}")
    _judge_counts(played, scores["line_count"])


def _judge_counts(played: Played, score: Score) -> None:
    true, found = Counter(played.true_crossings), Counter(played.crossings)
    right = sum((true & found).values())
    score.right += right
    score.wrong += found.total() - right
    score.missed += true.total() - right


def _figures(scores: dict[str, defaultdict[str, Score]], seeds: range) -> dict[str, Any]:
    rules = sorted({rule for judged in scores.values() for rule in judged})
    rows = {rule: _row(rule, scores) for rule in rules}
    plain = [row["plain"] for row in rows.values()]
    return {
        "seeds": list(seeds),
        "detector": "the truth's boxes with a detector's errors; signals from drawn pictures",
        "wanted": WANTED,
        "rules": rows,
        "reached": all(
            figure[key] is None or figure[key] >= WANTED
            for figure in plain
            for key in ("precision", "recall")
        ),
    }


def _row(rule: str, scores: dict[str, defaultdict[str, Score]]) -> dict[str, Any]:
    hard = {name: judged[rule] for name, judged in scores.items() if name != "plain"}
    row = {"plain": scores["plain"][rule].figures()}
    if hard:
        each = {name: _short(score) for name, score in hard.items()}
        row |= {"hard": _sum(hard.values()).figures(), "hard_each": each}
    return row


def _sum(scores: Iterable[Score]) -> Score:
    found = Score()
    for score in scores:
        found.right += score.right
        found.wrong += score.wrong
        found.missed += score.missed
    return found


def _short(score: Score) -> list[float | None]:
    """Precision and recall."""
    figures = score.figures()
    return [figures["precision"], figures["recall"]]


__all__ = ["Hardship", "measure"]
