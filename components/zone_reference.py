"""How a container looks when it is empty: the picture of now, kept by who draws zones."""

import base64
from dataclasses import replace

import av
import httpx
import streamlit as st

from components.rule_words import setting_name
from components.saying import do, refuse
from components.visit import Visit
from components.zone_canvas import WIDTH_PX
from data_access import zone_editing
from data_access.domain.rule_faces import RuleFace
from data_access.domain.watch import Point, Zone
from data_access.domain.words import N_
from data_access.keys import installation_key
from data_access.zone_editing import EMPTY_PICTURE

PATIENCE = httpx.Timeout(10.0, connect=2.0)
SHOWN_PX = 180
NO_PICTURE = N_("There is no picture of this camera now. Take it when the camera is back.")


def wants_picture(rule: RuleFace) -> bool:
    """Whether the rule compares its zone with a picture of it."""
    return any(setting.name == EMPTY_PICTURE for setting in rule.settings)


def keeping_picture(zone: Zone, before: Zone | None) -> Zone:
    """With the picture that the zone had; drawn anew it shows another part of the view."""
    if before is None or (before.rule, before.points) != (zone.rule, zone.points):
        return zone
    kept = {name: value for name, value in before.params.items() if name == EMPTY_PICTURE}
    return replace(zone, params={**zone.params, **kept})


def show_reference(visit: Visit, camera_id: int, zone: Zone, outcome: str) -> None:
    """The picture that the zone is compared with, and the button that takes another."""
    _ = visit.text
    kept = _png_of(zone)
    if kept:
        st.image(kept, caption=setting_name(EMPTY_PICTURE, _), width=SHOWN_PX)
    else:
        words = _("There is no picture of it empty yet: its first half minute is taken for that.")
        st.caption(words)
    st.button(
        _("It is empty now: keep this picture"), icon=":material/photo_camera:",
        key=f"zone_empty_{zone.id}", on_click=take, args=(visit, camera_id, zone, outcome),
        help=_("Look at the picture first: how full it is, is measured against this one."),
    )  # fmt: skip


def _png_of(zone: Zone) -> bytes:
    """Empty where there is none, or what was written there is none."""
    try:
        return base64.b64decode(str(zone.params.get(EMPTY_PICTURE, "")), validate=True)
    except ValueError:
        return b""


def take(visit: Visit, camera_id: int, zone: Zone, outcome: str) -> None:
    """Keep the camera's newest picture as that of the empty container; it is recorded."""
    _ = visit.text
    picture = newest_picture(visit, camera_id)
    if picture is None:
        refuse(outcome, _(NO_PICTURE))
        return
    reference = base64.b64encode(cut(picture, zone.points)).decode("ascii")

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            zone_editing.take_empty(tx, visit.viewer, camera_id, zone.id, reference)
        return _("Kept. From now on it is compared with this picture.")

    do(visit, outcome, act)


def newest_picture(visit: Visit, camera_id: int) -> bytes | None:
    """The camera's whole view as a JPEG, from the worker; None where there is none now."""
    settings = visit.settings
    key = settings.worker_key or installation_key(settings.home, "worker")
    url = f"{settings.worker_url.rstrip('/')}/live/{camera_id}.jpg"
    try:
        answer = httpx.get(
            url, params={"boxes": 0, "width": WIDTH_PX}, headers={"X-Qala-Key": key},
            timeout=PATIENCE, trust_env=False,
        )  # fmt: skip
    except httpx.HTTPError:
        return None
    return answer.content if answer.status_code == httpx.codes.OK else None


def cut(jpeg: bytes, points: tuple[Point, ...]) -> bytes:
    """The part of a picture around ``points`` (fractions of it), grey, as PNG."""
    (frame,) = av.CodecContext.create("mjpeg", "r").decode(av.Packet(jpeg))
    xs = [round(x * frame.width) for x, _ in points]
    ys = [round(y * frame.height) for _, y in points]
    grey = frame.reformat(format="gray").to_ndarray()
    part = grey[max(0, min(ys)) : max(ys) + 1, max(0, min(xs)) : max(xs) + 1]
    picture = av.VideoFrame.from_ndarray(part, format="gray")
    codec = av.CodecContext.create("png", "w")
    codec.width, codec.height, codec.pix_fmt = picture.width, picture.height, "gray"
    return b"".join(bytes(packet) for packet in (*codec.encode(picture), *codec.encode()))
