import { describe, expect, it } from "vitest";
import { centreWindow, cropPlanes } from "./crop.ts";
import type { Planes } from "./planes.ts";

/** Two planes whose values name their pixel: 1000 y + x, and the same plus a half. */
function numbered(width: number, height: number): Planes {
  const area = width * height;
  const data = Float32Array.from({ length: 2 * area }, (_, i) => {
    const at = i % area;
    return 1000 * Math.floor(at / width) + (at % width) + (i < area ? 0 : 0.5);
  });
  return { channels: 2, height, width, data };
}

const blockColumns = ({ data }: Planes) => Array.from(data.subarray(0, 48), (x) => x % 1000);

describe("a crop", () => {
  it("is the centre, no pixel changed, on a corner of a JPEG block", () => {
    const { channels, height, width, data } = cropPlanes(numbered(100, 61), { width: 48, height: 32 });
    expect([channels, height, width]).toEqual([2, 32, 48]);
    // (100 - 48) / 2 = 26 and (61 - 32) / 2 = 14.5 pixels, down to blocks
    for (let i = 0; i < data.length; i++) {
      const [plane, y, x] = [Math.floor(i / (32 * 48)), Math.floor(i / 48) % 32, i % 48];
      expect(data[i]).toBe(1000 * (y + 8) + x + 24 + plane / 2);
    }
  });

  it("is the picture itself where the size is its own", () => {
    const picture = numbered(21, 13);
    expect(cropPlanes(picture, picture)).toEqual(picture);
  });

  it("mirrors the whole blocks of a smaller picture, so that the grid goes on", () => {
    // 21 pixels: two whole blocks, 0..7 and 8..15; the window starts at -16.
    const crop = cropPlanes(numbered(21, 48), { width: 48, height: 48 });
    const up = (from: number) => Array.from({ length: 8 }, (_, i) => from + i);
    const down = (from: number) => up(from).reverse();
    expect(blockColumns(crop)).toEqual([...down(8), ...down(0), ...up(0), ...up(8), ...down(8), ...down(0)]);
  });

  it("mirrors a picture smaller than a block as it is", () => {
    const crop = cropPlanes(numbered(1, 3), { width: 16, height: 16 });
    expect(new Set(crop.data.subarray(0, 256))).toEqual(new Set([0, 1000, 2000]));
  });

  it("says where its window lies", () => {
    expect(centreWindow({ width: 100, height: 30 }, { width: 48, height: 48 })).toEqual({
      left: 24,
      top: -16,
      width: 48,
      height: 48,
    });
  });
});
