import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("runs so many tasks at once, in order, and goes on after a failure", async () => {
  const inTurn = createTurns(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const task = (name: number) => async () => {
    started.push(name);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
    if (name === 1) throw new Error("one fails");
    return name;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((name) => inTurn(task(name))));
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
});
