"""Enough of protobuf to rewrite an ONNX file: fields found, edited, and the rest as it was."""

from collections.abc import Callable, Iterator

VARINT, BYTES = 0, 2

Edit = Callable[[bytes], bytes]


class NotProtobuf(ValueError):
    """The bytes are no protobuf message."""


def edited(message: bytes, edits: dict[int, Edit]) -> bytes:
    """The message with the edits applied to its fields of those numbers."""
    return b"".join(
        bytes_field(number, edits[number](content)) if number in edits else raw
        for number, raw, content in fields(message)
    )


def fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each field's number, its bytes as they stand, and its content if it has bytes."""
    at = 0
    while at < len(message):
        start = at
        key, at = varint(message, at)
        kind, content = key & 7, b""
        if kind == VARINT:
            _, at = varint(message, at)
        elif kind == BYTES:
            size, at = varint(message, at)
            content, at = message[at : at + size], at + size
        else:
            at += {1: 8, 5: 4}.get(kind, len(message) + 1)
        if at > len(message):
            raise NotProtobuf(f"a field at byte {start} does not end")
        yield key >> 3, message[start:at], content


def varint(message: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a byte, and where it ends."""
    value = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise NotProtobuf(f"a number at byte {at} does not end")


def bytes_field(number: int, content: bytes) -> bytes:
    """A field of bytes, a string or a message."""
    return as_varint(number << 3 | BYTES) + as_varint(len(content)) + content


def number_field(number: int, value: int) -> bytes:
    """A field with a whole number that is not negative."""
    return as_varint(number << 3 | VARINT) + as_varint(value)


def as_varint(value: int) -> bytes:
    """A number as it is written."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
