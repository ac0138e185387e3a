import { expect, it } from "vitest";
import { Graph } from "./graph.ts";
import { createSession, nothingCopied } from "./session.ts";

/** y = x + x for a matrix of 2 x 3, marked or not. */
async function open(sequence?: string) {
  const g = new Graph();
  const x = g.input("x", [2, 3]);
  g.output(g.node("Add", [x, x], { shape: [2, 3] }), "y");
  return createSession(g.toModel(sequence === undefined ? {} : { sequence }), { threads: 1 });
}
const x = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const empty = () => ({ shape: [2, 3], data: new Float32Array(6) });

it.each([undefined, nothingCopied])("writes into the very arrays that it is given (first output: %s)", async (mark) => {
  const session = await open(mark);
  const y = empty();
  for (let run = 0; run < 2; run++) {
    y.data.fill(0);
    await session.run({ x }, { y });
    expect([...y.data]).toEqual([2, 4, 6, 8, 10, 12]);
  }
  await session.release();
});

it("still tells a mistake where nothing is copied", async () => {
  const session = await open(nothingCopied);
  const y = empty();
  const wide = { shape: [3, 3], data: new Float32Array(9) };
  await expect(session.run({ x: wide }, { y })).rejects.toThrow(/invalid dimensions/i);
  await expect(session.run({}, { y })).rejects.toThrow(/x/);
  expect([...y.data]).toEqual([0, 0, 0, 0, 0, 0]);
  await session.release();
});
