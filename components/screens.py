"""The table of screens: a new screen is one file in pages/ and one line here."""

from dataclasses import dataclass

from data_access.domain.people import Role
from data_access.domain.words import N_

EVERYONE = frozenset(Role)
WATCHING = frozenset({Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR})
ADMINISTERING = frozenset({Role.ADMINISTRATOR})
JUDGING = frozenset({Role.AKIM, Role.CHIEF, Role.MUNICIPAL, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its file in pages/, its name, a Material icon, and who may open it."""

    file: str
    title: str
    icon: str
    roles: frozenset[Role]


PAGES: dict[str, Screen] = {
    "situation": Screen("situation.py", N_("Situation"), ":material/map:", EVERYONE),
    "live_wall": Screen("live_wall.py", N_("Live wall"), ":material/grid_view:", WATCHING),
    "camera": Screen("camera.py", N_("Camera"), ":material/videocam:", WATCHING),
    "violations": Screen("violations.py", N_("Violations"), ":material/gavel:", WATCHING),
    "watch_list": Screen("watch_list.py", N_("Wanted vehicles"), ":material/policy:", WATCHING),
    "trends": Screen("trends.py", N_("Trends"), ":material/trending_up:", JUDGING),
    "health": Screen("health.py", N_("Health"), ":material/monitor_heart:", WATCHING),
    "zones": Screen("zones.py", N_("Zones"), ":material/polyline:", ADMINISTERING),
    "settings": Screen("settings.py", N_("Settings"), ":material/settings:", ADMINISTERING),
}
"""By page id, which is also the page's address; the first one is where a viewer arrives."""
