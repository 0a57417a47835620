"""The demonstration cities, by the word that names them on the command line."""

from demo.cities.almaty import ALMATY
from demo.cities.kosshy import KOSSHY
from demo.cities.oskemen import OSKEMEN
from demo.cities.shakhtinsk import SHAKHTINSK
from demo.plans import Profile

PROFILES: dict[str, Profile] = {city.id: city for city in (KOSSHY, OSKEMEN, SHAKHTINSK, ALMATY)}
