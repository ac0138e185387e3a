import { expect, it } from "vitest";
import golden from "../../../test/golden/image/files.json" with { type: "json" };
import { readJpegHeader } from "./header.ts";

const bytesOf = (name: string) => {
  const entry = golden.jpeg.find((candidate) => candidate.name === name);
  return new Uint8Array(Buffer.from(entry!.file, "base64"));
};

it.each(golden.jpeg)("reads $name as Pillow does", ({ file, quality, tables, sampling }) => {
  const header = readJpegHeader(new Uint8Array(Buffer.from(file, "base64")));
  expect(header).toMatchObject({ width: 24, height: 18, precision: 8, complete: true, trailingBytes: 0, tables });
  expect(header?.components.map(({ h, v }) => [h, v])).toEqual(sampling);
  if (quality === null) return;
  expect(header).toMatchObject({ quality, standardTables: true });
});

it("names what it finds", () => {
  expect(readJpegHeader(bytesOf("q75"))).toMatchObject({
    subsampling: "4:2:0",
    progressive: false,
    applications: ["JFIF"],
  });
  expect(readJpegHeader(bytesOf("4:4:4"))?.subsampling).toBe("4:4:4");
  expect(readJpegHeader(bytesOf("4:2:2"))?.subsampling).toBe("4:2:2");
  expect(readJpegHeader(bytesOf("grey"))?.subsampling).toBe("grey");
  expect(readJpegHeader(bytesOf("progressive"))?.progressive).toBe(true);
  expect(readJpegHeader(bytesOf("exif"))?.applications).toContain("Exif");
  expect(readJpegHeader(bytesOf("icc"))?.applications).toContain("ICC");
  expect(readJpegHeader(bytesOf("comment"))?.comments).toEqual(["drawn"]);
  expect(readJpegHeader(bytesOf("own tables"))).toMatchObject({ standardTables: false });
});

it("tells a file that was cut short from one with something appended", () => {
  const whole = bytesOf("q90");
  expect(readJpegHeader(whole.subarray(0, whole.length - 40))).toMatchObject({ complete: false, trailingBytes: 0 });
  expect(readJpegHeader(new Uint8Array([...whole, 1, 2, 3]))).toMatchObject({ complete: true, trailingBytes: 3 });
});

it("has no answer for what is no JPEG, or ends before its frame", () => {
  expect(readJpegHeader(new Uint8Array())).toBeUndefined();
  expect(readJpegHeader(new TextEncoder().encode("hello"))).toBeUndefined();
  expect(readJpegHeader(bytesOf("q90").subarray(0, 100))).toBeUndefined();
});
