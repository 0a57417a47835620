"""Days of evidence as they are typed: read as meant, or refused with a sentence."""

from collections.abc import Mapping, Sequence

from components.formats import number
from components.typed_numbers import typed_fault, typed_number
from data_access import retention as keeping
from data_access.domain.events import EVENT_KINDS, RESPONSE_NAMES, Response
from data_access.domain.evidence import KEPT_DAYS, Retention
from data_access.domain.words import N_, Language
from data_access.errors import DataAccessError
from data_access.language import Translate
from data_access.retention import ALL, Shortening

NAMED = 3
"""Kinds that a warning names; of the others it says how many they are."""

_EARLIER = N_("Not kept yet. These days delete evidence earlier than before: {kinds}.")
_ONE_KIND = N_("{kind} — after {after} days, not {before}")
_OTHERS = N_("and {count} more kinds")
_GOING = N_("At once the evidence of {events} events would go; it cannot be brought back.")
_NONE_GOING = N_("None of it is over these days yet: nothing would go at once.")


def titles(_: Translate) -> dict[str, str]:
    """What days can be set for, by name: all, a response, a kind."""
    return {
        ALL: _("All evidence"),
        **{str(response): _(name) for response, name in RESPONSE_NAMES.items()},
        **{kind: _(one.name) for kind, one in EVENT_KINDS.items()},
    }


def written(wanted: Retention) -> dict[str, str]:
    """The days as they stand in the fields; empty for what takes the days above it."""
    own = {ALL: wanted.days, **wanted.responses, **wanted.kinds}
    names = (ALL, *map(str, Response), *EVENT_KINDS)
    return {name: number(own[name]) if name in own else "" for name in names}


def read(
    typed: Mapping[str, str], language: Language, _: Translate
) -> tuple[Retention | None, list[str]]:
    """The days that were typed; none, with a sentence for each refused, if one cannot be."""
    given = {name: one for name, one in typed.items() if name == ALL or one.strip()}
    faults = {name: _fault(one, language, _) for name, one in given.items()}
    names = titles(_)
    said = [f"{names[name]}: {fault}" for name, fault in faults.items() if fault]
    if said:
        return None, said
    days = {name: _days(one, language) for name, one in given.items()}
    responses = {str(one): days[one] for one in Response if one in days}
    kinds = {kind: days[kind] for kind in EVENT_KINDS if kind in days}
    return Retention(days[ALL], responses, kinds), []


def _fault(typed: str, language: Language, _: Translate) -> str | None:
    if fault := typed_fault(typed, KEPT_DAYS, language, _):
        return fault
    try:
        keeping.check_days([_days(typed, language)])
    except DataAccessError as error:
        return error.in_words(_)
    return None


def _days(typed: str, language: Language) -> int:
    return int(typed_number(typed, language) or 0)


def warning(shorter: Sequence[Shortening], _: Translate) -> str:
    """What days that delete earlier than before would do, in numbers."""
    names = titles(_)
    kinds = [
        _(_ONE_KIND).format(
            kind=names[one.kind], after=number(one.after_days), before=number(one.before_days)
        )
        for one in shorter[:NAMED]
    ]
    if len(shorter) > NAMED:
        kinds.append(_(_OTHERS).format(count=len(shorter) - NAMED))
    going = sum(one.events for one in shorter)
    then = _(_GOING).format(events=number(going)) if going else _(_NONE_GOING)
    return f"{_(_EARLIER).format(kinds='; '.join(kinds))} {then}"
