import type { Rng } from "../../core/rng.ts";

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Fills `#` with digits, `@` with letters and, where a time is given, YYYY, YY, MM, DD, JJJ (day of the year), hh, mm, ss. */
export function fillPattern(pattern: string, rng: Rng, time?: LocalTime): string {
  return pattern.replace(time === undefined ? /[#@]/g : tokens, (token) => {
    if (token === "#") return String(rng.integer(10));
    if (token === "@") return "ABCDEFGHJKLMNPRTUVWXYZ"[rng.integer(22)]!;
    return showToken(token, time!);
  });
}

/** The parts of the time that a text of the pattern carries; undefined where it is none. */
export function readPattern(pattern: string, text: string): Partial<LocalTime> | undefined {
  const found: string[] = [];
  const expression = pattern.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(tokens, (token) => {
    if (token === "#") return "\\d";
    if (token === "@") return "[A-Z]";
    found.push(token);
    return `(\\d{${token.length}})`;
  });
  const match = new RegExp(`^${expression}$`).exec(text);
  if (match === null) return undefined;
  const value = (token: string) => (found.includes(token) ? Number(match[1 + found.indexOf(token)]) : undefined);
  const year = value("YYYY") ?? (value("YY") === undefined ? undefined : 2000 + value("YY")!);
  const dayOfYear = value("JJJ");
  const byDay = dayOfYear === undefined || year === undefined ? undefined : new Date(Date.UTC(year, 0, dayOfYear));
  const parts = {
    year,
    month: byDay ? byDay.getUTCMonth() + 1 : value("MM"),
    day: byDay ? byDay.getUTCDate() : value("DD"),
    hour: value("hh"),
    minute: value("mm"),
    second: value("ss"),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

const tokens = /YYYY|YY|MM|DD|JJJ|hh|mm|ss|#|@/g;

function showToken(token: string, time: LocalTime): string {
  const dayOfYear = (Date.UTC(time.year, time.month - 1, time.day) - Date.UTC(time.year, 0, 0)) / 86_400_000;
  switch (token) {
    case "YYYY":
      return String(time.year);
    case "YY":
      return two(time.year % 100);
    case "MM":
      return two(time.month);
    case "DD":
      return two(time.day);
    case "JJJ":
      return String(dayOfYear).padStart(3, "0");
    case "hh":
      return two(time.hour);
    case "mm":
      return two(time.minute);
    default:
      return two(time.second);
  }
}

/** The time so many seconds later. */
export function shifted(time: LocalTime, seconds: number): LocalTime {
  const date = new Date(stamp(time) + 1000 * seconds);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** Milliseconds, as if the time were Greenwich's: to compare times of one clock. */
export function stamp({ year, month, day, hour, minute, second }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export const two = (n: number) => String(n).padStart(2, "0");
