import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import { cell, tilesOf } from "./tiles.ts";

describe("tiles", () => {
  it("cover every cell once, begin on the grid and see what they answer for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (width, height) => {
        const { tiles, ...map } = tilesOf({ width, height }, 128, 32);
        expect(map).toEqual({ width: Math.ceil(width / cell), height: Math.ceil(height / cell) });
        const seen = new Uint8Array(map.width * map.height);
        for (const tile of tiles) {
          expect([tile.left % cell, tile.top % cell, tile.width, tile.height]).toEqual([0, 0, 128, 128]);
          const { left, top, width: across, height: down } = tile.cells;
          expect(left * cell).toBeGreaterThanOrEqual(tile.left);
          expect(top * cell).toBeGreaterThanOrEqual(tile.top);
          expect((left + across) * cell).toBeLessThanOrEqual(tile.left + tile.width);
          expect((top + down) * cell).toBeLessThanOrEqual(tile.top + tile.height);
          for (let y = top; y < top + down; y++) for (let x = left; x < left + across; x++) seen[y * map.width + x]!++;
        }
        expect(seen.every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("overlap by at least what was asked", () => {
    const { tiles } = tilesOf({ width: 500, height: 128 }, 128, 32);
    expect(tiles.map(({ left }) => left)).toEqual([0, 96, 192, 288, 376]);
  });
});
