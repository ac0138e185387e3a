/** Numbers of the safetensors types that a network's weights come in, as float32; undefined for any other type. Little-endian. */
export function decodeFloats(type: string, bytes: Uint8Array): Float32Array | undefined {
  const { buffer } = new Uint8Array(bytes); // a copy, which begins at a multiple of every number's size
  if (type === "F32") return new Float32Array(buffer);
  if (type === "F64") return new Float32Array(new Float64Array(buffer));
  if (type === "BF16") return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer);
  if (type === "F16") return Float32Array.from(new Uint16Array(buffer), halfToFloat);
  return undefined;
}

/** Bytes of one number. */
export const floatBytes: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
