/** Sets that only ever grow together (Galler and Fisher, 1964), over 0..n - 1. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(n: number) {
    this.#parent = Int32Array.from({ length: n }, (_, i) => i);
  }

  /** The smallest member of the set that holds i. */
  find(i: number): number {
    let root = i;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = i; at !== root; ) [this.#parent[at], at] = [root, this.#parent[at]!];
    return root;
  }

  join(a: number, b: number): void {
    const [p, q] = [this.find(a), this.find(b)];
    this.#parent[Math.max(p, q)] = Math.min(p, q);
  }
}
