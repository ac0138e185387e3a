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

const white = "#ffffff";
const latin = { numbers: "comma", decimals: 2, currencyPlace: "before", onBrand: white } as const;
const thai = {
  language: "th",
  currency: "THB",
  numbers: "comma",
  decimals: 2,
  qr: "thaiSlip",
  utcOffset: 7,
  onBrand: white,
} as const;

/** Names are invented; any likeness to a real bank is chance. */
export const banks = {
  amberway: {
    ...latin,
    name: "Amberway",
    language: "en",
    brand: "#c8621a",
    accent: "#f2b441",
    font: "nunitoSans",
    otherFonts: ["montserrat", "nunitoSans"],
    logo: "disc",
    currency: "THB",
    sign: "THB",
    currencyPlace: "after",
    dates: "dayMonthName",
    reference: "YYYYMMDDhhmmss####",
    account: "xxx-x-x####-x",
    qr: "thaiSlip",
    utcOffset: 7,
  },
  northlake: {
    ...latin,
    name: "Northlake Bank",
    language: "en",
    brand: "#1f4e9c",
    accent: "#3fb0e8",
    font: "inter",
    otherFonts: ["publicSans", "robotoMono"],
    logo: "shield",
    currency: "USD",
    sign: "$",
    dates: "monthNameDay",
    reference: "NL-YYMMDD-######",
    account: "•••• ####",
    qr: "none",
    utcOffset: -5,
  },
  verdia: {
    ...latin,
    name: "Verdia",
    language: "en",
    brand: "#14804a",
    accent: "#c7d94b",
    font: "dmSans",
    otherFonts: ["manrope", "workSans"],
    logo: "leaf",
    currency: "EUR",
    sign: "€",
    currencyPlace: "after",
    dates: "slashes",
    reference: "VDYYMMDDhhmm@@###",
    account: "VD## •••• ####",
    qr: "none",
    utcOffset: 1,
  },
  luntian: {
    ...latin,
    name: "Luntian Pay",
    language: "en",
    brand: "#6a2bb8",
    accent: "#ff7bac",
    font: "roboto",
    otherFonts: ["poppins", "roboto"],
    logo: "wave",
    currency: "PHP",
    sign: "PHP",
    dates: "monthNameDay",
    reference: "#### ### YYMMDD",
    account: "09xx xxx ####",
    qr: "none",
    utcOffset: 8,
  },
  harbour: {
    ...latin,
    name: "Harbour & Co",
    language: "en",
    brand: "#0c3340",
    onBrand: "#e9f6f4",
    accent: "#d9a441",
    font: "lato",
    otherFonts: ["workSans", "lexend"],
    logo: "bars",
    currency: "SGD",
    sign: "S$",
    dates: "dayMonthName",
    reference: "HCYYYYMMDD#######",
    account: "###-xxxxx-#",
    qr: "paynow",
    utcOffset: 8,
  },
  merapi: {
    ...latin,
    name: "Merapi Digital",
    language: "en",
    brand: "#c2253b",
    accent: "#ffb03b",
    font: "openSans",
    otherFonts: ["montserrat", "openSans"],
    logo: "hexagon",
    currency: "IDR",
    sign: "Rp",
    decimals: 0,
    dates: "iso",
    reference: "YYYYMMDD/hhmmss/@###",
    account: "xxxxxx####",
    qr: "qris",
    utcOffset: 7,
  },
  saphanthong: {
    ...thai,
    name: "สะพานทอง",
    brand: "#0b7a53",
    accent: "#8fd14f",
    font: "sarabun",
    otherFonts: ["kanit", "inter"],
    logo: "arch",
    sign: "บาท",
    currencyPlace: "after",
    dates: "buddhistShort",
    reference: "01YYJJJhhmmss@@@#####",
    account: "xxx-x-x####-x",
  },
  doithong: {
    ...thai,
    name: "ดอยธง",
    brand: "#4b2e83",
    accent: "#f0c04a",
    font: "kanit",
    otherFonts: ["notoSansThai", "kanit"],
    logo: "peak",
    sign: "฿",
    currencyPlace: "before",
    dates: "buddhist",
    reference: "YYYYMMDD@@@@@@@@@@#####",
    account: "xxx-xxx###-#",
  },
  songlam: {
    name: "Sông Lam Bank",
    language: "vi",
    brand: "#0a5fb4",
    onBrand: white,
    accent: "#22b573",
    font: "beVietnamPro",
    otherFonts: ["lexend", "beVietnamPro"],
    logo: "wave",
    currency: "VND",
    sign: "VND",
    currencyPlace: "after",
    numbers: "dot",
    decimals: 0,
    dates: "timeFirst",
    reference: "FTYYJJJ#########",
    account: "##########",
    qr: "vietqr",
    capitals: true,
    utcOffset: 7,
  },
  gangotri: {
    name: "गंगोत्री बैंक",
    language: "hi",
    brand: "#d2541b",
    onBrand: white,
    accent: "#1f7a8c",
    font: "hind",
    otherFonts: ["poppins", "hind"],
    logo: "petals",
    currency: "INR",
    sign: "₹",
    currencyPlace: "before",
    numbers: "indian",
    decimals: 2,
    dates: "dayMonthName",
    reference: "UTRYYMMDD########",
    account: "XXXXXX####",
    qr: "upi",
    utcOffset: 5.5,
  },
  ipezal: {
    name: "Banco Ipezal",
    language: "pt",
    brand: "#7a1fa2",
    onBrand: white,
    accent: "#f4a300",
    font: "figtree",
    otherFonts: ["manrope", "figtree"],
    logo: "knot",
    currency: "BRL",
    sign: "R$",
    currencyPlace: "before",
    numbers: "dot",
    decimals: 2,
    dates: "dayAt",
    reference: "E########YYYYMMDDhhmm@@@########",
    referenceClock: "utc",
    account: "•••.###.###-••",
    qr: "pix",
    utcOffset: -3,
  },
  nusaraya: {
    name: "Nusa Raya",
    language: "id",
    brand: "#007a8a",
    onBrand: white,
    accent: "#ffcc33",
    font: "plusJakartaSans",
    otherFonts: ["poppins", "plusJakartaSans"],
    logo: "letter",
    currency: "IDR",
    sign: "Rp",
    currencyPlace: "before",
    numbers: "dot",
    decimals: 0,
    dates: "dayMonthName",
    reference: "DDMMYYhhmmss######",
    account: "#### xxxx x###",
    capitals: true,
    qr: "qris",
    utcOffset: 7,
  },
  thonglanna: {
    ...thai,
    name: "ทองล้านนา",
    brand: "#b3132b",
    accent: "#e7b85a",
    font: "ibmPlexSansThai",
    otherFonts: ["prompt", "ibmPlexSansThai"],
    logo: "petals",
    sign: "บาท",
    currencyPlace: "after",
    dates: "buddhist",
    reference: "YYYYMMDDhhmmss###########",
    account: "###-x-xx###-#",
    heldOut: true,
  },
  udaan: {
    name: "उड़ान पे",
    language: "hi",
    brand: "#123a8c",
    onBrand: white,
    accent: "#ff8a3d",
    font: "mukta",
    otherFonts: ["mukta", "notoSansDevanagari"],
    logo: "peak",
    currency: "INR",
    sign: "₹",
    currencyPlace: "before",
    numbers: "indian",
    decimals: 2,
    dates: "dashes",
    reference: "TYYMMDDhhmmss########",
    account: "•••• •••• ####",
    qr: "upi",
    utcOffset: 5.5,
    heldOut: true,
  },
  serrana: {
    name: "Serrana",
    language: "pt",
    brand: "#ef5a24",
    onBrand: white,
    accent: "#2d3e8f",
    font: "sourceSans",
    otherFonts: ["barlow", "sourceSans"],
    logo: "knot",
    currency: "BRL",
    sign: "R$",
    currencyPlace: "before",
    numbers: "dot",
    decimals: 2,
    dates: "slashes",
    reference: "SR####DDMMYYYY@@####",
    account: "Ag. #### C/C ###xx-#",
    capitals: true,
    qr: "pix",
    utcOffset: -3,
    heldOut: true,
  },
  bluefin: {
    ...latin,
    name: "Bluefin",
    language: "en",
    brand: "#0f6fff",
    accent: "#00c2a8",
    font: "rubik",
    otherFonts: ["outfit", "ibmPlexSans"],
    logo: "letter",
    currency: "EUR",
    sign: "EUR",
    dates: "dashes",
    reference: "########-DDMMYY",
    account: "BF## xxxx xxxx ##",
    qr: "none",
    utcOffset: 1,
    heldOut: true,
  },
} as const satisfies Record<string, Bank>;

export type BankName = keyof typeof banks;
export const bankNames = Object.keys(banks) as BankName[];
const isHeldOut = (name: BankName) => (banks[name] as Bank).heldOut === true;
/** Banks of training and of its own tests; and those of which nothing is ever trained on. */
export const seenBanks = bankNames.filter((name) => !isHeldOut(name));
export const heldOutBanks = bankNames.filter(isHeldOut);
