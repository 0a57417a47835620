"""Which signal a rule obeys."""

from detection_worker.rules.scene import Scene, Signal


def named_signal(scene: Scene, name: str) -> Signal | None:
    """The signal of that name; without a name the only one there is, else none."""
    if name:
        return scene.signals.get(name)
    return next(iter(scene.signals.values())) if len(scene.signals) == 1 else None
