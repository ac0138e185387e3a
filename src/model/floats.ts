/** Numbers of the safetensors types that a network's weights come in, as float32; undefined for any other type. Little-endian. */
export function decodeFloats(type: string, bytes: Uint8Array): Float32Array | undefined {
  const { buffer } = new Uint8Array(bytes); // a copy, which begins at a multiple of every number's size
  if (type === "F32") return new Float32Array(buffer);
  if (type === "F64") return new Float32Array(new Float64Array(buffer));
  if (type === "BF16") return brainFloats(new Uint16Array(buffer));
  if (type === "F16") return halfFloats(new Uint16Array(buffer));
  return undefined;
}

/** Bytes of one number. */
export const floatBytes: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** The upper half of a float32. */
function brainFloats(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}

/** Every value of IEEE 754 binary16: looked up, since to compute each of ResNet-50's 25 million numbers takes 8 s. */
let halfValues: Float32Array | undefined;

function halfFloats(halves: Uint16Array): Float32Array {
  halfValues ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfToFloat(bits));
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < floats.length; i++) floats[i] = halfValues[halves[i]!]!;
  return floats;
}

/** 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
