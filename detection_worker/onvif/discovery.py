"""WS-Discovery: who in a network says that it is a camera (ONVIF Core, chapter 7)."""

import logging
import re
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import uuid4
from xml.etree import ElementTree

GROUP, PORT = "239.255.255.250", 3702
"""Where WS-Discovery is spoken (OASIS WS-Discovery 1.1, 3.1.1)."""

SECONDS = 3.0
MOST_BYTES = 65_507
MOST_ANSWERS = 2_000
"""An answer is one datagram; more of them than a network has cameras are not listened to."""

_PROBE = """<?xml version="1.0" encoding="utf-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
 xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
 xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>uuid:{number}</w:MessageID>
<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>"""

_SCOPE = re.compile(r"onvif://www\.onvif\.org/(name|hardware|location)/(\S+)")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A camera that answered: its ONVIF address, and what it says of itself."""

    url: str
    name: str = ""
    hardware: str = ""
    location: str = ""


def discover(
    interface: str = "0.0.0.0",
    seconds: float = SECONDS,
    group: str = GROUP,
    port: int = PORT,
) -> list[Found]:
    """The cameras that answer on the network of the address ``interface``, by their address.

    Raises OSError where this machine has no such address.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, struct.pack("b", 1))
        if interface != "0.0.0.0":
            asking.setsockopt(
                socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface)
            )
        asking.bind((interface, 0))
        asking.sendto(_PROBE.format(number=uuid4()).encode(), (group, port))
        found = {one.url: one for one in _listened(_answers(asking, seconds))}
    return sorted(found.values(), key=lambda one: one.url)


def _answers(asking: socket.socket, seconds: float) -> Iterator[bytes]:
    until_s = time.monotonic() + seconds
    for _ in range(MOST_ANSWERS):
        left_s = until_s - time.monotonic()
        if left_s <= 0:
            return
        asking.settimeout(left_s)
        try:
            yield asking.recv(MOST_BYTES)
        except TimeoutError:
            return


def _listened(answers: Iterable[bytes]) -> Iterator[Found]:
    for answer in answers:
        try:
            yield from read_answer(answer)
        except (ElementTree.ParseError, ValueError):
            _log.debug("an answer that is no WS-Discovery was passed over")


def read_answer(answer: bytes) -> list[Found]:
    """The cameras of one answer; raises ParseError or ValueError for what is none.

    A document type is refused: nobody needs one here, and entities can be bombs.
    """
    if b"<!DOCTYPE" in answer or b"<!ENTITY" in answer:
        raise ValueError("a document type")
    root = ElementTree.fromstring(answer)  # noqa: S314 - without a document type, in one datagram
    matches = [one for one in root.iter() if one.tag.endswith("}ProbeMatch")]
    return [found for one in matches if (found := _found(one)) is not None]


def _found(match: ElementTree.Element) -> Found | None:
    addresses = _text(match, "XAddrs").split()
    web = [address for address in addresses if address.startswith(("http://", "https://"))]
    if not web:
        return None
    # A camera with an IPv6 address besides names both: the first of IPv4 is tried everywhere.
    told = dict(_SCOPE.findall(_text(match, "Scopes")))
    return Found(
        url=next((address for address in web if "[" not in address), web[0]),
        name=unquote(told.get("name", "")),
        hardware=unquote(told.get("hardware", "")),
        location=unquote(told.get("location", "")),
    )


def _text(match: ElementTree.Element, name: str) -> str:
    found = next((one for one in match.iter() if one.tag.endswith("}" + name)), None)
    return (found.text or "") if found is not None else ""
