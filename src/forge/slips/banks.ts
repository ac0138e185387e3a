import type { Family } from "./fonts.ts";

/** An invented bank: what its app never changes. Layouts differ by release (layout.ts). */
export interface Bank {
  readonly name: string;
  /** Brand colour and the colour of text upon it. */
  readonly brand: string;
  readonly onBrand: string;
  readonly font: Family;
  readonly logo: "disc" | "shield" | "bars" | "wave" | "hexagon" | "leaf";
  readonly currency: "THB" | "USD" | "EUR" | "PHP" | "SGD" | "IDR";
  readonly currencyPlace: "before" | "after";
  readonly decimals: 0 | 2;
  readonly dates: "dayMonthName" | "iso" | "slashes" | "monthNameDay";
  /** Pattern of the reference: Y M D h m s stand for the time, # for a digit, @ for a letter. */
  readonly reference: string;
  /** Pattern of the account number: # digit, x hidden. */
  readonly account: string;
  /** Hours before or after UTC. */
  readonly utcOffset: number;
}

/** Names are invented; any likeness to a real bank is chance. */
export const banks = {
  amberway: {
    name: "Amberway",
    brand: "#c8621a",
    onBrand: "#ffffff",
    font: "nunitoSans",
    logo: "disc",
    currency: "THB",
    currencyPlace: "after",
    decimals: 2,
    dates: "dayMonthName",
    reference: "YYYYMMDDhhmmss####",
    account: "xxx-x-x####-x",
    utcOffset: 7,
  },
  northlake: {
    name: "Northlake Bank",
    brand: "#1f4e9c",
    onBrand: "#ffffff",
    font: "inter",
    logo: "shield",
    currency: "USD",
    currencyPlace: "before",
    decimals: 2,
    dates: "monthNameDay",
    reference: "NL-YYMMDD-######",
    account: "•••• ####",
    utcOffset: -5,
  },
  verdia: {
    name: "Verdia",
    brand: "#14804a",
    onBrand: "#ffffff",
    font: "dmSans",
    logo: "leaf",
    currency: "EUR",
    currencyPlace: "after",
    decimals: 2,
    dates: "slashes",
    reference: "VDYYMMDDhhmm@@###",
    account: "VD## •••• ####",
    utcOffset: 1,
  },
  luntian: {
    name: "Luntian Pay",
    brand: "#6a2bb8",
    onBrand: "#ffffff",
    font: "roboto",
    logo: "wave",
    currency: "PHP",
    currencyPlace: "before",
    decimals: 2,
    dates: "monthNameDay",
    reference: "#### ### YYMMDD",
    account: "09xx xxx ####",
    utcOffset: 8,
  },
  harbour: {
    name: "Harbour & Co",
    brand: "#0c3340",
    onBrand: "#e9f6f4",
    font: "lato",
    logo: "bars",
    currency: "SGD",
    currencyPlace: "before",
    decimals: 2,
    dates: "dayMonthName",
    reference: "HCYYYYMMDD#######",
    account: "###-xxxxx-#",
    utcOffset: 8,
  },
  merapi: {
    name: "Merapi Digital",
    brand: "#c2253b",
    onBrand: "#ffffff",
    font: "openSans",
    logo: "hexagon",
    currency: "IDR",
    currencyPlace: "before",
    decimals: 0,
    dates: "iso",
    reference: "YYYYMMDD/hhmmss/@###",
    account: "xxxxxx####",
    utcOffset: 7,
  },
} as const satisfies Record<string, Bank>;

export type BankName = keyof typeof banks;
export const bankNames = Object.keys(banks) as BankName[];
