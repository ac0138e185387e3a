import { expect, it } from "vitest";
import golden from "../../test/golden/representations/residual.json" with { type: "json" };
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { residual } from "./residual.ts";

const { width, height, planes } = golden;
const image = async () =>
  codec.decode(await codec.encodePng({ width, height, channels: 3, data: Uint8Array.from(golden.pixels) }));

it("equals SciPy's correlation with the three kernels", async () => {
  const { channels, data } = await residual.compute(await image(), { kernels: "three", clip: 3 });
  expect(channels).toBe(3);
  expect(data.length).toBe(planes.length);
  for (const [i, value] of planes.entries()) expect(Math.abs(data[i]! - value)).toBeLessThan(1e-5);
});

it("gives the 5 x 5 kernel alone", async () => {
  const { channels, data } = await residual.compute(await image(), { kernels: "kv", clip: 3 });
  expect(channels).toBe(1);
  const area = width * height;
  for (let i = 0; i < area; i++) expect(Math.abs(data[i]! - planes[area + i]!)).toBeLessThan(1e-5);
});
