import type { Rng } from "../../core/rng.ts";
import type { Bank } from "./banks.ts";
import type { FieldName } from "./layout.ts";

/** A person's account at a bank. */
export interface Account {
  readonly holder: string;
  readonly number: string;
}

/** The facts of one transfer; they agree with one another. */
export interface TransferRecord {
  readonly sender: Account;
  readonly recipient: Account & { readonly bank: string };
  /** In units of the currency. */
  readonly amount: number;
  readonly fee: number;
  readonly note: string;
  /** Of the transfer, in the bank's local time. */
  readonly time: LocalTime;
  /** Of the screenshot: the clock in the status bar, never before the transfer. */
  readonly captured: LocalTime;
  /** Carries the date of the transfer where the bank's pattern does. */
  readonly reference: string;
}

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function drawAccount(bank: Bank, rng: Rng): Account {
  const holder = `${rng.pick(givenNames)} ${rng.pick(familyNames)}`;
  return { holder, number: fillPattern(bank.account, rng) };
}

/** A transfer from the account at some time in 2026. */
export function drawRecord(bank: Bank, sender: Account, rng: Rng): TransferRecord {
  const firstDay = Date.UTC(2026, 0, 1);
  const seconds =
    rng.integer(300) * 86_400 + Math.floor(86_400 * Math.min(0.98, Math.max(0.26, 0.58 + 0.17 * rng.normal())));
  const time = localTime(firstDay + seconds * 1000);
  // Most people take the screenshot at once, some hours later.
  const delay = rng.chance(0.8) ? rng.integer(90) : rng.integer(6 * 3600);
  const units = Math.exp(rng.between(Math.log(5), Math.log(4000))) * (bank.decimals === 0 ? 10_000 : 1);
  return {
    sender,
    recipient: { ...drawAccount(bank, rng), bank: rng.pick(otherBanks) },
    amount: roundAmount(bank, units, rng.chance(0.5)),
    fee: rng.chance(0.75) ? 0 : bank.decimals === 0 ? 2500 : rng.pick([0.5, 1, 2.5, 10, 15]),
    note: rng.pick(notes),
    time,
    captured: localTime(firstDay + (seconds + delay) * 1000),
    reference: fillPattern(bank.reference, rng, time),
  };
}

/** People send round sums as often as odd ones. */
function roundAmount(bank: Bank, units: number, round: boolean): number {
  if (bank.decimals === 0) return Math.round(units / 500) * 500;
  return round ? Math.max(5, Math.round(units / 5) * 5) : Math.round(units * 100) / 100;
}

/** The record as the slip's fields say it. */
export function valuesOf(bank: Bank, record: TransferRecord): Record<FieldName, string> {
  return {
    amount: showAmount(bank, record.amount),
    recipient: record.recipient.holder,
    recipientAccount: record.recipient.number,
    sender: record.sender.holder,
    senderAccount: record.sender.number,
    date: showDate(bank, record.time),
    reference: record.reference,
    fee: showAmount(bank, record.fee),
    note: record.note,
  };
}

/** `12 Mar 2026, 14:05` in the bank's manner. */
function showDate(bank: Bank, time: LocalTime): string {
  const clock = showClock(time);
  const month = monthNames[time.month - 1]!;
  const twelve = `${time.hour % 12 || 12}:${two(time.minute)} ${time.hour < 12 ? "AM" : "PM"}`;
  switch (bank.dates) {
    case "dayMonthName":
      return `${time.day} ${month} ${time.year}, ${clock}`;
    case "monthNameDay":
      return `${month} ${time.day}, ${time.year} ${twelve}`;
    case "slashes":
      return `${two(time.day)}/${two(time.month)}/${time.year} ${clock}`;
    case "iso":
      return `${time.year}-${two(time.month)}-${two(time.day)} ${clock}:${two(time.second)}`;
  }
}

/** `14:05` */
export function showClock(time: LocalTime): string {
  return `${two(time.hour)}:${two(time.minute)}`;
}

/** `1,250.00 THB` */
function showAmount(bank: Bank, amount: number): string {
  const number = amount.toFixed(bank.decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const sign = { THB: "THB", USD: "$", EUR: "€", PHP: "PHP", SGD: "S$", IDR: "Rp" }[bank.currency];
  if (bank.currencyPlace === "after") return `${number} ${sign}`;
  return sign.endsWith("$") ? `${sign}${number}` : `${sign} ${number}`;
}

/** ISO 8601 with the bank's offset. */
export function isoTime(bank: Bank, time: LocalTime): string {
  const offset = `${bank.utcOffset < 0 ? "-" : "+"}${two(Math.abs(bank.utcOffset))}:00`;
  return `${time.year}-${two(time.month)}-${two(time.day)}T${showClock(time)}:${two(time.second)}${offset}`;
}

function fillPattern(pattern: string, rng: Rng, time?: LocalTime): string {
  let filled = pattern;
  if (time !== undefined) {
    const { year, month, day, hour, minute, second } = time;
    filled = filled
      .replace("YYYY", String(year))
      .replace("YY", two(year % 100))
      .replace("MM", two(month))
      .replace("DD", two(day))
      .replace("hh", two(hour))
      .replace("mm", two(minute))
      .replace("ss", two(second));
  }
  return filled
    .replace(/#/g, () => String(rng.integer(10)))
    .replace(/@/g, () => "ABCDEFGHJKLMNPRTUVWXYZ"[rng.integer(22)]!);
}

function localTime(milliseconds: number): LocalTime {
  const date = new Date(milliseconds);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const two = (n: number) => String(n).padStart(2, "0");
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const givenNames =
  "Anong Somchai Mali Niran Lucia Marco Elena Jonas Priya Arjun Kavya Rohan Minh Linh Thao Duc Maria Jose Carmen Diego Ayu Budi Sari Dewi Grace Daniel Sofia Peter Hannah Victor Nadia Omar Chloe Samuel Irene Felix".split(
    " ",
  );
const familyNames =
  "Srisai Wongsa Chanthara Rossi Moreau Keller Novak Sharma Iyer Mehta Nguyen Pham Tran Santos Reyes Cruz Garcia Wijaya Santoso Lestari Tan Lim Wong Miller Carter Bennett Silva Costa Almeida Haddad Fischer Lindgren".split(
    " ",
  );
const notes =
  "Rent|Lunch|Invoice 2041|Thank you|Groceries|Deposit|School fees|Gift|Car repair|Tickets|Order 8817|Phone bill|Water bill|Loan payment|Transfer|Savings".split(
    "|",
  );
const otherBanks = [
  "Amberway",
  "Northlake Bank",
  "Verdia",
  "Luntian Pay",
  "Harbour & Co",
  "Merapi Digital",
  "Cordia Bank",
  "Bluefin",
];
