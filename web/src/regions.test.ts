import { describe, expect, it } from "vitest";
import { orient } from "../../src/image/orientation.ts";
import { regionName, shownBox } from "./regions.ts";

describe("regions on the page", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("lie where the turned picture shows them, orientation %i", (orientation) => {
    const [width, height] = [4, 6];
    const data = new Uint8Array(width * height * 3);
    data.fill(255, 3 * (5 * width + 3), 3 * (5 * width + 4));
    const upright = orient({ width, height, channels: 3, data }, orientation);
    const at = upright.data.indexOf(255) / 3;
    const picture = { format: "png", width, height, orientation, bytes: 1 };
    const box = shownBox({ x: 3, y: 5, width: 1, height: 1, score: 1 }, picture);
    expect(box.left * upright.width).toBeCloseTo(at % upright.width);
    expect(box.top * upright.height).toBeCloseTo(Math.floor(at / upright.width));
    expect(box.width * upright.width).toBeCloseTo(1);
    expect(box.height * upright.height).toBeCloseTo(1);
  });

  it("have names that people say", () => {
    const box = { x: 0, y: 0, width: 1, height: 1, score: 1 };
    expect([{}, { field: "senderAccount" }, { field: "qr" }].map((more) => regionName({ ...box, ...more }))).toEqual([
      "Place",
      "Sender account",
      "QR code",
    ]);
  });
});
