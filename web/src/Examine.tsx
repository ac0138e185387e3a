import { useState } from "react";
import type { ModelAnswer } from "../../src/server/answers.ts";
import { Filmstrip } from "./Filmstrip.tsx";
import { LimitsCard } from "./LimitsCard.tsx";
import { useIncomingFiles } from "./useIncomingFiles.ts";
import { usePictures } from "./usePictures.ts";
import { VerdictCard } from "./VerdictCard.tsx";
import { Viewer } from "./Viewer.tsx";
import { Welcome } from "./Welcome.tsx";
import { percent, verdictWords } from "./words.ts";

interface ExamineProps {
  readonly model: ModelAnswer | undefined;
  /** Hidden, it keeps its pictures, and files that are dropped are another's. */
  readonly isShown: boolean;
}

/** The table where pictures are examined. */
export function Examine({ model, isShown }: ExamineProps) {
  const { pictures, selected, add, clear, select, showPreview } = usePictures(model);
  const [place, setPlace] = useState<{ picture: number; region: number }>();
  const focus = place?.picture === selected?.id ? place?.region : undefined;
  const onFocus = (region: number | undefined) =>
    setPlace(region === undefined || selected === undefined ? undefined : { picture: selected.id, region });
  const isDragging = useIncomingFiles(add, isShown);

  return (
    <div hidden={!isShown}>
      {selected === undefined ? (
        <Welcome model={model} onFiles={add} />
      ) : (
        <>
          <Filmstrip pictures={pictures} selected={selected} onSelect={select} onFiles={add} onClear={clear} />
          <div className="table">
            <VerdictCard picture={selected} model={model} focus={focus} onFocus={onFocus} />
            {selected.error !== undefined && selected.facts === undefined ? (
              <p className="viewer stage">There is no picture to show.</p>
            ) : (
              <Viewer
                key={selected.id}
                picture={selected}
                firstTitle={model?.model ? "Where it looked" : "Picture"}
                onUnshowable={() => void showPreview(selected)}
                focus={focus}
                onFocus={onFocus}
              />
            )}
            {selected.answer !== undefined && <LimitsCard answer={selected.answer} />}
          </div>
        </>
      )}
      <p className="unseen" role="status" aria-live="polite">
        {selected !== undefined && spoken(selected)}
      </p>
      {isDragging && <div className="drop-veil">Let go to examine</div>}
    </div>
  );
}

/** The same news as the card's, for those who listen. */
function spoken({ file, state, answer, error }: Parameters<typeof VerdictCard>[0]["picture"]): string {
  if (error !== undefined) return `${file.name}: ${error}`;
  if (answer?.outside !== undefined) return `${file.name}: inconclusive. ${answer.outside}`;
  if (answer !== undefined)
    return `${file.name}: ${verdictWords[answer.verdict].sentence}. Probability of alteration ${percent(answer.probability)}.`;
  return state === "done"
    ? `${file.name}: examined without a model, so there is no verdict.`
    : `${file.name}: examining.`;
}
