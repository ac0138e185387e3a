import { createRng, type Rng } from "../../core/rng.ts";
import { type BankName, banks } from "./banks.ts";
import { mix } from "./colour.ts";

/** Fields of a slip that carry data; the names that manifests use. */
export const fieldNames = [
  "amount",
  "recipient",
  "recipientAccount",
  "sender",
  "senderAccount",
  "date",
  "reference",
  "fee",
  "note",
] as const;
export type FieldName = (typeof fieldNames)[number];

/** How one release of an app arranges a slip: a sentence of the layout grammar. */
export interface Layout {
  readonly release: string;
  /** band: brand-coloured bar; hero: coloured upper part that holds the amount; plain: logo on the page. */
  readonly header: "band" | "hero" | "plain";
  /** Parties in cards with avatars, or as rows among the others. */
  readonly parties: "cards" | "rows";
  /** Label left and value right, or the label above the value. */
  readonly rows: "split" | "stacked";
  readonly dividers: "none" | "line" | "dashed";
  readonly card: { readonly inset: number; readonly radius: number; readonly border: boolean };
  readonly upperCaseLabels: boolean;
  readonly boldValues: boolean;
  readonly labels: Readonly<Record<FieldName, string>>;
  /** Order of the rows below the parties. */
  readonly order: readonly FieldName[];
  readonly title: string;
  readonly buttons: readonly string[];
  /** Height of a row, in dp. */
  readonly rowHeight: number;
}

/** Colours of a release in one theme. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly brand: string;
  readonly onBrand: string;
  readonly success: string;
}

/** Every bank has this many releases; a release looks the same in every dataset. */
export const releasesPerBank = 3;

export function drawLayout(bankName: BankName, release: number): Layout {
  const rng = createRng(`slip layout/${bankName}/${release}`);
  const parties = rng.pick(["cards", "rows"] as const);
  const inRows: FieldName[] = parties === "rows" ? ["recipient", "recipientAccount", "sender", "senderAccount"] : [];
  const facts = rng.shuffle<FieldName>(["date", "reference", "fee", "note"]);
  return {
    release: `${bankName}-${release + 1}`,
    header: rng.pick(["band", "hero", "plain"] as const),
    parties,
    rows: parties === "rows" ? "split" : rng.pick(["split", "split", "stacked"] as const),
    dividers: rng.pick(["none", "line", "dashed"] as const),
    card: { inset: rng.pick([12, 16, 20]), radius: rng.pick([0, 8, 14, 20]), border: rng.chance(0.4) },
    upperCaseLabels: rng.chance(0.2),
    boldValues: rng.chance(0.5),
    labels: drawLabels(rng),
    order: rng.chance(0.5) ? [...inRows, ...facts] : [...facts, ...inRows],
    title: rng.pick(["Transfer successful", "Money sent", "Payment complete", "Transfer completed"]),
    buttons: rng.pick([["Done"], ["Share", "Done"], ["Save slip", "Share"], ["Back to home"]]),
    rowHeight: rng.pick([30, 33, 36]),
  };
}

function drawLabels(rng: Rng): Record<FieldName, string> {
  return {
    amount: rng.pick(["Amount", "Total amount", "You sent"]),
    recipient: rng.pick(["To", "Recipient", "Paid to"]),
    recipientAccount: rng.pick(["Account", "To account", "Account no."]),
    sender: rng.pick(["From", "Sender", "Paid by"]),
    senderAccount: rng.pick(["From account", "Source account", "Debited from"]),
    date: rng.pick(["Date", "Date & time", "Completed"]),
    reference: rng.pick(["Reference", "Ref. no.", "Transaction ID"]),
    fee: rng.pick(["Fee", "Transfer fee", "Charges"]),
    note: rng.pick(["Note", "Message", "Memo"]),
  };
}

export function paletteOf(bankName: BankName, theme: "light" | "dark", release: number): Palette {
  const { brand, onBrand } = banks[bankName];
  const rng = createRng(`slip palette/${bankName}/${release}/${theme}`);
  if (theme === "dark") {
    const page = mix(rng.pick(["#0d0f12", "#131417", "#101318"]), brand, rng.between(0, 0.08));
    return {
      page,
      card: mix(page, "#ffffff", rng.between(0.05, 0.1)),
      text: "#f2f3f5",
      muted: mix(page, "#ffffff", 0.58),
      line: mix(page, "#ffffff", 0.16),
      brand: mix(brand, "#ffffff", bankName === "harbour" ? 0.35 : 0.12),
      onBrand,
      success: "#4cc38a",
    };
  }
  const page = mix(rng.pick(["#f4f5f7", "#eef1f5", "#f7f6f3", "#ffffff"]), brand, rng.between(0, 0.05));
  return {
    page,
    card: page === "#ffffff" ? mix(page, brand, 0.04) : "#ffffff",
    text: rng.pick(["#16181d", "#202124", "#0f1e2e"]),
    muted: rng.pick(["#6b7280", "#7a7f87", "#5f6b7a"]),
    line: mix(page, "#000000", 0.09),
    brand,
    onBrand,
    success: "#1c9a5b",
  };
}
