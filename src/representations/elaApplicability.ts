import type { DecodedImage } from "../image/codec.ts";
import { jpegGridVotes } from "./jpegGrid.ts";
import type { Applicability } from "./representation.ts";

/** A picture must hold a few 8 x 8 blocks before their error levels can be compared. */
const smallestSide = 32;
/** libjpeg's limit. */
const longestSide = 65_500;
/** Estimated quality of the file below that of the extra save by more than this: the save has nothing left to take away. */
const qualityGap = 30;

/**
 * ELA asks how far each place is from settling under JPEG. That question has an answer only for a picture that went
 * through JPEG before, on the grid that it still has, and not too harshly.
 */
export function elaApplicability(
  { format, pixels, jpeg }: DecodedImage,
  { quality }: { quality: number },
): Applicability {
  const { width, height } = pixels;
  if (Math.min(width, height) < smallestSide)
    return no(
      `The picture is ${width} x ${height} pixels: ELA compares 8 x 8 blocks and needs at least ${smallestSide} pixels a side.`,
    );
  if (Math.max(width, height) > longestSide)
    return no(
      `The picture is ${width} x ${height} pixels: JPEG, which ELA saves to, holds at most ${longestSide} a side.`,
    );
  if (jpeg?.quality !== undefined && jpeg.quality < quality - qualityGap)
    return no(
      `The file was saved at JPEG quality ${jpeg.quality}, far below the ${quality} of the extra save, which hardly changes it: what ELA shows is rounding. Set the quality near ${jpeg.quality}.`,
    );
  if (format !== "jpeg" && !jpegGridVotes(pixels).isGrid)
    return no(
      `The picture is ${format.toUpperCase()} and shows no 8 x 8 grid of an earlier JPEG save: ELA would show edges and texture, not an edit.`,
    );
  return { applies: true };
}

const no = (because: string): Applicability => ({ applies: false, because });
