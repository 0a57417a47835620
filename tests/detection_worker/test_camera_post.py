"""What the journey remembers of one camera: the watchers that its rules need."""

from dataclasses import replace

from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.camera_post import CameraPost
from detection_worker.frames import Frame
from detection_worker.rules.intrusion import Params
from detection_worker.rules.rule import WHOLE_PICTURE, Rule
from detection_worker.rules.scene import Scene, Still
from tests.detection_worker.items import NOON
from tests.detection_worker.journeys import a_camera, a_frame

BAG = Still(1, (10, 10, 20, 20), NOON, 0.9)
WATCHED = Zone(1, "square", "left_bag", ZoneShape.POLYGON, WHOLE_PICTURE)
RULES = {"left_bag": Rule("left_bag", ZoneShape.POLYGON, Params, lambda *_: (), ("stills",))}


class BagWatcher:
    """Sees a bag in every frame, and remembers whose camera it follows."""

    def __init__(self) -> None:
        self.followed: list[WatchedCamera] = []

    def follow(self, camera: WatchedCamera) -> None:
        self.followed.append(camera)

    def add(self, frame: Frame, scene: Scene) -> Scene:
        return replace(scene, stills=(BAG,))


def post_of(camera: WatchedCamera, made: list[BagWatcher]) -> CameraPost:
    def make() -> BagWatcher:
        made.append(BagWatcher())
        return made[-1]

    return CameraPost(camera, RULES, {"stills": make})


def test_a_rule_gets_the_watcher_that_it_needs() -> None:
    made: list[BagWatcher] = []
    post = post_of(a_camera(1, WATCHED), made)
    assert post.scene(a_frame(0, None)).stills == (BAG,)
    assert len(made) == 1


def test_a_watcher_remembers_through_a_change_of_zones_and_goes_with_its_last_rule() -> None:
    made: list[BagWatcher] = []
    post = post_of(a_camera(1, WATCHED), made)
    moved = replace(WATCHED, name="station")
    post.arm(a_camera(1, moved), RULES)
    assert [camera.zones for camera in made[0].followed] == [(WATCHED,), (moved,)]
    post.arm(a_camera(1), RULES)
    assert post.scene(a_frame(1, None)).stills == ()


def test_a_camera_without_such_rules_has_no_watcher() -> None:
    made: list[BagWatcher] = []
    assert post_of(a_camera(1), made).scene(a_frame(0, None)).stills == ()
    assert made == []
