import { createRng, type Rng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { type BankName, banks } from "./banks.ts";
import { mix, parseColour } from "./colour.ts";
import type { Family, Weight } from "./fonts.ts";
import { drawColours, drawFurtherRelease } from "./furtherReleases.ts";
import { languages } from "./languages/index.ts";
import type { Wash } from "./wash.ts";

/** Fields of a slip that carry data; the names that manifests use. Not every slip has a QR. */
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
  "qr",
] as const;
export type FieldName = (typeof fieldNames)[number];
export type TextFieldName = Exclude<FieldName, "qr">;

/** How one release of an app arranges a slip: a sentence of the layout grammar. */
export interface Layout {
  readonly release: string;
  /** band: brand-coloured bar; gradient: one that turns into the accent; hero: coloured part that holds the amount; plain: logo on the page; centred: logo alone in the middle. */
  readonly header: "band" | "gradient" | "hero" | "plain" | "centred";
  /** Cards of their own, or one paper with a cut edge below. */
  readonly sheet: "cards" | "receipt";
  readonly edge: "zigzag" | "scallop" | "straight";
  /** Parties in cards with avatars, joined by an arrow in one card, or as rows among the others. */
  readonly parties: "cards" | "joined" | "rows";
  readonly avatar: "disc" | "tile";
  /** Label left and value right, the label above the value, or the value straight after the label. */
  readonly rows: "split" | "stacked" | "inline";
  readonly dividers: "none" | "line" | "dashed" | "stripes";
  readonly card: {
    readonly inset: number;
    readonly radius: number;
    readonly border: boolean;
    readonly shadow: boolean;
  };
  readonly mark: "disc" | "ring" | "badge" | "plane" | "none";
  readonly pattern: "none" | "dots" | "diagonals" | "rings" | "watermark";
  /** What runs across the page, and across cards; the benchmark's releases have none. */
  readonly wash: Wash | undefined;
  readonly upperCaseLabels: boolean;
  readonly fonts: {
    readonly text: Family;
    readonly amount: Family;
    readonly heading: Family;
    readonly reference: Family;
  };
  readonly weights: {
    readonly label: Weight;
    readonly value: Weight;
    readonly amount: Weight;
    readonly heading: Weight;
  };
  readonly sizes: { readonly label: number; readonly value: number; readonly amount: number };
  /** Colour of an amount that stands on page or card. */
  readonly amountIn: "text" | "brand";
  /** Between letters, as a share of their size. */
  readonly spacing: { readonly label: number; readonly amount: number; readonly reference: number };
  readonly labels: Readonly<Record<TextFieldName, string>>;
  /** Order of the rows below the parties. */
  readonly order: readonly TextFieldName[];
  readonly noteBubble: boolean;
  readonly title: string;
  readonly buttons: readonly string[];
  readonly qr: { readonly place: "centre" | "beside" | "corner"; readonly logo: boolean; readonly size: number };
  readonly scan: string;
  readonly steps: boolean;
  readonly footer: string | undefined;
  /** Sections from the top down. */
  readonly sections: readonly ("outcome" | "parties" | "rows" | "note" | "qr")[];
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
  readonly accent: string;
  readonly success: string;
}

/** Releases of a bank in the benchmark, drawn in the bank's own colours and fonts; a release looks the same in every dataset. */
export const releasesPerBank = 4;

export function drawLayout(bankName: BankName, release: number): Layout {
  const bank: Bank = banks[bankName];
  const rng = createRng(`slip layout 2/${bankName}/${release}`);
  const language = languages[bank.language];
  const further = release < releasesPerBank ? undefined : drawFurtherRelease(bankName, release);
  const parties = rng.pick(["cards", "cards", "joined", "joined", "rows"] as const);
  const noteBubble = rng.chance(0.3);
  const inRows: TextFieldName[] =
    parties === "rows" ? ["recipient", "recipientAccount", "sender", "senderAccount"] : [];
  const facts = rng
    .shuffle<TextFieldName>(["date", "reference", "fee", "note"])
    .filter((name) => name !== "note" || !noteBubble);
  const middle = rng.shuffle<Layout["sections"][number]>(noteBubble ? ["rows", "note"] : ["rows"]);
  const sections: Layout["sections"][number][] =
    parties === "rows" ? ["outcome", ...middle] : ["outcome", "parties", ...middle];
  // Some releases say who paid whom before they say how much.
  if (parties !== "rows" && rng.chance(0.2)) sections.splice(0, 2, "parties", "outcome");
  const sheet = rng.pick(["cards", "cards", "receipt"] as const);
  const header = rng.pick(["band", "gradient", "hero", "plain", "centred"] as const);
  return {
    release: `${bankName}-${release + 1}`,
    header: header === "hero" && sections[0] !== "outcome" ? "band" : header,
    sheet,
    edge: rng.pick(["zigzag", "scallop", "straight"] as const),
    parties,
    avatar: rng.pick(["disc", "disc", "tile"] as const),
    rows: parties === "rows" ? "split" : rng.pick(["split", "split", "stacked", "inline"] as const),
    dividers: rng.pick(["none", "line", "dashed", "stripes"] as const),
    card: {
      inset: rng.pick([12, 16, 16, 20]),
      radius: rng.pick([0, 6, 10, 14, 20]),
      border: rng.chance(0.35),
      shadow: rng.chance(0.3),
    },
    mark: rng.pick(["disc", "disc", "ring", "badge", "plane", "none"] as const),
    pattern: rng.pick(["none", "none", "dots", "diagonals", "rings", "watermark"] as const),
    upperCaseLabels: !["th", "hi"].includes(bank.language) && rng.chance(0.15),
    wash: further?.wash,
    fonts: further?.fonts ?? drawFonts(bank, rng),
    weights: {
      label: rng.pick([400, 400, 500] as const),
      value: rng.pick([400, 500, 600, 700] as const),
      amount: rng.pick([500, 600, 700, 700] as const),
      heading: rng.pick([600, 700] as const),
    },
    sizes: {
      label: rng.between(11.3, 13),
      value: rng.between(12.6, 14.6),
      amount: rng.between(24, 31),
      ...further?.sizes,
    },
    amountIn: further?.amountIn ?? "text",
    spacing: {
      label: rng.chance(0.25) ? rng.between(0.01, 0.03) : 0,
      amount: rng.chance(0.3) ? rng.between(-0.025, 0.01) : 0,
      reference: rng.chance(0.25) ? rng.between(0.01, 0.05) : 0,
    },
    labels: Object.fromEntries(
      Object.entries(language.labels).map(([name, choices]) => [name, rng.pick(choices)]),
    ) as Record<TextFieldName, string>,
    order: rng.chance(0.5) ? [...inRows, ...facts] : [...facts, ...inRows],
    noteBubble,
    title: rng.pick(language.titles),
    buttons: rng.pick(language.buttons),
    qr: {
      place: rng.pick(["centre", "beside", "beside", "corner"] as const),
      logo: rng.chance(0.25),
      size: rng.between(88, 124),
    },
    scan: rng.pick(language.scan),
    steps: rng.chance(0.3),
    footer: rng.chance(0.5) ? rng.pick(language.footers) : undefined,
    sections: bank.qr === "none" ? sections : [...sections, "qr"],
    rowHeight: rng.pick([30, 33, 36]),
  };
}

/** Most releases keep to the bank's family; others mix a second one in, so that no family tells an edit. */
function drawFonts(bank: Bank, rng: Rng): Layout["fonts"] {
  const second = () => rng.pick(bank.otherFonts);
  const own = bank.font;
  return {
    text: own,
    amount: rng.chance(0.4) ? second() : own,
    heading: rng.chance(0.3) ? second() : own,
    reference: rng.chance(0.25) ? second() : own,
  };
}

export function paletteOf(bankName: BankName, theme: "light" | "dark", release: number): Palette {
  const { brand, onBrand, accent } = release < releasesPerBank ? banks[bankName] : drawColours(bankName, release);
  const rng = createRng(`slip palette/${bankName}/${release}/${theme}`);
  if (theme === "dark") {
    const page = mix(rng.pick(["#0d0f12", "#131417", "#101318", "#000000"]), brand, rng.between(0, 0.08));
    return {
      page,
      card: mix(page, "#ffffff", rng.between(0.06, 0.12)),
      text: rng.pick(["#f2f3f5", "#ffffff", "#e6e8eb"]),
      muted: mix(page, "#ffffff", rng.between(0.52, 0.64)),
      line: mix(page, "#ffffff", 0.16),
      brand: mix(brand, "#ffffff", bankName === "harbour" ? 0.35 : 0.12),
      onBrand: bankName === "harbour" ? "#ffffff" : onBrand,
      accent,
      success: "#4cc38a",
    };
  }
  const page = mix(rng.pick(["#f4f5f7", "#eef1f5", "#f7f6f3", "#ffffff"]), brand, rng.between(0, 0.05));
  return {
    page,
    // A white card upon a page that is almost white would not show.
    card: parseColour(page)[0] + parseColour(page)[2] > 498 ? mix(page, brand, 0.05) : "#ffffff",
    text: rng.pick(["#16181d", "#202124", "#0f1e2e", mix("#101010", brand, 0.25)]),
    muted: rng.pick(["#6b7280", "#7a7f87", "#5f6b7a"]),
    line: mix(page, "#000000", 0.09),
    brand,
    onBrand,
    accent,
    success: rng.pick(["#1c9a5b", "#2e9e44", brand]),
  };
}
