import { createRng, type Rng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { type BankName, banks, seenBanks } from "./banks.ts";
import { fromHsl } from "./colour.ts";
import { type Family, families } from "./fonts.ts";
import type { LanguageName } from "./languages/index.ts";
import type { Layout } from "./layout.ts";
import { drawWash } from "./wash.ts";

/**
 * What sets a release that only training has apart from the benchmark's: anything goes but what stands in held-out
 * banks. A detector that knows four looks of each bank takes any other for an edit.
 */
export function drawFurtherRelease(
  bank: BankName,
  release: number,
): Pick<Layout, "wash" | "fonts" | "sizes" | "amountIn"> {
  const rng = (what: string) => createRng(`slip ${what}/${bank}/${release}`);
  return {
    wash: drawWash(rng("wash")),
    fonts: drawFonts(banks[bank], rng("fonts")),
    sizes: drawSizes(rng("sizes")),
    amountIn: rng("amount").chance(0.35) ? "brand" : "text",
  };
}

export function drawColours(bank: BankName, release: number): Pick<Bank, "brand" | "onBrand" | "accent"> {
  const rng = createRng(`slip colours/${bank}/${release}`);
  const hue = rng.between(0, 360);
  return {
    brand: fromHsl(hue, rng.between(0.35, 0.9), rng.between(0.2, 0.42)),
    onBrand: "#ffffff",
    accent: fromHsl(hue + rng.between(20, 200), rng.between(0.5, 0.9), rng.between(0.45, 0.65)),
  };
}

/** Any family of a bank that is seen, if it has the language's letters. */
function drawFonts({ language, font }: Bank, rng: Rng): Layout["fonts"] {
  const subset = subsets[language] ?? "latin-ext";
  const able = seenFamilies.filter((name) => (families[name].subsets as readonly string[]).includes(subset));
  const own = rng.pick(able);
  const second = () => (rng.chance(0.3) ? rng.pick(able) : own);
  return { text: rng.chance(0.2) ? font : own, amount: second(), heading: second(), reference: second() };
}
const subsets: Partial<Record<LanguageName, string>> = { th: "thai", hi: "devanagari", vi: "vietnamese" };
const seenFamilies = [...new Set<Family>(seenBanks.flatMap((name) => [banks[name].font, ...banks[name].otherFonts]))];

function drawSizes(rng: Rng): Layout["sizes"] {
  const value = rng.between(12.6, 17);
  return { label: value * rng.between(0.78, 0.98), value, amount: rng.between(22, 42) };
}
