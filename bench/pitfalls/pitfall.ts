import type { Workplace } from "./workplace.ts";

/** A classic mistake, made on purpose. To add one: a file, a line in table.ts, a section in docs/pitfalls.md. */
export interface Pitfall {
  /** Heading of its section in docs/pitfalls.md. */
  readonly title: string;
  /** Of pictures that it draws: whose vectors it is given is all the same. */
  readonly ownPictures?: true;
  /** Makes the mistake and avoids it, on the same pictures; the figure that shows it best stands first. */
  show(workplace: Workplace): Promise<readonly Figure[]>;
}

/** What the mistake says beside what is so. */
export interface Figure {
  readonly name: string;
  readonly wrong: number;
  readonly right: number;
  /** Than the right one: which way the mistake misleads. */
  readonly wrongIs: "higher" | "lower";
}

export function higher(name: string, wrong: number, right: number): Figure {
  return { name, wrong, right, wrongIs: "higher" };
}

export function lower(name: string, wrong: number, right: number): Figure {
  return { name, wrong, right, wrongIs: "lower" };
}
