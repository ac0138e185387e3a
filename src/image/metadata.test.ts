import sharp from "sharp";
import { expect, it } from "vitest";
import golden from "../../test/golden/image/files.json" with { type: "json" };
import { readMetadata } from "./metadata.ts";

const fileOf = (name: string) => {
  const entry = [...golden.jpeg, ...golden.exact].find((candidate) => candidate.name === name);
  return new Uint8Array(Buffer.from(entry!.file, "base64"));
};

it("reads what a file says of itself", () => {
  const metadata = readMetadata(fileOf("exif"));
  expect(metadata).toMatchObject({ software: "Drawn by a script", captureTime: "2024-05-06T07:08:09+02:00" });
  expect(metadata.flags).toMatchObject({
    exif: true,
    xmp: false,
    gps: false,
    editor: false,
    contentCredentials: false,
  });
  expect(metadata.entries).toContainEqual({ group: "exif", name: "Software", value: "Drawn by a script" });
});

it("knows an editor by its name, in any format", async () => {
  const exif = { IFD0: { Software: "GIMP 2.10" } };
  for (const format of ["jpeg", "png", "webp", "avif"] as const) {
    const bytes = await sharp(fileOf("png")).withExif(exif).toFormat(format).toBuffer();
    expect(readMetadata(bytes), format).toMatchObject({ software: "GIMP 2.10", flags: { editor: true } });
  }
});

it("has nothing to say of a bare file, and of what is no picture", () => {
  expect(readMetadata(fileOf("png")).flags.exif).toBe(false);
  expect(readMetadata(new Uint8Array([1, 2, 3])).entries).toEqual([]);
  expect(readMetadata(new Uint8Array())).not.toHaveProperty("software");
});
