"""Small ONNX files that give what a test wants, written as protobuf by hand."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

FLOAT, UINT8, INT64, INTS, INT = 1, 2, 7, 7, 2  # elem types; attribute types

Side = int | str


def write_model(
    path: Path,
    output: npt.NDArray[np.float32],
    input_shape: Sequence[Side] = (1, 3, 64, 64),
    metadata: Mapping[str, str] | None = None,
    brightness: npt.NDArray[np.float32] | None = None,
    inputs: Sequence[str] = ("images",),
) -> Path:
    """A model that always gives ``output``, plus ``brightness`` times its picture's mean value.

    It takes ``inputs`` of one shape.
    """
    constants = [_tensor("constant", output)]
    if brightness is None:
        nodes = [_node("Identity", ["constant"], "output")]
    else:
        constants.append(_tensor("brightness", brightness))
        nodes = [
            _node("ReduceMean", ["images"], "a", axes=[1], keepdims=0),
            _node("ReduceMean", ["a"], "b", axes=[1, 2], keepdims=1),
            _node("Mul", ["b", "brightness"], "c"),
            _node("Add", ["c", "constant"], "output"),
        ]
    _write(path, nodes, constants, input_shape, metadata or {}, inputs)
    return path


def _write(
    path: Path,
    nodes: Sequence[bytes],
    constants: Sequence[bytes],
    input_shape: Sequence[Side],
    metadata: Mapping[str, str],
    inputs: Sequence[str] = ("images",),
) -> None:
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, b"g")
    graph += b"".join(_field(5, constant) for constant in constants)
    graph += b"".join(_field(11, _value(name, input_shape)) for name in inputs)
    graph += _field(12, _value("output", None))
    entries = metadata.items()
    model = _number(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _number(2, 13))
    model += b"".join(_field(14, _field(1, k.encode()) + _field(2, v.encode())) for k, v in entries)
    path.write_bytes(model)


def write_sized_model(path: Path, side: int = 64) -> Path:
    """A model with its picture's size in its middle: cells folded by number, a grid written down.

    Its output is that of a YOLO head: middles of the cells in pixels, the mean colour of each
    cell twice.
    """
    sides = [side // stride for stride in (8, 16, 32)]
    grids = [np.stack(np.meshgrid(np.arange(n), np.arange(n)), -1).reshape(-1, 2) for n in sides]
    middles = np.concatenate(grids).T[None].astype(np.float32) + 0.5
    strides = np.repeat([8, 16, 32], [n * n for n in sides])[None].astype(np.float32)
    constants = [_tensor("middles", middles), _tensor("strides", strides)]
    nodes = [_node("Mul", ["middles", "strides"], "places")]
    for n, stride in zip(sides, (8, 16, 32), strict=True):
        kernel = [stride, stride]
        nodes.append(_node("AveragePool", ["images"], f"p{n}", kernel_shape=kernel, strides=kernel))
        constants.append(_tensor(f"s{n}", np.array([1, 3, n * n], np.int64)))
        nodes.append(_node("Reshape", [f"p{n}", f"s{n}"], f"f{n}"))
    nodes.append(_node("Concat", [f"f{n}" for n in sides], "cells", axis=2))
    nodes.append(_node("Concat", ["places", "cells", "cells"], "output", axis=1))
    _write(path, nodes, constants, (1, 3, side, side), {})
    return path


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _tensor(name: str, array: npt.NDArray[np.float32] | npt.NDArray[np.int64]) -> bytes:
    dims = b"".join(_number(1, side) for side in array.shape)
    kind, code = (INT64, "q") if array.dtype == np.int64 else (FLOAT, "f")
    raw = struct.pack(f"<{array.size}{code}", *array.ravel().tolist())
    return dims + _number(2, kind) + _field(8, name.encode()) + _field(9, raw)


def _node(kind: str, inputs: Sequence[str], output: str, **attributes: object) -> bytes:
    data = b"".join(_field(1, name.encode()) for name in inputs) + _field(2, output.encode())
    data += _field(4, kind.encode())
    for name, value in attributes.items():
        attribute = _field(1, name.encode())
        if isinstance(value, list):
            attribute += b"".join(_number(8, one) for one in value) + _number(20, INTS)
        else:
            attribute += _number(3, int(str(value))) + _number(20, INT)
        data += _field(5, attribute)
    return data


def _value(name: str, shape: Sequence[Side] | None) -> bytes:
    dims = b"".join(
        _field(1, _number(1, side) if isinstance(side, int) else _field(2, side.encode()))
        for side in shape or ()
    )
    tensor = _number(1, FLOAT) + (_field(2, dims) if shape is not None else b"")
    return _field(1, name.encode()) + _field(2, _field(1, tensor))
