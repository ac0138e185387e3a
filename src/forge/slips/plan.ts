import { UserError } from "../../core/errors.ts";
import { parseRatio } from "../../core/ratio.ts";
import { createRng, type Rng } from "../../core/rng.ts";
import type { Label, Part } from "../../core/sample.ts";
import { type BankName, banks, heldOutBanks } from "./banks.ts";
import { drawDevice, drawSignals } from "./device.ts";
import { releasesPerBank } from "./layout.ts";
import { drawPromo } from "./promo.ts";
import type { RasteriserName } from "./rasterisers/index.ts";
import { drawAccount, drawRecord } from "./record.ts";
import type { SlipContent } from "./slip.ts";
import type { SlipOptions } from "./slipOptions.ts";

/** One picture to be made. */
export interface SlipPlan {
  readonly name: string;
  readonly label: Label;
  /** The account: all its pictures stand in one part of a split. */
  readonly group: string;
  /** The slip before any edit. */
  readonly source: string;
  readonly split: Part;
  /** unseen: its app, and the app's font, stand in no other part than test. */
  readonly scenario: "seen" | "unseen";
  readonly content: SlipContent;
  /** screen: another app on the same phone, genuine always; of the content it takes phone, language, time and program. */
  readonly shows: "slip" | "screen";
  /** Of everything that happens to this picture. */
  readonly rng: Rng;
}

/** All that decides the pictures of a set. */
export interface SlipSet {
  readonly count: number;
  readonly ratio: string;
  readonly seed: number | string;
  readonly engines: readonly RasteriserName[];
  readonly options: Pick<
    SlipOptions,
    "accountSize" | "unseenShare" | "apps" | "releases" | "sources" | "twins" | "otherScreens" | "parts"
  >;
}

/**
 * Who sent what, and which of it is forged. Labels are dealt out last and at random, so that account, app, device,
 * time and name say nothing of the class. A fake's unedited source stands in the set about as often as not (options sources, twins).
 * Errors: bad-options (ratio, count).
 */
export function planSlips({ count, ratio, seed, engines, options }: SlipSet): SlipPlan[] {
  const fakes = countFakes(count, ratio);
  const rng = createRng(`forge slips/${seed}`);
  const labels = rng
    .fork("labels")
    .shuffle<Label>(Array.from({ length: count }, (_, i) => (i < fakes ? "fake" : "real")));
  const accounts = Math.max(2, Math.round(count / options.accountSize));
  const owners = rng.fork("owners").shuffle(Array.from({ length: count }, (_, i) => i % accounts));
  const genuine = new Map<number, number[]>();
  const isUnseen = (owner: number) => rng.fork(`scenario/${owner}`).chance(options.unseenShare);
  const isScreen = (i: number) =>
    labels[i] === "real" && !isUnseen(owners[i]!) && rng.fork(`other screen/${i}`).chance(options.otherScreens);
  for (const [i, label] of labels.entries()) {
    const owner = owners[i]!;
    if (label === "real" && !isScreen(i)) genuine.set(owner, [...(genuine.get(owner) ?? []), i]);
  }
  const digits = Math.max(4, String(count).length);
  return labels.map((label, i) => {
    const owner = owners[i]!;
    const own = rng.fork(`picture/${i}`);
    const originals = genuine.get(owner) ?? [];
    const transfer = label === "fake" && originals.length > 0 && own.chance(options.sources) ? own.pick(originals) : i;
    // A twin lives its original's life to the last save: the edit is all that tells the two apart.
    const life = transfer !== i && own.fork("twin").chance(options.twins) ? rng.fork(`picture/${transfer}`) : own;
    const unseen = isUnseen(owner);
    return {
      name: `slip-${String(i + 1).padStart(digits, "0")}`,
      label,
      group: `account-${String(owner + 1).padStart(digits, "0")}`,
      source: `transfer-${String(transfer + 1).padStart(digits, "0")}`,
      split: unseen ? "test" : partOf(options.parts, rng.fork(`split/${owner}`)),
      scenario: unseen ? "unseen" : "seen",
      content: drawContent(
        unseen ? { apps: heldOutBanks, releases: releasesPerBank } : options,
        unseen,
        engines,
        rng.fork(`account/${owner}`),
        rng.fork(`transfer/${transfer}`),
      ),
      shows: isScreen(i) ? "screen" : "slip",
      rng: life.fork("picture"),
    };
  });
}

/** `1:k` gives one fake for k genuine; at least one of each class. */
export function countFakes(count: number, ratio: string): number {
  const k = parseRatio(ratio);
  if (!Number.isInteger(count) || count < 2)
    throw new UserError("bad-options", `A dataset needs at least 2 pictures, one of each class; count was ${count}.`);
  return Math.min(count - 1, Math.max(1, Math.round(count / (1 + k))));
}

/** The account's bank, release, phone and program that draws its text; the transfer's facts. */
function drawContent(
  { apps, releases }: Pick<SlipOptions, "apps" | "releases">,
  unseen: boolean,
  engines: readonly RasteriserName[],
  account: Rng,
  transfer: Rng,
): SlipContent {
  const bank: BankName = account.pick(apps);
  const release = account.integer(releases);
  const device = drawDevice(account, unseen);
  // Drawn by lot, each program with the same chance, whatever becomes of the account's pictures.
  const rasteriser = account.pick(engines);
  const record = drawRecord(banks[bank], drawAccount(banks[bank], account), transfer);
  const promo = drawPromo(transfer.fork("promo"));
  return { bank, release, device, rasteriser, record, signals: drawSignals(transfer), ...(promo && { promo }) };
}

function partOf({ train, validation, calibration }: SlipOptions["parts"], rng: Rng): Part {
  const u = rng.uniform();
  if (u < train) return "train";
  return u < train + validation ? "validation" : u < train + validation + calibration ? "calibration" : "test";
}
