"""The demonstration cities have the numbers that are known of the real ones."""

import re
from collections import Counter

import numpy as np
import pytest

from data_access.domain.places import CameraKind, Capability, SiteKind
from demo.columns.places import CLEANLINESS, ORDER, place_tables
from demo.columns.written import Written
from demo.drawing.polygons import contains
from demo.places import City
from demo.places.live import SCENE_AT, live_cameras, sos_sites
from demo.profiles import PROFILES
from tests.demo.built import NOW, city

CITIES = list(PROFILES)


def cameras_of(built: City, *purposes: str) -> int:
    groups = [n for n, group in enumerate(built.profile.groups) if group.purpose in purposes]
    return int(np.isin(built.cameras.group, groups).sum())


def sites_of(built: City, kind: SiteKind, planned: bool = False) -> int:
    return sum(site.kind is kind and site.planned == planned for site in built.sites)


def with_capability(built: City, capability: Capability) -> np.ndarray:
    groups = [n for n, group in enumerate(built.profile.groups) if capability in group.capabilities]
    return np.isin(built.cameras.group, groups)


def written(built: City) -> Written:
    return Written(
        programmes={ORDER: 1, CLEANLINESS: 2},
        staff=np.arange(9),
        buttons=sos_sites(built),
        live=live_cameras(built),
    )


# Kosshy


def test_kosshy_has_1000_new_cameras_and_500_integrated_ones() -> None:
    built = city("kosshy")

    assert len(built.cameras) == 1500
    assert int(built.cameras.integrated.sum()) == 500


def test_kosshy_has_two_sos_buttons_overview_cameras_and_drones() -> None:
    built = city("kosshy")
    kinds = Counter(built.profile.groups[group].kind for group in built.cameras.group)

    assert len(sos_sites(built)) == 2
    assert kinds[CameraKind.OVERVIEW] >= 5
    assert kinds[CameraKind.DRONE] >= 4
    assert built.profile.units.drones >= 4
    assert set(built.profile.plan["drone_tasks"]) == {
        "traffic", "public_order", "sanitation", "infrastructure", "dumps",
    }  # fmt: skip


def test_kosshy_serves_both_programmes_with_one_set_of_cameras() -> None:
    built = city("kosshy")
    columns = dict(place_tables(built, written(built)))["camera_programmes"]
    counts = Counter(np.asarray(columns["programme_id"]).tolist())

    assert counts[1] == 1500
    assert 500 < counts[2] < 1500


# Oskemen


def test_oskemen_is_being_put_up() -> None:
    built = city("oskemen")

    assert sites_of(built, SiteKind.CROSSROAD) == 59
    assert sites_of(built, SiteKind.CROSSROAD, planned=True) == 74 - 59
    assert sites_of(built, SiteKind.LINEAR_SECTION) == 66
    assert sites_of(built, SiteKind.LINEAR_SECTION, planned=True) == 85 - 66


def test_oskemen_has_1200_cameras_in_courtyards_of_which_nine_in_ten_work() -> None:
    built = city("oskemen")
    group = next(n for n, one in enumerate(built.profile.groups) if one.purpose == "courtyards")
    own = built.cameras.group == group

    assert int(own.sum()) == 1200
    assert int((own & ~np.isnat(built.cameras.installed_on)).sum()) == 1080
    assert built.profile.groups[group].kind is CameraKind.FIXED


def test_oskemen_has_500_turning_cameras_in_crowded_places_and_all_see_at_night() -> None:
    built = city("oskemen")
    turning = [
        n for n, group in enumerate(built.profile.groups) if group.kind is CameraKind.TURNING
    ]

    assert int(np.isin(built.cameras.group, turning).sum()) == 500
    assert with_capability(built, Capability.INFRARED).all()
    assert built.profile.plan["first_stage_cameras"] == 1200 + 500
    assert built.profile.plan["cameras_planned"] == 4000


def test_oskemen_has_100_tablets_and_semey_is_next() -> None:
    profile = PROFILES["oskemen"]

    assert profile.units.patrols == profile.plan["tablets"] == 100
    assert profile.plan["next_town"]["ru"] == "Семей"


# Shakhtinsk


def test_shakhtinsk_has_311_cameras_besides_those_of_its_schools_and_kindergartens() -> None:
    built = city("shakhtinsk")

    assert len(built.cameras) - cameras_of(built, "schools", "kindergartens") == 311
    assert sites_of(built, SiteKind.SCHOOL) == 12
    assert sites_of(built, SiteKind.KINDERGARTEN) == 13
    assert sites_of(built, SiteKind.PUBLIC_PLACE, planned=True) > 0


# Almaty


def test_almaty_has_120000_cameras_and_the_known_numbers_among_them() -> None:
    built = city("almaty")

    assert len(built.cameras) == 120_000
    assert (sites_of(built, SiteKind.SCHOOL), cameras_of(built, "schools")) == (176, 1464)
    assert cameras_of(built, "colleges") == 700
    assert cameras_of(built, "public") == 447
    assert cameras_of(built, "plate_crossroads") == 400
    assert len(built.sites_of("plate_crossroads")) == 107
    assert len(built.sites_of("crossroads", "sections")) == 105
    assert (len(built.sites_of("courtyards")), len(built.sites_of("complexes"))) == (1000, 70)


def test_almaty_speed_is_measured_at_the_105_places_alone() -> None:
    built = city("almaty")
    places = np.unique(built.cameras.site[with_capability(built, Capability.SPEED)])

    assert len(places) == 105


def test_almaty_has_intercoms_at_80_percent_of_entrances() -> None:
    built = city("almaty")
    plan = built.profile.plan

    assert int(built.cameras.intercom.sum()) == plan["entrances_with_intercom"]
    assert plan["entrances_with_intercom"] / plan["entrances"] == 0.8


def test_almaty_has_its_eight_districts_and_its_command_centre() -> None:
    profile = PROFILES["almaty"]

    assert {plan.names.ru for plan in profile.ground.districts} == {
        "Алмалинский", "Ауэзовский", "Бостандыкский", "Жетысуский", "Медеуский",
        "Наурызбайский", "Турксибский", "Алатауский",
    }  # fmt: skip
    assert profile.plan["monitors"] == 156
    assert profile.plan["shifts"] == 4
    assert profile.plan["posts_open"] == ["08:00", "20:00"]
    assert profile.calls_a_day / profile.plan["operators_102"] > 150


# All


@pytest.mark.parametrize("profile", CITIES)
def test_sites_lie_in_their_districts_and_no_district_is_empty(profile: str) -> None:
    built = city(profile)
    for number, polygon in enumerate(built.drawing.districts, 1):
        own = [site.place_m for site in built.sites if site.district == number]
        assert len(own) >= 5
        assert contains(polygon, np.array(own)).mean() > 0.98


@pytest.mark.parametrize("profile", CITIES)
def test_sites_have_different_names_in_three_languages(profile: str) -> None:
    names = [site.names for site in city(profile).sites]

    assert len({one.ru for one in names}) == len(names)
    assert len({one.kk for one in names}) == len(names)
    assert all(one.en.replace("—", "-").replace("é", "e").isascii() for one in names)
    assert not any(re.search("[әғқңөұүһі]", one.ru.lower()) for one in names)


@pytest.mark.parametrize("profile", CITIES)
def test_every_working_site_has_cameras_near_it(profile: str) -> None:
    built = city(profile)
    places = np.array([site.place_m for site in built.sites])
    away = np.linalg.norm(built.cameras.place_m - places[built.cameras.site], axis=1)
    working = {n for n, site in enumerate(built.sites) if not site.planned}

    assert working <= set(built.cameras.site.tolist())
    assert away.max() < 1200
    assert np.median(away) < 80


@pytest.mark.parametrize("profile", CITIES)
def test_a_linear_section_has_a_camera_at_its_entry_and_its_exit(profile: str) -> None:
    built = city(profile)
    for index in built.sites_of("sections"):
        site, own = built.sites[index], built.cameras.of_site(int(index))
        assert site.path is not None
        assert np.allclose(built.cameras.place_m[own[0]], site.path[0])
        assert np.allclose(built.cameras.place_m[own[1]], site.path[-1])
        assert 400 < site.length_m < 2000


@pytest.mark.parametrize("profile", CITIES)
def test_cameras_look_somewhere_a_camera_can_look(profile: str) -> None:
    cameras = city(profile).cameras
    known = cameras.azimuth_deg[~np.isnan(cameras.azimuth_deg)]

    assert known.min() >= 0
    assert known.max() < 360
    assert cameras.view_deg.min() > 0


@pytest.mark.parametrize("profile", CITIES)
def test_six_cameras_show_scenes_at_different_sites(profile: str) -> None:
    built = city(profile)
    live = live_cameras(built)

    assert [one.scene for one in live] == list(SCENE_AT)
    assert len({int(built.cameras.site[one.camera]) for one in live}) == 6
    assert built.trial.site not in {int(built.cameras.site[one.camera]) for one in live}


@pytest.mark.parametrize("profile", CITIES)
def test_the_site_of_the_before_and_after_had_no_camera_before(profile: str) -> None:
    built = city(profile)
    own = built.cameras.of_site(built.trial.site)
    others = np.setdiff1d(np.arange(len(built.cameras)), own)

    assert len(own) > 0
    assert (built.cameras.installed_on[own] == np.datetime64(built.trial.on)).all()
    year_ago = np.datetime64(NOW.date()) - 366
    installed = built.cameras.installed_on[others]
    assert (installed[~np.isnat(installed)] < year_ago).all()


def test_the_same_seed_gives_the_same_cameras() -> None:
    city.cache_clear()
    first = city("kosshy")
    city.cache_clear()
    second, other = city("kosshy"), city("kosshy", 2)

    assert np.array_equal(first.cameras.place_m, second.cameras.place_m)
    assert [site.names for site in first.sites] == [site.names for site in second.sites]
    assert not np.array_equal(first.cameras.place_m, other.cameras.place_m)
