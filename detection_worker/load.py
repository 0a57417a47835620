"""How much of what the cameras ask for this computer can look at.

Where the pictures come faster than they are analysed, all cameras are analysed less often, each
in the proportion of what it asks for. None falls silent: every camera keeps its live picture,
its pre-roll and at least ``LEAST_FPS`` of analysis.
"""

MEASURED_OVER_S = 2.0
"""How long the journey's busy time is summed before something is changed."""

MOST_BUSY, LEAST_BUSY = 0.92, 0.75
"""Shares of the time: above the first, pictures wait; below the second there is room for more.
What lies between keeps the share from going up and down all the time."""

LESS, MORE = 0.8, 1.1
"""Steps of the share: down fast, since pictures are late already, up slowly."""

LEAST_SHARE = 0.01


class Load:
    """The share of the asked frames a second that is analysed, from how busy the journey is."""

    def __init__(self) -> None:
        self.share = 1.0
        self._busy_s = 0.0
        self._since_s: float | None = None

    def note(self, began_s: float, ended_s: float) -> float:
        """One step of the journey, on a clock that only goes on; the share from now on."""
        if self._since_s is None:
            self._since_s = began_s
        self._busy_s += ended_s - began_s
        passed_s = ended_s - self._since_s
        if passed_s >= MEASURED_OVER_S:
            self._weigh(self._busy_s / passed_s)
            self._busy_s, self._since_s = 0.0, ended_s
        return self.share

    def _weigh(self, busy: float) -> None:
        if busy > MOST_BUSY:
            self.share = max(LEAST_SHARE, self.share * LESS)
        elif busy < LEAST_BUSY:
            self.share = min(1.0, self.share * MORE)
