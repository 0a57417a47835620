"""Kosshy: 1,000 new cameras and 500 that were there, two programmes on one platform."""

from data_access.domain.places import CameraKind, Capability, SiteKind
from data_access.domain.words import Names
from demo.plans import (
    USUAL_TOPICS,
    CameraGroup,
    DistrictPlan,
    Ground,
    Profile,
    River,
    Stream,
    UnitPlan,
)

SPEED = (Capability.INFRARED, Capability.PLATES, Capability.SPEED)
NIGHT = (Capability.INFRARED,)
TURNING = (Capability.INFRARED, Capability.TURNING)

_GROUND = Ground(
    latitude=50.9430,
    longitude=71.3560,
    radius_m=2900,
    east_stretch=1.22,
    turn_deg=14,
    block_m=215,
    main_every=5,
    rivers=(River(((-1.3, -0.62), (-0.6, -0.78), (-0.1, -0.58), (0.45, -0.72), (1.4, -0.5)), 70),),
    districts=(
        DistrictPlan("center", Names("Центральный", "Орталық", "Central"), 50.9405, 71.3560),
        DistrictPlan(
            "polyana", Names("Лесная Поляна", "Лесная Поляна", "Lesnaya Polyana"), 50.9520, 71.3300
        ),
        DistrictPlan("north", Names("Северный", "Солтүстік", "Northern"), 50.9600, 71.3760),
        DistrictPlan("yesil", Names("Приишимский", "Есіл бойы", "Yesil Side"), 50.9260, 71.3660),
    ),
)

_GROUPS = (
    CameraGroup("crossroads", SiteKind.CROSSROAD, 36, 216, capabilities=SPEED),
    CameraGroup("sections", SiteKind.LINEAR_SECTION, 24, 72, capabilities=SPEED),
    CameraGroup(
        "courtyards", SiteKind.COURTYARD, 110, 440, integrated=180, capabilities=NIGHT,
        cleanliness=True,
    ),
    CameraGroup("schools", SiteKind.SCHOOL, 8, 96, integrated=60, capabilities=NIGHT),
    CameraGroup("kindergartens", SiteKind.KINDERGARTEN, 14, 84, integrated=60, capabilities=NIGHT),
    CameraGroup(
        "crowded", SiteKind.PUBLIC_PLACE, 20, 80, CameraKind.TURNING, capabilities=TURNING,
        cleanliness=True,
    ),
    CameraGroup(
        "public", SiteKind.PUBLIC_PLACE, 70, 490, integrated=200, capabilities=NIGHT,
        cleanliness=True,
    ),
    CameraGroup(
        "tops", SiteKind.BUILDING_TOP, 7, 14, CameraKind.OVERVIEW, capabilities=NIGHT,
        cleanliness=True,
    ),
    CameraGroup("drones", SiteKind.DRONE_PAD, 2, 8, CameraKind.DRONE, cleanliness=True),
)  # fmt: skip

_ROADS = ("crossroads", "sections")
_PLACES = ("public", "crowded")

_STREAMS = (
    Stream("spot_speed", 17_600, _ROADS),
    Stream("section_speed", 9_700, ("sections",)),
    Stream("no_stopping", 11_600, ("crossroads", "public", "courtyards")),
    Stream("red_light", 5_600, ("crossroads",)),
    Stream("stop_line", 3_300, ("crossroads",)),
    Stream("crosswalk_yield", 3_700, ("crossroads",)),
    Stream("jaywalking", 2_200, _ROADS),
    Stream("solid_line", 1_900, _ROADS),
    Stream("bus_lane", 1_100, ("sections",)),
    Stream("oncoming_lane", 620, _ROADS),
    Stream("wrong_way", 480, _ROADS),
    Stream("littering", 1_500, ("public", "crowded", "courtyards", "drones")),
    Stream("crowd", 560, _PLACES),
    Stream("loitering", 900, ("courtyards", "kindergartens", "public")),
    Stream("intrusion", 380, ("schools", "kindergartens")),
    Stream("congestion", 830, _ROADS),
    Stream("collision", 250, _ROADS),
    Stream("abandoned_object", 210, _PLACES),
    Stream("watch_listed_plate", 170, _ROADS),
    Stream("object_present", 44, ("public", "schools")),
    Stream("illegal_dump", 520, ("courtyards", "public", "tops", "drones")),
    Stream("overflowing_container", 900, ("courtyards",)),
    Stream("road_defect", 330, ("crossroads", "sections", "drones")),
    Stream("sos_press", 46, ()),
    Stream("call_102", 4_300, ()),
)

KOSSHY = Profile(
    id="kosshy",
    names=Names("Косшы", "Қосшы", "Kosshy"),
    code="KSH",
    zoom=12.6,
    ground=_GROUND,
    groups=_GROUPS,
    streams=_STREAMS,
    units=UnitPlan(patrols=14, municipal=6, drones=8),
    sos_buttons=2,
    calls_a_day=38,
    call_topics=USUAL_TOPICS,
    plate_regions={"03": 0.55, "01": 0.31, "15": 0.04, "09": 0.04, "14": 0.03, "02": 0.03},
    vehicles=24_000,
    counting_cameras=18,
    plan={"drone_tasks": ["traffic", "public_order", "sanitation", "infrastructure", "dumps"]},
)
