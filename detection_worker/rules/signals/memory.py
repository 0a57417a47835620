"""What a signal has shown lately: flicker is bridged, changes get the time of their first sight."""

from datetime import datetime, timedelta

from detection_worker.rules.scene import Signal, SignalState

DARK = timedelta(seconds=1.2)
"""How long no colour may be seen before the signal is unknown: a green that blinks before yellow
is dark for half a second, and LED lamps pulse between the frames."""

SAME_AGAIN = timedelta(seconds=3)
"""A colour that comes back within this time has been there all along: a lorry stood before it.
No signal goes from red to red faster."""

LOOKS = 2
"""How often a new colour must be seen, one after the other: a reflection lasts a frame."""

REMEMBERED = 12
"""Earlier states that are kept: a minute of tracks' paths spans no more of them."""


class LampMemory:
    """One signal over time."""

    def __init__(self) -> None:
        self._signal: Signal | None = None
        self._colour_at: datetime | None = None
        self._new: tuple[SignalState, datetime, int] | None = None

    def see(self, at: datetime, state: SignalState) -> Signal:
        """Take one look at the lamps; what the signal shows with it."""
        if self._signal is None or (self._colour_at is not None and at < self._colour_at):
            self._signal, self._colour_at, self._new = Signal(SignalState.UNKNOWN, at), None, None
        if state is SignalState.UNKNOWN:
            return self._dark(at, self._signal)
        if state is self._signal.state:
            self._colour_at, self._new = at, None
            return self._signal
        return self._other(at, state, self._signal)

    def _dark(self, at: datetime, signal: Signal) -> Signal:
        colour_at = self._colour_at
        if signal.state is SignalState.UNKNOWN or colour_at is None or at - colour_at <= DARK:
            return signal
        return self._turn(SignalState.UNKNOWN, colour_at)

    def _other(self, at: datetime, state: SignalState, signal: Signal) -> Signal:
        """A colour other than the one it showed: believed when it is seen again."""
        first_at, looks = at, 1
        if self._new is not None and self._new[0] is state:
            first_at, looks = self._new[1], self._new[2] + 1
        self._new = (state, first_at, looks)
        if looks < LOOKS:
            return self._dark(at, signal)
        self._colour_at, self._new = at, None
        return self._turn(state, first_at)

    def _turn(self, state: SignalState, since_at: datetime) -> Signal:
        assert self._signal is not None
        past = ((self._signal.state, self._signal.since_at), *self._signal.earlier)[:REMEMBERED]
        if _is_again(past, state, since_at):
            self._signal = Signal(state, past[1][1], past[2:])
        else:
            self._signal = Signal(state, since_at, past)
        return self._signal


def _is_again(
    past: tuple[tuple[SignalState, datetime], ...], state: SignalState, since_at: datetime
) -> bool:
    """Whether it shows what it showed before it was hidden for a short while."""
    if len(past) < 2 or past[0][0] is not SignalState.UNKNOWN or past[1][0] is not state:
        return False
    return since_at - past[0][1] <= SAME_AGAIN
