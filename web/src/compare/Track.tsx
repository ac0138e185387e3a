interface TrackProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** What the ends of the track stand for. */
  readonly domain: readonly [from: number, to: number];
  /** A line across, such as at no difference. */
  readonly line?: number;
  readonly isFilled?: boolean;
}

/** A value with its interval on a line; the numbers stand beside it, so it is for eyes alone. */
export function Track({ value, low, high, domain: [from, to], line, isFilled = true }: TrackProps) {
  const at = (x: number) => `${(100 * (Math.min(to, Math.max(from, x)) - from)) / (to - from)}%`;
  return (
    <div className="track" aria-hidden="true">
      {line !== undefined && <span className="track-line" style={{ left: at(line) }} />}
      <span className="track-interval" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className={isFilled ? "track-dot is-filled" : "track-dot"} style={{ left: at(value) }} />
    </div>
  );
}
