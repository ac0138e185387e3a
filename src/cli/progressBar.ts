/** One line on a terminal that is written over; where stderr is no terminal it stays silent. */
export class ProgressBar {
  readonly #shown: boolean;
  #width = 0;

  constructor({ quiet }: { quiet: boolean }) {
    this.#shown = !quiet && process.stderr.isTTY === true;
  }

  /** share 0..1 */
  show(share: number, text: string): void {
    if (!this.#shown) return;
    const cells = 24;
    const full = Math.round(Math.min(1, Math.max(0, share)) * cells);
    const columns = process.stderr.columns ?? 100;
    const line = `${"━".repeat(full)}${"╌".repeat(cells - full)} ${text}`.slice(0, columns - 1);
    process.stderr.write(`\r${line.padEnd(this.#width)}`);
    this.#width = line.length;
  }

  /** Removes the line, so that a note can stand in its place. */
  clear(): void {
    if (!this.#shown || this.#width === 0) return;
    process.stderr.write(`\r${" ".repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

/** 75 -> `1:15`, 3_700 -> `1:01:40` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
