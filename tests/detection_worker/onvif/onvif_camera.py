"""A small ONVIF camera: SOAP over HTTP with WS-UsernameToken, and WS-Discovery on the loopback."""

import base64
import contextlib
import hashlib
import http.server
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.detection_worker.feeds.footage import web

USER, PASSWORD = "operator", "s3cr@t"

_ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"
 xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"
 xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>{body}</s:Body></s:Envelope>"""

_FAULT = """<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:{code}</s:Value>
</s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">{text}</s:Text></s:Reason></s:Fault>"""


@dataclass
class OnvifCamera:
    """What it remembers and what it was told to do."""

    turns: bool = True
    done: list[str] = field(default_factory=list)
    presets: dict[str, str] = field(default_factory=lambda: {"1": "Gate"})
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{USER}:s3cr%40t@127.0.0.1:{self.port}/onvif/device_service"

    def answer(self, action: str, message: str) -> str:
        if action != "GetSystemDateAndTime" and not is_signed(message):
            return _FAULT.format(code="NotAuthorized", text="Sender not authorized")
        answer = getattr(self, f"_{action}", None)
        if answer is None:
            return _FAULT.format(code="ActionNotSupported", text="Not supported")
        return str(answer(message))

    def _GetSystemDateAndTime(self, _: str) -> str:
        return (
            "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP"
            "</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime>"
            "<tt:Time><tt:Hour>12</tt:Hour><tt:Minute>0</tt:Minute><tt:Second>0</tt:Second></tt:Time>"
            "<tt:Date><tt:Year>2020</tt:Year><tt:Month>1</tt:Month><tt:Day>1</tt:Day></tt:Date>"
            "</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
        )

    def _GetServices(self, _: str) -> str:
        names = {"device": "ver10/device", "media": "ver10/media", "ptz": "ver20/ptz"}
        services = "".join(
            f"<tds:Service><tds:Namespace>http://www.onvif.org/{path}/wsdl</tds:Namespace>"
            f"<tds:XAddr>http://127.0.0.1:{self.port}/onvif/{name}</tds:XAddr>"
            "<tds:Version><tt:Major>2</tt:Major><tt:Minor>0</tt:Minor></tds:Version></tds:Service>"
            for name, path in names.items()
        )
        return f"<tds:GetServicesResponse>{services}</tds:GetServicesResponse>"

    def _GetProfiles(self, _: str) -> str:
        return (
            f"<trt:GetProfilesResponse>{self._profile('tiny', 320, 180)}"
            f"{self._profile('main', 1920, 1080)}{self._profile('sub', 640, 360)}"
            "</trt:GetProfilesResponse>"
        )

    def _profile(self, token: str, width: int, height: int) -> str:
        turning = (
            '<tt:PTZConfiguration token="p"><tt:Name>p</tt:Name><tt:UseCount>1</tt:UseCount>'
            "<tt:NodeToken>n</tt:NodeToken></tt:PTZConfiguration>"
        )
        return (
            f'<trt:Profiles token="{token}" fixed="true"><tt:Name>{token}</tt:Name>'
            '<tt:VideoEncoderConfiguration token="e"><tt:Name>e</tt:Name><tt:UseCount>1</tt:UseCount>'
            f"<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>{width}</tt:Width>"
            f"<tt:Height>{height}</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality>"
            "<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type></tt:Address><tt:Port>0</tt:Port>"
            "<tt:TTL>1</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>"
            "<tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>"
            f"{turning if self.turns else ''}</trt:Profiles>"
        )

    def _GetStreamUri(self, message: str) -> str:
        token = _word("ProfileToken", message)
        return (
            "<trt:GetStreamUriResponse><trt:MediaUri>"
            f"<tt:Uri>rtsp://127.0.0.1:554/{token}</tt:Uri>"
            "<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>"
            "<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT60S</tt:Timeout>"
            "</trt:MediaUri></trt:GetStreamUriResponse>"
        )

    def _GetPresets(self, _: str) -> str:
        presets = "".join(
            f'<tptz:Preset token="{token}"><tt:Name>{name}</tt:Name></tptz:Preset>'
            for token, name in self.presets.items()
        )
        return f"<tptz:GetPresetsResponse>{presets}</tptz:GetPresetsResponse>"

    def _GotoPreset(self, message: str) -> str:
        token = _word("PresetToken", message)
        if token not in self.presets:
            return _FAULT.format(code="NoToken", text="No such preset")
        self.done.append(f"go {token}")
        return "<tptz:GotoPresetResponse/>"

    def _SetPreset(self, message: str) -> str:
        token = str(len(self.presets) + 1)
        self.presets[token] = _word("PresetName", message)
        return f"<tptz:SetPresetResponse><tptz:PresetToken>{token}</tptz:PresetToken></tptz:SetPresetResponse>"

    def _RelativeMove(self, message: str) -> str:
        axes = re.findall(r'\b[xy]="(-?[\d.]+)"', message)
        self.done.append("move " + " ".join(str(float(axis)) for axis in axes))
        return "<tptz:RelativeMoveResponse/>"

    def _Stop(self, _: str) -> str:
        self.done.append("stop")
        return "<tptz:StopResponse/>"


def is_signed(message: str) -> bool:
    """Whether it carries the digest of the right password; never the password itself."""
    assert PASSWORD not in message
    nonce, created = _word("Nonce", message), _word("Created", message)
    whole = base64.b64decode(nonce) + created.encode() + PASSWORD.encode()
    digest = base64.b64encode(hashlib.sha1(whole).digest()).decode()
    in_time = created.startswith("2020-01-01T12:")
    return _word("Password", message) == digest and _word("Username", message) == USER and in_time


def _word(name: str, message: str) -> str:
    found = re.search(rf"<(?:\w+:)?{name}\b[^>]*>([^<]*)<", message)
    return found.group(1) if found else ""


@contextlib.contextmanager
def onvif_camera(turns: bool = True) -> Iterator[OnvifCamera]:
    camera = OnvifCamera(turns)

    class Soap(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = self.rfile.read(int(self.headers["Content-Length"])).decode()
            inner = message.split("Body>", 1)[1]
            found = re.search(r"<(?:\w+:)?(\w+)", inner)
            assert found is not None
            body = _ENVELOPE.format(body=camera.answer(found.group(1), message)).encode()
            self.send_response(400 if b"<s:Fault>" in body else 200)
            self.send_header("Content-Type", "application/soap+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with web(Soap) as camera.port:
        yield camera


@contextlib.contextmanager
def discoverable(answers: list[bytes]) -> Iterator[int]:
    """Answers each probe with ``answers``; yields its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(10.0)

        def answer() -> None:
            with contextlib.suppress(OSError):
                probe, sender = listening.recvfrom(65_507)
                assert b"NetworkVideoTransmitter" in probe
                for one in answers:
                    listening.sendto(one, sender)

        answering = threading.Thread(target=answer)
        answering.start()
        yield int(listening.getsockname()[1])
        answering.join()
