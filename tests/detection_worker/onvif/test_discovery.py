from detection_worker.onvif.discovery import Found, discover
from tests.detection_worker.onvif.onvif_camera import discoverable

MATCH = b"""<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Body><d:ProbeMatches><d:ProbeMatch>
<d:Scopes>onvif://www.onvif.org/name/Gate%20North onvif://www.onvif.org/hardware/X1 other:thing
</d:Scopes><d:XAddrs>http://[fe80::1]/onvif/device_service http://10.0.0.5/onvif/device_service
</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>"""

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


def test_cameras_of_a_network_are_found_once_and_garbage_is_passed_over() -> None:
    with discoverable([b"garbage", BOMB, MATCH, MATCH, b"<a/>"]) as port:
        found = discover("127.0.0.1", seconds=5.0, group="127.0.0.1", port=port)
    assert found == [Found("http://10.0.0.5/onvif/device_service", "Gate North", "X1")]


def test_an_empty_network_has_none() -> None:
    assert discover("127.0.0.1", seconds=0.1, group="127.0.0.1", port=9) == []
