/** A picture cut into the cells of a network's map: what the network says of each, and what is true of its pixels. */
export interface Cells {
  /** That the cell was edited, 0..1   // [cells] */
  readonly score: Float32Array;
  /** Pixels of the cell that the mask calls edited   // [cells] */
  readonly edited: Float32Array;
  /** Pixels of the cell; fewer at the right and lower edges   // [cells] */
  readonly pixels: Float32Array;
}

/**
 * Levels of a score: even steps of a twelfth in its logit, because networks say most of what they know far below .5.
 * Level k begins at sigmoid((k - 128) / 12); the first holds everything below 2e-5, the last everything above 1 - 3e-5.
 */
export const scoreLevels = 256;
const stepsPerLogit = 12;

/** Where a level begins: 0..1, and 0 for the first. */
export function levelStart(level: number): number {
  return level <= 0 ? 0 : 1 / (1 + Math.exp((scoreLevels / 2 - level) / stepsPerLogit));
}

/** The level that a score lies in. */
function levelOf(score: number): number {
  if (!(score > 0)) return 0;
  if (score >= 1) return scoreLevels - 1;
  const logit = Math.log(score) - Math.log1p(-score);
  return Math.min(scoreLevels - 1, Math.max(0, Math.floor(stepsPerLogit * logit + scoreLevels / 2 + 1e-9)));
}

/**
 * How many pixels of a picture have which score, edited and untouched apart: all that the metrics below read, and
 * small. At a threshold where a level begins, the figures are exactly those of the whole map laid over the picture
 * cell by cell (nearest neighbour).
 */
export interface PixelCounts {
  /** edited[k]: edited pixels whose score lies in level k   // [256] */
  readonly edited: Float64Array;
  readonly untouched: Float64Array; // [256]
}

export function countPixels({ score, edited, pixels }: Cells): PixelCounts {
  const counts = { edited: new Float64Array(scoreLevels), untouched: new Float64Array(scoreLevels) };
  for (let i = 0; i < score.length; i++) {
    const level = levelOf(score[i]!);
    counts.edited[level]! += edited[i]!;
    counts.untouched[level]! += pixels[i]! - edited[i]!;
  }
  return counts;
}

/** A score that knows nothing: exp(-(dx^2 + dy^2) / 2), dx and dy from the middle in units of a quarter of the width and of the height. */
export function centrePriorAt(x: number, y: number, { width, height }: { width: number; height: number }): number {
  const dx = (x - width / 2) / (centreSigma * width);
  const dy = (y - height / 2) / (centreSigma * height);
  return Math.exp(-(dx * dx + dy * dy) / 2);
}

/** Of the centre prior, as a share of the picture's width and of its height. */
export const centreSigma = 0.25;

/** Pixels at or above each level, from the highest: edited ones (tp) and untouched ones (fp). */
function eachLevel({ edited, untouched }: PixelCounts, visit: (tp: number, fp: number, level: number) => void): void {
  let [tp, fp] = [0, 0];
  for (let level = scoreLevels - 1; level >= 0; level--) {
    tp += edited[level]!;
    fp += untouched[level]!;
    visit(tp, fp, level);
  }
}

export const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);

/** 2 tp / (2 tp + fp + fn) at the beginning of every level, from the lowest; 0 where nothing was found   // [256] */
export function f1Curve(counts: PixelCounts): Float64Array {
  const curve = new Float64Array(scoreLevels);
  const all = total(counts.edited);
  // 2 tp + fp + fn = tp + fp + edited
  eachLevel(counts, (tp, fp, level) => {
    curve[level] = tp === 0 ? 0 : (2 * tp) / (tp + fp + all);
  });
  return curve;
}

/** The four figures of one picture; pixels are called edited where score >= threshold. */
export interface PixelFigures {
  readonly pixelF1: number;
  /** At the threshold that suits this very picture best: what the map could give, not what it gives. */
  readonly bestPixelF1: number;
  /** tp / (tp + fp + fn) */
  readonly iou: number;
  /** Absent where every pixel is edited: then there is nothing to tell them from. */
  readonly pixelAuc?: number;
}

/** Throws RangeError where no pixel is edited, for which none of these is defined. */
export function measurePixels(counts: PixelCounts, threshold: number): PixelFigures {
  const [edited, untouched] = [total(counts.edited), total(counts.untouched)];
  if (edited === 0) throw new RangeError("Localisation is measured on pictures with edited pixels.");
  const curve = f1Curve(counts);
  const pixelF1 = curve[firstLevelFrom(threshold)] ?? 0;
  let area = 0;
  let [lastTp, lastFp] = [0, 0];
  eachLevel(counts, (tp, fp) => {
    area += ((fp - lastFp) * (tp + lastTp)) / 2;
    [lastTp, lastFp] = [tp, fp];
  });
  return {
    pixelF1,
    bestPixelF1: curve.reduce((best, f1) => Math.max(best, f1), 0),
    iou: pixelF1 / (2 - pixelF1),
    ...(untouched === 0 ? {} : { pixelAuc: area / (edited * untouched) }),
  };
}

/** The lowest level that begins at or above the threshold; 256, which is none, above them all. */
export function firstLevelFrom(threshold: number): number {
  const below = threshold >= 1 ? scoreLevels : levelOf(threshold);
  return levelStart(below) >= threshold - 1e-12 ? below : below + 1;
}
