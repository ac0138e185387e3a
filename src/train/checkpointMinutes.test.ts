import { expect, it } from "vitest";
import { checkpointMinutes, requireMinutes } from "./checkpointMinutes.ts";

it("takes minutes from 0 on, and says so", () => {
  for (const minutes of [0, 0.5, checkpointMinutes]) expect(() => requireMinutes(minutes)).not.toThrow();
  for (const minutes of [-1, Number.NaN])
    expect(() => requireMinutes(minutes)).toThrow(/from 0 .* not (-1|NaN)\. Leave/);
});
