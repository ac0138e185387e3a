import type { JpegComponent, JpegHeader } from "./header.ts";

/** T.81 annex K.1: luminance (table K.1) and chrominance (table K.2), in natural order. */
const luma = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const chroma = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99,
];

/**
 * The standard table as libjpeg scales it (jcparam.c): scale = 5000 / q below 50, else 200 - 2 q;
 * step = clamp((table * scale + 50) / 100, 1..255), in whole numbers.
 */
function standardTable(kind: "luma" | "chroma", quality: number): number[] {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  const base = kind === "luma" ? luma : chroma;
  return base.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
}

/** The quality whose standard tables have the smallest sum of absolute differences to the file's; ties go to the higher. */
export function estimateQuality(
  tables: JpegHeader["tables"],
  components: readonly JpegComponent[],
): Pick<JpegHeader, "quality" | "standardTables"> {
  const first = tables[components[0]?.table ?? 0];
  const second = components.length > 2 ? tables[components[1]!.table] : undefined;
  if (first === undefined) return { standardTables: false };
  let best = 100;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let quality = 100; quality >= 1; quality--) {
    const inLuma = distance(first, standardTable("luma", quality));
    const inChroma = second === undefined ? 0 : distance(second, standardTable("chroma", quality));
    if (inLuma + inChroma < bestDistance) [best, bestDistance] = [quality, inLuma + inChroma];
  }
  return { quality: best, standardTables: bestDistance === 0 };
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, step, i) => sum + Math.abs(step - b[i]!), 0);
}
