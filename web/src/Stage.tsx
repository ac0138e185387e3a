import type { ReactNode } from "react";
import type { Picture } from "./usePictures.ts";

interface StageProps {
  readonly picture: Picture;
  readonly onUnshowable: () => void;
  /** Laid over the picture, edge to edge. */
  readonly children?: ReactNode;
  readonly isBusy?: boolean;
}

/** The picture upright on a neutral ground, with whatever a pane lays over it. */
export function Stage({ picture, onUnshowable, children, isBusy = false }: StageProps) {
  return (
    <div className="stage" aria-busy={isBusy}>
      <div className="stage-picture">
        <img src={picture.url} alt={picture.file.name} onError={onUnshowable} />
        {children}
      </div>
    </div>
  );
}
