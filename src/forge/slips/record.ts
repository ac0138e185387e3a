import type { Rng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { parseEmv } from "./emv.ts";
import { languages } from "./languages/index.ts";
import type { FieldName } from "./layout.ts";
import { bareReference, payloadOf } from "./payload.ts";
import { fillPattern, type LocalTime, readPattern, shifted, stamp, two } from "./reference.ts";

export type { LocalTime } from "./reference.ts";

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
  /** When the bank books it: the next day where it closes its books before midnight, or in another time zone. */
  readonly booked: LocalTime;
  /** Of the screenshot: the clock in the status bar, never before the transfer. */
  readonly captured: LocalTime;
  /** Carries the date of booking where the bank's pattern does. */
  readonly reference: string;
  /** Text of the mini-QR, which carries the reference; "" where the bank shows none. */
  readonly payload: string;
}

export function drawAccount(bank: Bank, rng: Rng): Account {
  const { givenNames, familyNames, nameOrder } = languages[bank.language];
  const [given, family] = [rng.pick(givenNames), rng.pick(familyNames)];
  const full = nameOrder === "givenFirst" ? `${given} ${family}` : `${family} ${given}`;
  return { holder: bank.capitals ? full.toLocaleUpperCase() : full, number: fillPattern(bank.account, rng) };
}

/** A transfer from the account at some time in 2026. */
export function drawRecord(bank: Bank, sender: Account, rng: Rng): TransferRecord {
  const { notes, otherBanks } = languages[bank.language];
  const seconds =
    rng.integer(300) * 86_400 + Math.floor(86_400 * Math.min(0.99, Math.max(0.2, 0.58 + 0.2 * rng.normal())));
  const time = shifted(firstSecond, seconds);
  const units = Math.exp(rng.between(Math.log(5), Math.log(4000))) * (usualSums[bank.currency] ?? 1);
  const amount = roundAmount(bank, units, rng.chance(0.5));
  const recipient = { ...drawAccount(bank, rng), bank: rng.pick(otherBanks) };
  const fee = rng.chance(0.75) ? 0 : bank.decimals === 0 ? 2500 : rng.pick([0.5, 1, 2.5, 10, 15]);
  const note = rng.pick(notes);
  const late = time.hour === 23 && bank.referenceClock === undefined && rng.chance(0.5);
  const booked = shifted(time, bank.referenceClock === "utc" ? -3600 * bank.utcOffset : late ? 3600 : 0);
  const reference = fillPattern(bank.reference, rng, booked);
  const payload = payloadOf(bank, { reference, amount, account: recipient.number });
  const captured = shifted(time, drawDelay(rng));
  return { sender, recipient, amount, fee, note, time, booked, captured, reference, payload };
}

/** Seconds until the screenshot: most people take it at once, some hours and a few days later. */
function drawDelay(rng: Rng): number {
  const u = rng.uniform();
  return u < 0.8
    ? rng.integer(90)
    : u < 0.93
      ? rng.integer(6 * 3600)
      : 86_400 * (1 + rng.integer(3)) - rng.integer(40_000);
}

/** People send round sums as often as odd ones. */
function roundAmount(bank: Bank, units: number, round: boolean): number {
  if (bank.decimals === 0) return Math.max(500, Math.round(units / 500) * 500);
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
    qr: record.payload,
  };
}

/** What of a genuine record can be checked without its pixels. */
export function coherence(bank: Bank, record: TransferRecord) {
  const { time, booked, captured, reference, payload } = record;
  const { crcRight } = (bank.qr === "upi" ? undefined : parseEmv(payload)) ?? { crcRight: undefined };
  return {
    clockNotBeforeTransfer: stamp(captured) >= stamp(time),
    /** Every part of the time that the reference carries is that of booking. */
    referenceAgrees: Object.entries(readPattern(bank.reference, reference) ?? { unreadable: 1 }).every(
      ([part, value]) => value === booked[part as keyof LocalTime],
    ),
    /** Days from the transfer to its booking: 0, or 1 about midnight. */
    bookedDaysLater: Math.round(
      (Date.UTC(booked.year, booked.month - 1, booked.day) - Date.UTC(time.year, time.month - 1, time.day)) /
        86_400_000,
    ),
    payloadCarriesReference: payload === "" ? undefined : payload.includes(bareReference(reference)),
    crcRight,
  };
}

/** `12 Mar 2026, 14:05` in the bank's manner. */
function showDate(bank: Bank, time: LocalTime): string {
  const clock = showClock(time);
  const { year, day } = time;
  const month = languages[bank.language].months[time.month - 1]!;
  const twelve = `${time.hour % 12 || 12}:${two(time.minute)} ${time.hour < 12 ? "AM" : "PM"}`;
  const slashes = `${two(day)}/${two(time.month)}/${year}`;
  switch (bank.dates) {
    case "dayMonthName":
      return `${day} ${month} ${year}, ${clock}`;
    case "monthNameDay":
      return `${month} ${day}, ${year} ${twelve}`;
    case "slashes":
      return `${slashes} ${clock}`;
    case "dashes":
      return `${slashes.replaceAll("/", "-")} ${clock}:${two(time.second)}`;
    case "timeFirst":
      return `${clock} ${slashes}`;
    case "dayAt":
      return `${day} ${month} ${year}, ${clock.replace(":", "h")}`;
    case "buddhist":
      return `${day} ${month} ${year + 543} ${clock} น.`;
    case "buddhistShort":
      return `${day} ${month} ${two((year + 543) % 100)} - ${clock}`;
    case "iso":
      return `${year}-${two(time.month)}-${two(day)} ${clock}:${two(time.second)}`;
  }
}

/** `14:05` */
export function showClock(time: LocalTime): string {
  return `${two(time.hour)}:${two(time.minute)}`;
}

/** `1,250.00 THB` */
export function showAmount(bank: Bank, amount: number): string {
  const [whole, cents] = amount.toFixed(bank.decimals).split(".") as [string, string?];
  const [group, point] = bank.numbers === "dot" ? [".", ","] : [",", "."];
  const places = bank.numbers === "indian" ? /\B(?=(\d{2})*\d{3}$)/g : /\B(?=(\d{3})+$)/g;
  const number = whole.replace(places, group) + (cents === undefined ? "" : point + cents);
  if (bank.currencyPlace === "after") return `${number} ${bank.sign}`;
  return /[$₹฿]$/.test(bank.sign) && bank.sign !== "R$" ? `${bank.sign}${number}` : `${bank.sign} ${number}`;
}

/** ISO 8601 with the bank's offset. */
export function isoTime(bank: Bank, time: LocalTime): string {
  const minutes = Math.abs(bank.utcOffset) * 60;
  const offset = `${bank.utcOffset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${time.year}-${two(time.month)}-${two(time.day)}T${showClock(time)}:${two(time.second)}${offset}`;
}

/** How much more of a currency people send at once than of dollars, roughly. */
const usualSums: Partial<Record<Bank["currency"], number>> = {
  THB: 12,
  INR: 20,
  PHP: 15,
  BRL: 3,
  IDR: 6000,
  VND: 10_000,
};
const firstSecond: LocalTime = { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
