"""What the database has numbered by itself, and who does what in the city."""

from collections.abc import Mapping
from dataclasses import dataclass

from demo.chance import Numbers
from demo.places.live import LiveCamera
from demo.places.sites import Site


@dataclass(frozen=True, slots=True)
class Written:
    """``programmes`` by code and ``staff`` by row as numbers of the database.

    ``buttons`` are the sites of SOS buttons, ``live`` the cameras with a rendered scene.
    """

    programmes: Mapping[str, int]
    staff: Numbers
    buttons: list[Site]
    live: list[LiveCamera]
