"""An ONNX file made for one picture size, opened for others.

Exporters write the size of a picture into the file, mostly square, though cameras are wide: at
16:9 nearly half of what such a model computes is padding. Convolutions do not mind the size, so
the file is rewritten with height and width left open; whether the model goes along shows when
it is tried. Only the shapes at the graph's ends are touched; the rest is copied as it is.

Field numbers are those of onnx.proto: ModelProto.graph 7; GraphProto.input 11, output 12,
value_info 13; ValueInfoProto.type 2; TypeProto.tensor_type 1; Tensor.shape 2; dim 1,
dim_value 1, dim_param 2.
"""

from collections.abc import Callable, Iterator

GRAPH, INPUT, OUTPUT, VALUE_INFO = 7, 11, 12, 13
VARINT, BYTES = 0, 2

Edit = Callable[[bytes], bytes]


class NotProtobuf(ValueError):
    """The bytes are no protobuf message."""


def with_open_size(model: bytes) -> bytes:
    """The model with the height and width of its pictures open; raises NotProtobuf.

    Pictures are taken to be batch × channels × height × width.
    """
    return _edited(model, {GRAPH: _open_graph})


def _open_graph(graph: bytes) -> bytes:
    kept = b"".join(raw for number, raw, _ in _fields(graph) if number != VALUE_INFO)
    ends: dict[int, Edit] = {
        INPUT: lambda value: _with_shape(value, {2: b"height", 3: b"width"}),
        OUTPUT: lambda value: _with_shape(value, {1: b"second", 2: b"third"}),
    }
    return _edited(kept, ends)


def _with_shape(value: bytes, names: dict[int, bytes]) -> bytes:
    """A ValueInfoProto whose dimensions at these places are open, under these names."""

    def shape(message: bytes) -> bytes:
        dimensions = [raw for number, raw, _ in _fields(message) if number == 1]
        for place, name in names.items():
            if place < len(dimensions):
                dimensions[place] = _bytes_field(1, _bytes_field(2, name))
        return b"".join(dimensions)

    def tensor(message: bytes) -> bytes:
        return _edited(message, {2: shape})

    return _edited(value, {2: lambda message: _edited(message, {1: tensor})})


def _edited(message: bytes, edits: dict[int, Edit]) -> bytes:
    """The message with the edits applied to its fields of those numbers."""
    return b"".join(
        _bytes_field(number, edits[number](content)) if number in edits else raw
        for number, raw, content in _fields(message)
    )


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each field's number, its bytes as they stand, and its content if it has bytes."""
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        kind, content = key & 7, b""
        if kind == VARINT:
            _, at = _varint(message, at)
        elif kind == BYTES:
            size, at = _varint(message, at)
            content, at = message[at : at + size], at + size
        else:
            at += {1: 8, 5: 4}.get(kind, len(message) + 1)
        if at > len(message):
            raise NotProtobuf(f"a field at byte {start} does not end")
        yield key >> 3, message[start:at], content


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise NotProtobuf(f"a number at byte {at} does not end")


def _bytes_field(number: int, content: bytes) -> bytes:
    return _as_varint(number << 3 | BYTES) + _as_varint(len(content)) + content


def _as_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
