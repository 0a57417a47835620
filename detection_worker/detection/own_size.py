"""An ONNX file made for one picture size, made anew for another.

Some exports have the picture's size in the middle, too: the attention of YOLO11 and YOLO26
folds its cells by numbers written into the file, and their heads carry the corner and the stride
of every cell. Such a file is rewritten for one size at a time. What is replaced is recognised by
its content (numbers of cells, the grid itself); whether the model goes along shows when it is
tried.

Field numbers are those of onnx.proto: ModelProto.graph 7; GraphProto.node 1, initializer 5;
NodeProto.attribute 5; AttributeProto.t 5; TensorProto.dims 1, data_type 2, raw_data 9.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detection_worker.detection.heads import STRIDES, grid
from detection_worker.detection.open_size import GRAPH, with_open_size
from detection_worker.detection.protobuf import (
    BYTES,
    Edit,
    bytes_field,
    edited,
    fields,
    number_field,
    varint,
)

NODE, INITIALIZER, ATTRIBUTE, TENSOR = 1, 5, 5, 5
DIMS, DATA_TYPE, RAW = 1, 2, 9
INT64 = 7

_DTYPES: dict[int, npt.DTypeLike] = {1: "<f4", INT64: "<i8", 10: "<f2"}
"""Those of TensorProto.DataType that sizes are written in."""

Size = tuple[int, int]
Numbers = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A constant of the file; ``values`` is None where it is of another kind."""

    dims: tuple[int, ...]
    kind: int
    values: Numbers | None


def with_size(model: bytes, made_for: Size, wh: Size) -> bytes:
    """The model for pictures of ``wh``, which was ``made_for`` others; raises NotProtobuf.

    Sides are whole cells of the coarsest grid.
    """
    tensor = _editor(made_for, wh)
    constant: dict[int, Edit] = {TENSOR: tensor}
    node: dict[int, Edit] = {ATTRIBUTE: lambda attribute: edited(attribute, constant)}
    graph: dict[int, Edit] = {NODE: lambda message: edited(message, node), INITIALIZER: tensor}
    return edited(with_open_size(model), {GRAPH: lambda message: edited(message, graph)})


def _editor(made_for: Size, wh: Size) -> Edit:
    """An edit that gives each constant for pictures of ``wh``."""
    grids = list(zip(_grids(made_for), _grids(wh), strict=True))

    def edit(message: bytes) -> bytes:
        tensor = _read(message)
        if tensor.values is None:
            return message
        if tensor.kind == INT64:
            return _with_values(message, _folding(tensor.values, made_for, wh), tensor.dims)
        for before, after in grids:
            if tensor.values.size == before.size and _is_like(tensor, before):
                dims = [_put(side, before, after) for side in tensor.dims]
                return _with_values(message, after.astype(tensor.values.dtype), tuple(dims))
        return message

    return edit


def _put(side: int, before: Numbers, after: Numbers) -> int:
    """A side of a grid's constant: that of all cells changes."""
    return max(after.shape) if side == max(before.shape) else side


def _is_like(tensor: _Tensor, numbers: Numbers) -> bool:
    assert tensor.values is not None
    same_sides = tuple(side for side in tensor.dims if side > 1) == numbers.shape
    return same_sides and np.allclose(tensor.values, numbers.ravel())


def _grids(wh: Size) -> Iterator[Numbers]:
    """What heads carry of their cells: the middles, in rows and in columns, and the strides."""
    corners, strides = grid(wh)
    middles = corners + 0.5
    yield from (middles.T, middles, strides[:, 0])


def _folding(values: Numbers, made_for: Size, wh: Size) -> Numbers:
    """A shape that features are folded into, where it has the height and width, or the cells."""
    new = values.copy()
    if len(values) < 3:
        return new
    for stride in STRIDES:
        before = made_for[1] // stride, made_for[0] // stride
        after = wh[1] // stride, wh[0] // stride
        if tuple(values[-2:]) == before:
            new[-2:] = after
        elif values[-1] == before[0] * before[1]:
            new[-1] = after[0] * after[1]
    if values[-1] == _cells(made_for):
        new[-1] = _cells(wh)
    return new


def _cells(wh: Size) -> int:
    return len(grid(wh)[1])


def _read(message: bytes) -> _Tensor:
    dims: list[int] = []
    kind, raw = 0, b""
    for number, field, content in fields(message):
        if number == DIMS:
            dims += _numbers(content) if field[0] & 7 == BYTES else [varint(field, 1)[0]]
        elif number == DATA_TYPE:
            kind = varint(field, 1)[0]
        elif number == RAW:
            raw = content
    dtype = _DTYPES.get(kind)
    size = int(np.prod(dims, dtype=np.int64))
    if dtype is None or len(raw) != size * np.dtype(dtype).itemsize:
        return _Tensor(tuple(dims), kind, None)
    return _Tensor(tuple(dims), kind, np.frombuffer(raw, dtype))


def _numbers(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = varint(packed, at)
        yield value


def _with_values(message: bytes, values: Numbers, dims: tuple[int, ...]) -> bytes:
    kept = b"".join(raw for number, raw, _ in fields(message) if number not in (DIMS, RAW))
    sides = b"".join(number_field(DIMS, side) for side in dims)
    return sides + kept + bytes_field(RAW, values.tobytes())
