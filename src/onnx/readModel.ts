import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "./generated/onnx_pb.ts";
import type { NamedTensors, TensorData } from "./tensor.ts";

/** TensorProto.DataType of float32. */
const float = 1;

/** What stands in an ONNX file beside its graph: metadata_props, and its float initializers by name. Throws on bytes that are no ONNX. */
export function readModel(bytes: Uint8Array): { metadata: Record<string, string>; tensors: NamedTensors } {
  const model = fromBinary(ModelProtoSchema, bytes);
  if (model.graph === undefined || model.graph.node.length === 0) throw new Error("The file holds no graph.");
  const tensors: Record<string, TensorData> = {};
  // Copies: the bytes are often a Buffer, whose slice() would share its memory at any offset.
  for (const { name, dataType, dims, rawData } of model.graph.initializer)
    if (dataType === float)
      tensors[name] = { shape: dims.map(Number), data: new Float32Array(new Uint8Array(rawData).buffer) };
  return { metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])), tensors };
}
