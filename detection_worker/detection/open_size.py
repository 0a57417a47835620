"""An ONNX file made for one picture size, opened for others.

Exporters write the size of a picture into the file, mostly square, though cameras are wide: at
16:9 nearly half of what such a model computes is padding. Convolutions do not mind the size, so
the file is rewritten with height and width left open; whether the model goes along shows when
it is tried. Only the shapes at the graph's ends are touched; the rest is copied as it is.

Field numbers are those of onnx.proto: ModelProto.graph 7; GraphProto.input 11, output 12,
value_info 13; ValueInfoProto.type 2; TypeProto.tensor_type 1; Tensor.shape 2; dim 1,
dim_value 1, dim_param 2.
"""

from detection_worker.detection.protobuf import Edit, bytes_field, edited, fields

GRAPH, INPUT, OUTPUT, VALUE_INFO = 7, 11, 12, 13


def with_open_size(model: bytes) -> bytes:
    """The model with the height and width of its pictures open; raises NotProtobuf.

    Pictures are taken to be batch × channels × height × width.
    """
    return edited(model, {GRAPH: _open_graph})


def _open_graph(graph: bytes) -> bytes:
    kept = b"".join(raw for number, raw, _ in fields(graph) if number != VALUE_INFO)
    ends: dict[int, Edit] = {
        INPUT: lambda value: _with_shape(value, {2: b"height", 3: b"width"}),
        OUTPUT: lambda value: _with_shape(value, {1: b"second", 2: b"third"}),
    }
    return edited(kept, ends)


def _with_shape(value: bytes, names: dict[int, bytes]) -> bytes:
    """A ValueInfoProto whose dimensions at these places are open, under these names."""

    def shape(message: bytes) -> bytes:
        dimensions = [raw for number, raw, _ in fields(message) if number == 1]
        for place, name in names.items():
            if place < len(dimensions):
                dimensions[place] = bytes_field(1, bytes_field(2, name))
        return b"".join(dimensions)

    def tensor(message: bytes) -> bytes:
        return edited(message, {2: shape})

    return edited(value, {2: lambda message: edited(message, {1: tensor})})
