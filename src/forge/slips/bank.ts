import type { Family } from "./fonts.ts";
import type { LanguageName } from "./languages/index.ts";

/** An invented bank: what its app never changes. Layouts differ by release (layout.ts). */
export interface Bank {
  readonly name: string;
  readonly language: LanguageName;
  /** Brand colour, the colour of text upon it, and a second colour for marks. */
  readonly brand: string;
  readonly onBrand: string;
  readonly accent: string;
  readonly font: Family;
  /** Families that some releases set amounts or headings in. */
  readonly otherFonts: readonly Family[];
  readonly logo:
    | "disc"
    | "shield"
    | "bars"
    | "wave"
    | "hexagon"
    | "leaf"
    | "arch"
    | "peak"
    | "knot"
    | "petals"
    | "letter";
  readonly currency: "THB" | "USD" | "EUR" | "PHP" | "SGD" | "IDR" | "VND" | "INR" | "BRL";
  readonly sign: string;
  readonly currencyPlace: "before" | "after";
  /** Of thousands and decimals; indian: lakhs. */
  readonly numbers: "comma" | "dot" | "indian";
  readonly decimals: 0 | 2;
  readonly dates:
    | "dayMonthName"
    | "iso"
    | "slashes"
    | "monthNameDay"
    | "buddhist"
    | "buddhistShort"
    | "timeFirst"
    | "dayAt"
    | "dashes";
  /** Pattern of the reference: Y M D h m s stand for the booking time, JJJ for the day of the year, # for a digit, @ for a letter. */
  readonly reference: string;
  /** utc: the reference counts time from Greenwich. */
  readonly referenceClock?: "utc";
  /** Pattern of the account number: # digit, x hidden. */
  readonly account: string;
  readonly qr: "thaiSlip" | "vietqr" | "pix" | "paynow" | "qris" | "upi" | "none";
  /** People's names in capitals. */
  readonly capitals?: true;
  /** Hours before or after UTC. */
  readonly utcOffset: number;
  /** Never in training: an app, a font and devices that nothing else has. */
  readonly heldOut?: true;
}

/** What banks that write in Latin letters, and those of Thailand, have in common. */
export const white = "#ffffff";
export const latin = { numbers: "comma", decimals: 2, currencyPlace: "before", onBrand: white } as const;
export const thai = {
  language: "th",
  currency: "THB",
  numbers: "comma",
  decimals: 2,
  qr: "thaiSlip",
  utcOffset: 7,
  onBrand: white,
} as const;
