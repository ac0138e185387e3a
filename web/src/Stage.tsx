import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";
import type { Box } from "./regions.ts";
import type { Picture } from "./usePictures.ts";

interface StageProps {
  readonly picture: Picture;
  readonly onUnshowable: () => void;
  /** Laid over the picture, edge to edge. */
  readonly children?: ReactNode;
  readonly isBusy?: boolean;
  /** A place to go to and to show larger. */
  readonly near?: Box;
}

/** Small pictures are enlarged, but not so far that they turn into squares. */
const largestEnlargement = 2.5;

/** Width over height below which a picture is a scroll capture: it keeps a width that can be read, and scrolls. */
const longAspect = 0.3;

/** A place that is shown from near takes at most this share of the stage. */
const nearShare = 0.6;

/** The picture upright on a neutral ground, with whatever a pane lays over it. */
export function Stage({ picture, onUnshowable, children, isBusy = false, near }: StageProps) {
  const [size, setSize] = useState({ width: 3, height: 2, isKnown: false });
  const stage = useRef<HTMLElement>(null);
  const [nearWidth, setNearWidth] = useState<number>();
  const { left, top, width, height } = near ?? {};

  useEffect(() => {
    const element = stage.current;
    const shown = element?.querySelector<HTMLElement>(".stage-picture");
    if (!element || !shown || !size.isKnown || left === undefined) return setNearWidth(undefined);
    const fitting = Math.min(
      (nearShare * element.clientWidth) / width!,
      (nearShare * element.clientHeight) / height! / (size.height / size.width),
    );
    setNearWidth(Math.max(element.clientWidth * 0.6, Math.min(largestEnlargement * size.width, fitting)));
  }, [left, width, height, size]);

  useEffect(() => {
    const element = stage.current;
    const shown = element?.querySelector<HTMLElement>(".stage-picture");
    if (!element || !shown || nearWidth === undefined || left === undefined) return;
    element.scrollTo({
      left: shown.offsetLeft + (left + width! / 2) * shown.offsetWidth - element.clientWidth / 2,
      top: shown.offsetTop + (top! + height! / 2) * shown.offsetHeight - element.clientHeight / 2,
    });
  }, [nearWidth, left, top, width, height]);

  const aspect = size.width / size.height;
  const isLong = aspect < longAspect;
  const scrolls = isLong || nearWidth !== undefined;
  const box = {
    "--aspect": aspect,
    "--widest": `${size.width * largestEnlargement}px`,
    ...(nearWidth !== undefined && { width: `${nearWidth}px` }),
    visibility: size.isKnown ? "visible" : "hidden",
  } as CSSProperties;
  return (
    <section
      ref={stage}
      className={`stage${isLong ? " is-long" : ""}${nearWidth !== undefined ? " is-near" : ""}`}
      aria-busy={isBusy}
      aria-label="The picture"
      {...(scrolls && { tabIndex: 0 })}
    >
      <div className="stage-picture" style={box}>
        <img
          src={picture.url}
          alt={picture.file.name}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize({ width: naturalWidth, height: naturalHeight, isKnown: true })
          }
          onError={onUnshowable}
        />
        {size.isKnown && children}
      </div>
    </section>
  );
}
