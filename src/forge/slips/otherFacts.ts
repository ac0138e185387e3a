import type { Rng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { banks } from "./banks.ts";
import type { FieldName } from "./layout.ts";
import { drawAccount, drawRecord, type TransferRecord, valuesOf } from "./record.ts";
import type { SlipContent } from "./slip.ts";

/**
 * The record with another fact in that field: that of another transfer, or, where it is a number and the lot says so,
 * the same number with a digit or two changed, as people who edit little do. Its text always differs.
 */
export function otherFact({ bank: name }: SlipContent, record: TransferRecord, field: FieldName, rng: Rng) {
  const bank = banks[name];
  const small = rng.chance(0.35);
  const before = valuesOf(bank, record)[field];
  for (let attempt = 0; attempt < 50; attempt++) {
    const other = drawRecord(bank, drawAccount(bank, rng), rng);
    const changed = small && attempt < 10 ? nudged(record, field, rng) : undefined;
    const altered = changed ?? withFact(record, field, other);
    if (valuesOf(bank, altered)[field] !== before) return altered;
  }
  return record;
}

/** What the record with another fact says in that field. */
export function textOf({ bank }: Pick<SlipContent, "bank">, record: TransferRecord, field: FieldName): string {
  return valuesOf(banks[bank] as Bank, record)[field];
}

function withFact(record: TransferRecord, field: FieldName, other: TransferRecord): TransferRecord {
  const { sender, recipient } = record;
  switch (field) {
    case "sender":
      return { ...record, sender: { ...sender, holder: other.sender.holder } };
    case "senderAccount":
      return { ...record, sender: { ...sender, number: other.sender.number } };
    case "recipient":
      return { ...record, recipient: { ...recipient, holder: other.recipient.holder } };
    case "recipientAccount":
      return { ...record, recipient: { ...recipient, number: other.recipient.number } };
    case "amount":
      return { ...record, amount: other.amount };
    case "fee":
      return { ...record, fee: other.fee };
    case "note":
      return { ...record, note: other.note };
    case "date":
      return { ...record, time: other.time };
    case "reference":
      return { ...record, reference: other.reference };
    case "qr":
      return { ...record, payload: other.payload };
  }
}

/** One or two digits of a number changed; undefined where the field is no number. */
function nudged(record: TransferRecord, field: FieldName, rng: Rng): TransferRecord | undefined {
  const { sender, recipient, amount, reference } = record;
  if (field === "senderAccount") return { ...record, sender: { ...sender, number: digits(sender.number, rng) } };
  if (field === "recipientAccount")
    return { ...record, recipient: { ...recipient, number: digits(recipient.number, rng) } };
  if (field === "reference") return { ...record, reference: digits(reference, rng) };
  // A digit before it makes the amount ten times as large and more: the change that pays.
  if (field === "amount") return { ...record, amount: amount + 10 ** (1 + Math.floor(Math.log10(amount))) };
  return undefined;
}

function digits(text: string, rng: Rng): string {
  const places = [...text].flatMap((letter, i) => (/\d/.test(letter) ? [i] : []));
  const chosen = new Set(rng.shuffle(places).slice(0, 1 + rng.integer(2)));
  return [...text]
    .map((letter, i) => (chosen.has(i) ? String((Number(letter) + 1 + rng.integer(9)) % 10) : letter))
    .join("");
}
