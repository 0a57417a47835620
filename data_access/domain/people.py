"""Who looks: roles, scopes and viewers."""

from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.words import N_


class Role(StrEnum):
    """What kind of work a viewer does."""

    AKIM = "akim"
    CHIEF = "chief"
    OPERATOR = "operator"
    PATROL = "patrol"
    MUNICIPAL = "municipal"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.AKIM: N_("Akim"),
    Role.CHIEF: N_("District police chief"),
    Role.OPERATOR: N_("Operator"),
    Role.PATROL: N_("Patrol"),
    Role.MUNICIPAL: N_("Municipal duty officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What the database shows in a transaction: ``districts=None`` means the whole city."""

    viewer_id: int | None
    districts: frozenset[int] | None

    @property
    def key(self) -> str:
        """A stable text for caches: two equal keys see the same rows (viewer aside)."""
        if self.districts is None:
            return "all"
        return ",".join(str(number) for number in sorted(self.districts))


SESSION_COOKIE = "qala_session"
"""The cookie that holds a session's token; the routes set it, the screens read it."""

LIVE_ROLES = frozenset({Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR})
"""Who may see live pictures: people show in them, and an akim needs no identity (FACTS.md)."""

TURN_ROLES = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})
"""Who may turn a camera: those on duty at the screens, for it stops watching where it looked."""

EVIDENCE_ROLES = LIVE_ROLES | {Role.PATROL, Role.MUNICIPAL}
"""Who may open evidence; for a municipal duty officer only that of work orders."""

WHOLE_CITY = Scope(viewer_id=None, districts=None)
"""The scope of the commands and of tests; never that of a person."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who has signed in."""

    id: int
    login: str
    name: str
    role: Role
    scope: Scope
    language: str
    theme: str
