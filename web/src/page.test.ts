import { expect, it } from "vitest";
import { linkTo, pageOf } from "./page.ts";

it.each([
  ["", { name: "examine" }],
  ["#elsewhere", { name: "examine" }],
  ["#comparex", { name: "examine" }],
  ["#compare", { name: "compare" }],
  ["#compare/", { name: "examine" }],
  ["#compare/slips", { name: "compare", comparison: "slips" }],
  ["#compare/100%", { name: "compare", comparison: "100%" }],
])("%s", (hash, page) => expect(pageOf(hash)).toEqual(page));

it("finds its way back from a link", () => {
  for (const comparison of ["slips", "a / b", "50 % ? #1", "ü"])
    expect(pageOf(linkTo(comparison))).toEqual({ name: "compare", comparison });
});
