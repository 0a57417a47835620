"""The six cameras that are alive from the first minute, and where SOS buttons stand."""

from dataclasses import dataclass

import numpy as np

from demo.places import City
from demo.places.sites import Site


@dataclass(frozen=True, slots=True)
class LiveCamera:
    """A camera (its index) with the scene that it shows."""

    scene: str
    camera: int


SCENE_AT: dict[str, str] = {
    "crossroad": "crossroads",
    "linear_section": "sections",
    "courtyard": "courtyards",
    "school_gate": "schools",
    "square": "crowded",
    "roof": "tops",
}
"""Which scene is seen at the sites of which purpose: the one nearest to the city's middle."""


def live_cameras(city: City) -> list[LiveCamera]:
    """One camera a scene: the first one of the first site that fits."""
    return [
        LiveCamera(scene, int(city.cameras_of(purpose)[0])) for scene, purpose in SCENE_AT.items()
    ]


def sos_sites(city: City) -> list[Site]:
    """Where the city's SOS buttons stand: crowded places, far from each other in the list."""
    sites = np.setdiff1d(city.sites_of("crowded"), [city.trial.site, *city.trial.compared])
    chosen = np.linspace(0, len(sites) - 1, city.profile.sos_buttons).astype(int)
    return [city.sites[index] for index in sites[chosen]]
