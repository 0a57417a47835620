"""Gives an ONNX model whose picture size was fixed at its export a free one.

Only the sizes that the graph declares for its inputs and outputs are written anew; a model of
convolutions alone takes any size. Protocol buffers are walked by hand, since nothing else here
needs the `onnx` package. Field numbers: onnx.proto (ModelProto.graph 7, GraphProto.input 11,
output 12, value_info 13).
"""

from collections.abc import Iterator, Mapping

GRAPH, INPUT, OUTPUT, INNER = 7, 11, 12, 13
_NAME = 1
_BYTES = 2
"""The wire type of texts, bytes and inner messages."""


def with_free_size(model: bytes, channels: Mapping[str, int]) -> bytes:
    """The model with free batch, height and width for the inputs and outputs in ``channels``.

    Raises ValueError where it is no such model.
    """
    return b"".join(
        _message(GRAPH, _graph(body, channels)) if number == GRAPH else whole
        for number, whole, body in _fields(model)
    )


def _graph(graph: bytes, channels: Mapping[str, int]) -> bytes:
    parts = []
    for number, whole, body in _fields(graph):
        name = _name(body) if number in (INPUT, OUTPUT) else ""
        if name in channels:
            side = "in" if number == INPUT else "out"
            parts.append(_message(number, _value(name, channels[name], side)))
        elif number != INNER:  # sizes in between are found out anew
            parts.append(whole)
    return b"".join(parts)


def _name(value: bytes) -> str:
    return next((body.decode() for number, _, body in _fields(value) if number == _NAME), "")


def _value(name: str, channels: int, side: str) -> bytes:
    """A ValueInfoProto: a float tensor of free batch, height and width."""
    sizes: list[bytes | int] = [
        b"batch", channels, f"{side}_height".encode(), f"{side}_width".encode(),
    ]  # fmt: skip
    shape = b"".join(
        _message(1, b"\x08" + _varint(size) if isinstance(size, int) else _message(2, size))
        for size in sizes
    )
    tensor = b"\x08\x01" + _message(2, shape)  # elem_type 1 is float
    return _message(_NAME, name.encode()) + _message(2, _message(1, tensor))


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each field: its number, its bytes as they stand, and its content where it has one."""
    place = 0
    while place < len(message):
        start = place
        key, place = _read_varint(message, place)
        number, wire = key >> 3, key & 7
        begin = place
        if wire == _BYTES:
            length, begin = _read_varint(message, place)
            place = begin + length
        elif wire == 0:
            _, place = _read_varint(message, place)
        elif wire in (1, 5):
            place += 8 if wire == 1 else 4
        else:
            raise ValueError("not an ONNX model")
        if place > len(message):
            raise ValueError("an ONNX model that is cut off")
        yield number, message[start:place], message[begin:place] if wire == _BYTES else b""


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(message) and shift < 64:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place
    raise ValueError("not an ONNX model")


def _varint(value: int) -> bytes:
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])


def _message(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(body)) + body
