from datetime import UTC, date, datetime, timedelta

from components.health_reading import HealthPicture
from components.health_table import (
    build_cameras,
    build_districts,
    build_freshness,
    build_outages,
    build_storage,
    build_workers,
    camera_file_row,
    camera_titles,
)
from components.health_words import size_words, span_words, state_name, without_model
from data_access.camera_health import CameraState, DistrictHealth, Outage, WorkerRow
from data_access.database_health import Freshness, PartitionedTable
from data_access.domain.words import Language, Names
from data_access.language import translator
from data_access.rule_checks import Pause

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
NAMES = Names("Двор", "Аула", "Courtyard")
_ = translator(Language.RUSSIAN)
RU = Language.RUSSIAN


def camera(state: str, **more: object) -> CameraState:
    fields: dict[str, object] = {
        "camera_id": 1,
        "code": "K-1",
        "names": NAMES,
        "site": NAMES,
        "district": NAMES,
        "state": state,
        "reason": "",
        "since_at": NOW - timedelta(minutes=90),
        "updated_at": NOW,
        "last_frame_at": None,
        "detector": "onnx",
        "fps": 24.9,
        "analysed_fps": 10.0,
        "dropped": 3,
        "latency_ms": 41.0,
        "rules_off": (),
    }
    return CameraState(**(fields | more))  # type: ignore[arg-type]


def worker(detector: str, ago_s: float = 3, model: str = "") -> WorkerRow:
    at = NOW - timedelta(seconds=ago_s)
    return WorkerRow("main", detector, model, 6, 12.5, 4, "", at - timedelta(hours=1), at)


def picture(workers: list[WorkerRow], until: date | None = date(2027, 2, 1)) -> HealthPicture:
    return HealthPicture(
        at=NOW,
        workers=workers,
        states={"live": 5},
        districts=[],
        sites=[],
        outages=[],
        tables=[PartitionedTable("events", 17, 5 << 20, until)],
        database_bytes=1 << 30,
        disk=None,
        freshness=Freshness(NOW, None, NOW - timedelta(hours=2), None, date(2026, 11, 20), None),
    )


def test_a_camera_without_a_picture_has_no_frame_rate_rather_than_zero() -> None:
    frame = build_cameras([camera("live"), camera("offline")], NOW, RU, _)
    assert frame["fps"].tolist()[0] == 24.9
    assert frame["fps"].isna().tolist() == [False, True]
    assert frame["since"].tolist() == ["1 ч 30 мин"] * 2
    assert frame["state"].tolist() == ["● В эфире", "✕ Нет связи"]


def test_rules_that_are_off_are_named() -> None:
    frame = build_cameras([camera("live", rules_off=("crowd", "red_light"))], NOW, RU, _)
    assert frame["rules_off"].tolist() == ["Скопление людей, Проезд на красный"]


def test_a_camera_nobody_has_heard_of_says_so() -> None:
    frame = build_cameras([camera("never", since_at=None, updated_at=None)], NOW, RU, _)
    assert frame["state"].tolist() == ["? Сведений пока нет"]
    assert frame["updated"].tolist() == [""]


def test_a_file_of_cameras_has_a_title_for_each_cell() -> None:
    assert len(camera_file_row(camera("live"), RU, _)) == len(camera_titles(_))


def test_the_share_live_is_of_the_cameras_that_are_switched_on() -> None:
    rows = [DistrictHealth(1, NAMES, 10, 4, 1, 5, 0), DistrictHealth(2, NAMES, 2, 0, 0, 2, 0)]
    frame = build_districts(rows, RU)
    assert frame["share"].tolist()[0] == 80.0
    assert frame["share"].isna().tolist() == [False, True]


def test_an_outage_that_lasts_says_so() -> None:
    began = NOW - timedelta(hours=50)
    lasting = Outage(1, "K-1", NAMES, NAMES, began, None, "offline", "")
    over = Outage(1, "K-1", NAMES, NAMES, began, began + timedelta(minutes=7), "stalled", "")
    frame = build_outages([lasting, over], NOW, RU, _)
    assert frame["ended"].tolist() == ["ещё длится", "10:07"]
    assert frame["lasted"].tolist() == ["2 дн. 2 ч", "7 мин"]


def test_a_worker_that_fell_silent_is_told_from_one_that_works() -> None:
    frame = build_workers(picture([worker("onnx", model="x.onnx"), worker("motion", 600)]), _)
    assert frame["state"].tolist() == ["● работает", "✕ молчит"]
    assert frame["detector"].tolist() == ["ONNX Runtime · x.onnx", "только движение, без модели"]


def test_a_worker_without_a_model_is_found() -> None:
    assert len(without_model([worker("motion"), worker("onnx")])) == 1


def test_months_that_run_out_are_marked() -> None:
    assert build_storage(picture([]), RU, _)["ahead"].tolist() == ["73 дн."]
    soon = build_storage(picture([], until=date(2026, 12, 1)), RU, _)
    assert soon["ahead"].tolist() == ["◆ 11 дн."]
    assert build_storage(picture([], until=None), RU, _)["ahead"].tolist() == ["◆ нет"]


def test_each_figure_says_how_old_its_newest_is() -> None:
    frame = build_freshness(picture([]), RU, _)
    assert frame["newest"].tolist()[:4] == ["только что", "—", "2 ч назад", "—"]


def test_sizes_and_spans_are_said_in_fitting_units() -> None:
    assert size_words(999, RU, _) == "999 Б"
    assert size_words(5 << 20, RU, _) == "5,0 МБ"
    assert size_words(130 << 30, RU, _) == "130 ГБ"
    assert span_words(NOW, NOW - timedelta(seconds=5), _) == "0 мин"
    assert state_name("off", _) == "○ Отключена"


def test_a_paused_rule_says_how_often_officers_agreed_with_it() -> None:
    pause = Pause(1, "red_light", 4, 20, 80)
    one = camera("live", rules_off=("crowd", "red_light"), pauses=(pause,))
    words = "Скопление людей, Проезд на красный (приостановлено: подтверждено 4 из 20, нужно 80 %)"
    assert build_cameras([one], NOW, RU, _)["rules_off"].tolist() == [words]
