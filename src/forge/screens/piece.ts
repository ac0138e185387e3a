import type { Pen } from "./pen.ts";

/** A part of a screen between two heights, in dp; returns where it ended. What does not fit is left out. */
export type Piece = (pen: Pen, top: number, bottom: number) => number;
