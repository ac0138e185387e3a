import type { MessageInitShape } from "@bufbuild/protobuf";
import { create, toBinary } from "@bufbuild/protobuf";
import { type AttributeProtoSchema, ModelProtoSchema } from "./generated/onnx_pb.ts";
import type { Attribute, ElementType, Value } from "./graph.ts";

export type InitializerData = Float32Array | BigInt64Array;

export interface TensorDescription {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: InitializerData;
}

export interface NodeDescription {
  readonly op: string;
  readonly domain: string;
  readonly name: string;
  inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** IR 9 with opset 18 is read by every ONNX Runtime since 1.14 (2023). */
const irVersion = 9n;
const opsetVersion = 18n;

/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };

/** TensorProto.DataType */
const dataTypes: Readonly<Record<ElementType, number>> = { float32: 1, int64: 7, bool: 9 };

/** An ONNX ModelProto in protobuf's binary form. */
export function serialize(model: {
  nodes: readonly NodeDescription[];
  inputs: readonly Value[];
  outputs: readonly Value[];
  initializers: readonly TensorDescription[];
  metadata: Readonly<Record<string, string>>;
  /** Where it stands, an empty sequence of this name is the first output. */
  sequence?: string;
}): Uint8Array {
  const sequences = model.sequence === undefined ? [] : [{ name: model.sequence }];
  const domains = [...new Set(model.nodes.map((node) => node.domain))].filter((domain) => domain !== "");
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion,
      producerName: "assay",
      opsetImport: [{ version: opsetVersion }, ...domains.map((domain) => ({ domain, version: 1n }))],
      metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: "assay",
        node: [...sequences.map(emptySequence), ...model.nodes].map(
          ({ op, domain, name, inputs, outputs, attributes }) => ({
            opType: op,
            domain,
            name,
            input: [...inputs],
            output: [...outputs],
            attribute: Object.entries(attributes).map(([key, value]) => attributeProto(key, value)),
          }),
        ),
        input: model.inputs.map(valueInfo),
        output: [...sequences, ...model.outputs.map(valueInfo)],
        initializer: model.initializers.map(({ name, type, shape, data }) => ({
          name,
          dataType: dataTypes[type],
          dims: shape.map((length) => BigInt(length)),
          rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
        })),
      },
    }),
  );
}

function emptySequence({ name }: { name: string }): NodeDescription {
  return { op: "SequenceEmpty", domain: "", name, inputs: [], outputs: [name], attributes: {} };
}

function attributeProto(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === "number") return { name, type: attributeTypes.int, i: BigInt(value) };
  if (typeof value === "string") return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
  if ("float" in value) return { name, type: attributeTypes.float, f: value.float };
  return { name, type: attributeTypes.ints, ints: value.map((n) => BigInt(n)) };
}

function valueInfo({ name, type, shape }: Value) {
  const dim = shape.map((length) =>
    typeof length === "number"
      ? { value: { case: "dimValue" as const, value: BigInt(length) } }
      : { value: { case: "dimParam" as const, value: length } },
  );
  return {
    name,
    type: { value: { case: "tensorType" as const, value: { elemType: dataTypes[type], shape: { dim } } } },
  };
}
